package dev.chartlake.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the page can ask for: each is some queries, answered together. */
public enum DataView {
    LISTS(List.of(), "lists"),
    OPENING(List.of(), "opening"),
    DATES(List.of("source", "list"), "dates"),
    CHART(List.of("source", "list", "date"), "snapshot", "playlist", "chart", "credits", "exits", "anomalies"),
    SPAN(List.of("source", "list", "since", "until", "top"), "positions", "names", "turnover"),
    SONG(
            List.of("source", "list", "song"),
            "song",
            "song_artists",
            "song_ids",
            "song_runs",
            "song_lists",
            "song_popularity"),
    ARTIST(List.of("source", "list", "artist", "credit"), "artist", "artist_songs", "artist_days"),
    OVERLAP(List.of("date"), "overlap"),
    SEARCH(List.of("q", "top"), "search_artists", "search_songs"),
    COLUMNS(List.of(), "columns");

    private final List<String> parameters;
    private final List<String> queries;

    DataView(List<String> parameters, String... queries) {
        this.parameters = parameters;
        this.queries = List.of(queries);
    }

    /** What has to be given, by name. */
    List<String> parameters() {
        return parameters;
    }

    /** The queries, by the names of their files; the answer has a table for each. */
    List<String> queries() {
        return queries;
    }

    /** Its name in the address. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<DataView> of(String path) {
        return Arrays.stream(values()).filter(view -> view.path().equals(path)).findFirst();
    }
}
