package dev.chartlake.normalise.charts;

import dev.chartlake.entry.Credits;
import dev.chartlake.entry.Entry;
import dev.chartlake.entry.EntryKind;
import dev.chartlake.entry.Item;
import dev.chartlake.entry.Texts;
import dev.chartlake.entry.Unreadable;
import dev.chartlake.entry.Values;
import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.charts.ChartFields.CreditField;
import dev.chartlake.normalise.charts.ChartFields.EntryField;
import dev.chartlake.normalise.charts.ChartFields.MetricField;
import dev.chartlake.normalise.charts.ChartFields.RankField;
import dev.chartlake.normalise.charts.ChartFields.TrackField;
import dev.chartlake.text.Strings;
import java.util.Set;
import java.util.TreeSet;

/** Reads the entries of a chart of the charts site: {@code chartEntryData} and what stands there. Used by one thread. */
final class ChartEntryReader {

    /** What a chart is of. */
    enum Subject {
        SONG,
        ALBUM,
        ARTIST
    }

    private static final int MAX_POSITION = 100_000;

    private final JsonScanner in;
    private final Values values;
    private final FieldOrder entries = new FieldOrder(EntryField.NAMES);
    private final FieldOrder data = new FieldOrder(RankField.NAMES);
    private final FieldOrder metric = new FieldOrder(MetricField.NAMES);
    private final FieldOrder songs = new FieldOrder(TrackField.NAMES);
    private final FieldOrder artists = new FieldOrder(CreditField.NAMES);
    private final Unreadable inEntry = new Unreadable();
    private Strings strings = new Strings();
    private int position;

    ChartEntryReader(JsonScanner in, Values values) {
        this.in = in;
        this.values = values;
    }

    /** Texts become numbers of {@code texts} from now on. */
    void use(Strings texts) {
        strings = texts;
        fields();
    }

    /** The fields of the entries read since the last call. */
    Set<String> fields() {
        Set<String> names = new TreeSet<>();
        entries.names(entries.takeSeen()).forEach(field -> names.add("entry." + field));
        data.names(data.takeSeen()).forEach(field -> names.add("chartEntryData." + field));
        songs.names(songs.takeSeen()).forEach(field -> names.add("trackMetadata." + field));
        return names;
    }

    /** True if there were more fields than are told apart. */
    boolean isCrowded() {
        return entries.isFull() || data.isFull() || songs.isFull();
    }

    /** The position of the entry read last. */
    int position() {
        return position;
    }

    /** Reads an entry into a cleared one. Throws {@link JsonException} if it has no position. */
    Subject read(Entry to) throws JsonException {
        inEntry.backTo(0);
        values.countUnreadable(inEntry);
        long start = in.offset();
        Subject subject = Subject.SONG;
        position = 0;
        Item item = new Item();
        if (!values.object("entry")) {
            throw new JsonException("an entry of a chart expected", start);
        }
        for (int at = in.field(entries, FieldOrder.START); at != FieldOrder.END; at = in.field(entries, at)) {
            int name = entries.name(at);
            if (name == EntryField.CHART_ENTRY_DATA) {
                data(to);
            } else if (name == EntryField.TRACK_METADATA) {
                song(item);
            } else {
                subject = subject(name, subject);
                in.skip();
            }
        }
        if (position < 1 || position > MAX_POSITION) {
            throw new JsonException("an entry of a chart without currentRank, a position from 1", start);
        }
        to.item = item;
        to.kind = item.kind;
        to.unreadable = inEntry.take();
        return subject;
    }

    private Subject subject(int field, Subject before) throws JsonException {
        return switch (field) {
            case EntryField.ALBUM_METADATA -> in.peek() == '{' ? Subject.ALBUM : before;
            case EntryField.ARTIST_METADATA -> in.peek() == '{' ? Subject.ARTIST : before;
            default -> before;
        };
    }

