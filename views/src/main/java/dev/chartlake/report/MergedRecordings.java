package dev.chartlake.report;

import dev.chartlake.query.QueryEngine;
import dev.chartlake.views.HistoryForm;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes on recordings that had several song ids, which reports by recording count as one. Empty if there are none. */
final class MergedRecordings {
    private final QueryEngine lake;

    MergedRecordings(QueryEngine lake) {
        this.lake = lake;
    }

    /** In the snapshots of a list over a span of days. */
    Optional<String> of(ChartList list, LocalDate since, LocalDate until) throws IOException {
        return note(of(Optional.of(list), since, until).flag("any", true).texts("keys", List.of()));
    }

    /** As {@link #of(ChartList, LocalDate, LocalDate)}, of these recordings alone. */
    Optional<String> of(ChartList list, LocalDate since, LocalDate until, Collection<String> recordings)
            throws IOException {
        return note(of(Optional.of(list), since, until).flag("any", false).texts("keys", recordings));
    }

    /** Of these recordings, ever, in one list or in all. */
    Optional<String> of(Optional<ChartList> list, Collection<String> recordings) throws IOException {
        return note(of(list, null, null).flag("any", false).texts("keys", recordings));
    }

    /** In all lists on a day. */
    Optional<String> on(LocalDate date) throws IOException {
        return note(of(Optional.empty(), date, date).flag("any", true).texts("keys", List.of()));
    }

    /** Between two snapshots. */
    Optional<String> between(ChartList a, LocalDate dateA, ChartList b, LocalDate dateB) throws IOException {
        return note(new ReportSql("merged_between")
                .text("source", a.source())
                .text("playlist_id", a.id())
                .date("date", dateA)
                .text("with_source", b.source())
                .text("with_playlist_id", b.id())
                .date("with_date", dateB));
    }

    private static ReportSql of(Optional<ChartList> list, @Nullable LocalDate since, @Nullable LocalDate until) {
        return new ReportSql("merged")
                .flag("every", list.isEmpty())
                .text("source", list.map(ChartList::source).orElse(null))
                .text("playlist_id", list.map(ChartList::id).orElse(null))
                .date("since", since == null ? LocalDate.of(1, 1, 1) : since)
                .date("until", until == null ? LocalDate.of(9999, 12, 31) : until);
    }

    private Optional<String> note(ReportSql sql) throws IOException {
        return FewRows.of(lake, sql.in(HistoryForm.RECORDING)).stream()
                .findFirst()
                .map(row -> note(((Number) row.get(0)).longValue(), row.get(1), row.get(2)));
    }

    private static String note(long recordings, @Nullable Object ids, @Nullable Object name) {
        var example = "'" + (name == null ? "unknown" : name) + "'";
        return (recordings == 1
                        ? "One recording has several song ids and counts once: " + example + " has " + ids
                        : recordings + " recordings have several song ids, and each counts once: " + example + " has "
                                + ids)
                + ". --by song counts each id.";
    }
}
