package dev.chartlake.app.print;

import dev.chartlake.print.ResultFormat;
import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.SqlText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;

/** This week's chart, the biggest climbers and the new entries, as tables. */
public final class DemoReport {

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    /** One row for each song on a chart on the last day: where it is, was a week before, and how it has been doing. */
    private static final String MOVES = """
            WITH entries AS (
              SELECT playlist_id, snapshot_date AS day, position, song_id, song_name, artist_names
              FROM playlist_entries
              WHERE playlist_id IN (${charts}) AND snapshot_date <= DATE '${last}'
            ), past AS (
              SELECT playlist_id, song_id, min(position) AS peak, count(DISTINCT day) AS days, min(day) AS since
              FROM entries GROUP BY ALL
            ), moves AS (
              SELECT now.*, before.position AS last_week, peak, days, since,
                CASE
                  WHEN before.position IS NULL AND since > DATE '${last}' - 7 THEN 'NEW'
                  WHEN before.position IS NULL THEN 'RE'
                  WHEN before.position = now.position THEN '='
                  WHEN before.position > now.position THEN '▲' || (before.position - now.position)
                  ELSE '▼' || (now.position - before.position)
                END AS move
              FROM entries AS now
              JOIN past USING (playlist_id, song_id)
              LEFT JOIN entries AS before ON before.day = DATE '${last}' - 7
                AND before.playlist_id = now.playlist_id AND before.song_id = now.song_id
              WHERE now.day = DATE '${last}'
            ), charts (playlist_id, place, chart) AS (VALUES ${names})
            """;

    private static final String CHART = """
            SELECT position AS pos, move, last_week AS "last week", peak, days, song_name AS song, artist_names AS artists
            FROM moves WHERE playlist_id = '${first}' ORDER BY position
            """;

    private static final String CLIMBERS = """
            SELECT chart, move, position AS pos, last_week AS "last week", song_name AS song, artist_names AS artists
            FROM moves JOIN charts USING (playlist_id) WHERE last_week > position
            QUALIFY row_number() OVER (PARTITION BY playlist_id ORDER BY last_week - position DESC, position) <= 5
            ORDER BY place, last_week - position DESC, position
            """;

    private static final String NEW = """
            SELECT chart, position AS pos, since, peak, song_name AS song, artist_names AS artists
            FROM moves JOIN charts USING (playlist_id) WHERE move = 'NEW' ORDER BY place, position
            """;

    private final QueryEngine lake;
    private final Map<String, String> names;
    private final LocalDate last;

    /** {@code names} are the charts' names by id; the first is printed whole. */
    public DemoReport(QueryEngine lake, Map<String, String> names, LocalDate last) {
        this.lake = lake;
        this.names = names;
        this.last = last;
    }

    /** Prints the tables. */
    public void print(Writer out) throws IOException {
        String first = names.keySet().iterator().next();
        title(out, names.get(first) + ", " + last + " against " + last.minusDays(7));
        table(out, CHART.replace("${first}", first));
        out.write('\n');
        title(out, "Biggest climbers since " + last.minusDays(7));
        table(out, CLIMBERS);
        out.write('\n');
        title(out, "New since " + last.minusDays(7));
        table(out, NEW);
        out.flush();
    }

    private static void title(Writer out, String text) throws IOException {
        out.write(text + "\n\n");
    }

    private void table(Writer out, String sql) throws IOException {
        StringBuilder ids = new StringBuilder();
        StringBuilder rows = new StringBuilder();
        for (Map.Entry<String, String> chart : names.entrySet()) {
            ids.append(ids.isEmpty() ? "" : ", ").append(SqlText.literal(chart.getKey()));
            rows.append(rows.isEmpty() ? "" : ", ")
                    .append("(" + SqlText.literal(chart.getKey()) + ", " + rows.length() + ", "
                            + SqlText.literal(chart.getValue()) + ")");
        }
        String moves = MOVES.replace("${charts}", ids).replace("${names}", rows).replace("${last}", last.toString());
        lake.run(moves + sql, ResultFormat.TABLE.printer(out, NOWHERE, 0));
    }
}