    private void data(Entry to) throws JsonException {
        if (!values.object("chartEntryData")) {
            return;
        }
        for (int at = in.field(data, FieldOrder.START); at != FieldOrder.END; at = in.field(data, at)) {
            switch (data.name(at)) {
                case RankField.CURRENT_RANK -> position = Math.max(0, values.integer("currentRank"));
                case RankField.PREVIOUS_RANK -> to.reportedPrevious = rank("previousRank");
                case RankField.PEAK_RANK -> to.reportedPeak = rank("peakRank");
                case RankField.APPEARANCES_ON_CHART -> to.reportedPeriods = rank("appearancesOnChart");
                case RankField.RANKING_METRIC -> to.streams = streams();
                default -> in.skip();
            }
        }
    }

    /** 0 and -1 stand for none. */
    private int rank(String field) throws JsonException {
        int rank = values.integer(field);
        return rank < 1 ? Entry.NO_INT : rank;
    }

    /** Viral charts are ranked by another metric. */
    private long streams() throws JsonException {
        if (!values.object("rankingMetric")) {
            return Entry.NO_LONG;
        }
        long value = Entry.NO_LONG;
        String type = null;
        for (int at = in.field(metric, FieldOrder.START); at != FieldOrder.END; at = in.field(metric, at)) {
            switch (metric.name(at)) {
                case MetricField.VALUE -> value = values.bigint("rankingMetric.value");
                case MetricField.TYPE -> type = values.string("rankingMetric.type");
                default -> in.skip();
            }
        }
        return type == null || type.equalsIgnoreCase("streams") ? value : Entry.NO_LONG;
    }

    private void song(Item item) throws JsonException {
        if (!values.object("trackMetadata")) {
            return;
        }
        for (int at = in.field(songs, FieldOrder.START); at != FieldOrder.END; at = in.field(songs, at)) {
            switch (songs.name(at)) {
                case TrackField.TRACK_NAME -> item.name = values.text("trackName");
                case TrackField.TRACK_URI -> item.uri = values.id("trackUri");
                case TrackField.ARTISTS -> artists(item);
                case TrackField.LABELS -> labels(item);
                default -> in.skip();
            }
        }
        if (item.uri != Strings.NULL) {
            int start = strings.start(item.uri);
            int id = Texts.idIn(Texts.SONG, strings.bytes(), start, strings.length(item.uri));
            item.songId = id < 0 ? Strings.NULL : values.copy(id, Texts.ID_LENGTH);
        }
        item.kind = item.songId == Strings.NULL ? EntryKind.UNAVAILABLE : EntryKind.TRACK;
    }

    private void artists(Item item) throws JsonException {
        item.artists = named("artists", "artists.name");
        item.artistNames = item.artists.joinedNames();
    }

    /** Labels are written as artists are. */
    private void labels(Item item) throws JsonException {
        item.label = named("labels", "labels.name").joinedNames();
    }

    private Credits named(String field, String nameOfEach) throws JsonException {
        if (!values.array(field)) {
            return Credits.NONE;
        }
        Credits.Builder credits = new Credits.Builder();
        for (boolean first = true; in.element(first); first = false) {
            named(field, nameOfEach, credits);
        }
        return credits.build(strings);
    }

    private void named(String field, String nameOfEach, Credits.Builder credits) throws JsonException {
        int name = Strings.NULL;
        int uri = -1;
        if (values.object(field)) {
            for (int at = in.field(artists, FieldOrder.START); at != FieldOrder.END; at = in.field(artists, at)) {
                switch (artists.name(at)) {
                    case CreditField.NAME -> name = values.text(nameOfEach);
                    case CreditField.SPOTIFY_URI, CreditField.ARTIST_URI, CreditField.URI -> uri = values.placeOf();
                    default -> in.skip();
                }
            }
        }
        credits.add(values.idFrom(Texts.ARTIST, uri, Strings.NULL, -1), name, Strings.NULL);
    }
}
