package dev.chartlake.testkit;

import java.util.List;
import java.util.stream.Collectors;

/** Invented chart files, byte for byte as the two chart sites write theirs. */
public final class ChartFiles {

    private static final String NOTE =
            ",,,\"Note that these figures are generated using a formula that protects against"
                    + " any artificial inflation of chart positions.\",\n";

    private ChartFiles() {}

    /**
     * A row of a chart.
     *
     * @param previous -1 for none
     */
    public record Row(int rank, Song song, int peak, int previous, int periods, long streams) {

        /** A row with numbers that follow from the rank. */
        public static Row of(int rank, Song song) {
            return new Row(
                    rank, song, Math.max(1, rank - 1), rank % 5 == 0 ? -1 : rank + 1, rank % 40 + 1, 900_000L / rank);
        }
    }

    /** A file of charts.spotify.com: a mark at its start, CRLF, texts and streams in quotes. */
    public static String current(boolean daily, List<Row> rows) {
        return rows.stream()
                .map(row -> String.join(
                                ",",
                                String.valueOf(row.rank),
                                quote("spotify:track:" + row.song.id()),
                                quote(row.song.artistNames()),
                                quote(row.song.name()),
                                quote("Fjell Records"),
                                String.valueOf(row.peak),
                                String.valueOf(row.previous),
                                String.valueOf(row.periods),
                                quote(String.valueOf(row.streams)))
                        + "\r\n")
                .collect(Collectors.joining(
                        "",
                        "\ufeffrank,uri,artist_names,track_name,source,peak_rank,previous_rank,"
                                + (daily ? "days" : "weeks") + "_on_chart,streams\r\n",
                        ""));
    }

    /** A viral chart of charts.spotify.com, which has no streams. */
    public static String viral(List<Row> rows) {
        return rows.stream()
                .map(row -> String.join(
                                ",",
                                String.valueOf(row.rank),
                                quote("spotify:track:" + row.song.id()),
                                quote(row.song.artistNames()),
                                quote(row.song.name()),
                                quote("Fjell Records"),
                                String.valueOf(row.peak),
                                String.valueOf(row.previous),
                                String.valueOf(row.periods))
                        + "\r\n")
                .collect(Collectors.joining(
                        "",
                        "\ufeffrank,uri,artist_names,track_name,source,peak_rank,previous_rank,days_on_chart\r\n",
                        ""));
    }

    /** A file of spotifycharts.com, with its note above the header or without. */
    public static String old(boolean note, List<Row> rows) {
        return rows.stream()
                .map(row -> String.join(
                                ",",
                                String.valueOf(row.rank),
                                quote(row.song.name()),
                                quote(row.song.artists().get(0)),
                                String.valueOf(row.streams),
                                "https://open.spotify.com/track/" + row.song.id())
                        + "\n")
                .collect(Collectors.joining(
                        "", (note ? NOTE : "") + "Position,\"Track Name\",Artist,Streams,URL\n", ""));
    }

    private static String quote(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
