package dev.chartlake.normalise.charts;

import dev.chartlake.json.FieldOrder;

/**
 * The fields of charts in JSON that are read. Each constant is the number that {@link FieldOrder#name} gives the
 * field: its place among the names.
 */
final class ChartFields {

    private ChartFields() {}

    /** Of a chart. */
    static final class ChartField {
        static final int DISPLAY_CHART = 0;
        static final int ENTRIES = 1;
        static final String[] NAMES = {"displayChart", "entries"};

        private ChartField() {}
    }

    /** Of {@code displayChart}. */
    static final class DisplayField {
        static final int DATE = 0;
        static final int CHART_METADATA = 1;
        static final int DESCRIPTION = 2;
        static final String[] NAMES = {"date", "chartMetadata", "description"};

        private DisplayField() {}
    }

    /** Of {@code chartMetadata}. */
    static final class MetadataField {
        static final int ALIAS = 0;
        static final int READABLE_TITLE = 1;
        static final int DIMENSIONS = 2;
        static final String[] NAMES = {"alias", "readableTitle", "dimensions"};

        private MetadataField() {}
    }

    /** Of {@code dimensions}. */
    static final class DimensionField {
        static final int CHART_TYPE = 0;
        static final int COUNTRY = 1;
        static final int RECURRENCE = 2;
        static final String[] NAMES = {"chartType", "country", "recurrence"};

        private DimensionField() {}
    }

    /** Of an entry. */
    static final class EntryField {
        static final int CHART_ENTRY_DATA = 0;
        static final int TRACK_METADATA = 1;
        static final int ALBUM_METADATA = 2;
        static final int ARTIST_METADATA = 3;
        static final String[] NAMES = {"chartEntryData", "trackMetadata", "albumMetadata", "artistMetadata"};

        private EntryField() {}
    }

    /** Of {@code chartEntryData}. */
    static final class RankField {
        static final int CURRENT_RANK = 0;
        static final int PREVIOUS_RANK = 1;
        static final int PEAK_RANK = 2;
        static final int APPEARANCES_ON_CHART = 3;
        static final int RANKING_METRIC = 4;
        static final String[] NAMES = {"currentRank", "previousRank", "peakRank", "appearancesOnChart", "rankingMetric"
        };

        private RankField() {}
    }

    /** Of {@code rankingMetric}. */
    static final class MetricField {
        static final int VALUE = 0;
        static final int TYPE = 1;
        static final String[] NAMES = {"value", "type"};

        private MetricField() {}
    }

    /** Of {@code trackMetadata}. */
    static final class TrackField {
        static final int TRACK_NAME = 0;
        static final int TRACK_URI = 1;
        static final int ARTISTS = 2;
        static final int LABELS = 3;
        static final String[] NAMES = {"trackName", "trackUri", "artists", "labels"};

        private TrackField() {}
    }

    /** Of an artist or a label. */
    static final class CreditField {
        static final int NAME = 0;
        static final int SPOTIFY_URI = 1;
        static final int ARTIST_URI = 2;
        static final int URI = 3;
        static final String[] NAMES = {"name", "spotifyUri", "artistUri", "uri"};

        private CreditField() {}
    }
}
