package dev.chartlake.report;

import dev.chartlake.query.QueryEngine;
import dev.chartlake.views.HistoryForm;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes on snapshots that do not fit those around them, as the view {@code chart_anomalies} finds them. */
final class AnomalyNotes {
    /** More of them are counted. */
    private static final int SHOWN = 3;

    private final QueryEngine lake;

    AnomalyNotes(QueryEngine lake) {
        this.lake = lake;
    }

    /** On those that change what a list looks like on a day: that day's own, and the one before. */
    List<String> around(ChartList list, LocalDate date, HistoryForm form) throws IOException {
        var span = FewRows.of(lake, sql("around", list).date("date", date).in(form))
                .get(0);
        var since = (LocalDate) span.get(0);
        var until = (LocalDate) span.get(1);
        return notes(
                list,
                sql("anomalies_around", list)
                        .date("date", date)
                        .date("since", since)
                        .date("until", until),
                form);
    }

    /** On those of a list over a span of days. */
    List<String> between(ChartList list, LocalDate since, LocalDate until, HistoryForm form) throws IOException {
        return notes(list, sql("anomalies", list).date("since", since).date("until", until), form);
    }

    private static ReportSql sql(String name, ChartList list) {
        return new ReportSql(name).text("source", list.source()).text("playlist_id", list.id());
    }

    private List<String> notes(ChartList list, ReportSql sql, HistoryForm form) throws IOException {
        var notes = new ArrayList<String>();
        var found = FewRows.of(lake, sql.in(form));
        found.stream().limit(SHOWN).map(row -> note(list, row)).forEach(notes::add);
        if (found.size() > SHOWN) {
            notes.add("So do " + (found.size() - SHOWN) + " more snapshots of " + list.name()
                    + ". The view chart_anomalies has all.");
        }
        return notes;
    }

    private static String note(ChartList list, List<@Nullable Object> row) {
        return "The snapshot of " + list.name() + " on " + row.get(0) + " does not fit those around it: " + row.get(2)
                + " of its " + row.get(1) + " songs are in no snapshot next to it, and it lacks " + row.get(3)
                + " songs that both have. If it is wrong, leave it out of history with exclude in chartlake.yaml: {list: "
                + list.id() + ", date: " + row.get(0) + "}.";
    }
}
