package dev.chartlake.report;

import dev.chartlake.lists.ListLabels;
import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultSink;
import dev.chartlake.views.HistoryForm;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prepares reports: finds the list, the days and the songs that a request means, and writes the query.
 *
 * <p>Lifecycle and threads are those of the engine. A request that cannot be met ends in a {@link QueryException} whose
 * message says what there is instead.
 */
public final class Reports {
    private static final int WEEK = 7;

    private final QueryEngine lake;
    private final MergedRecordings merged;
    private final AnomalyNotes anomalies;
    private final ListLabels labels;

    /** Reports on what {@code lake} answers, where lists are called as {@code labels} say. */
    public Reports(QueryEngine lake, ListLabels labels) {
        this.lake = lake;
        this.merged = new MergedRecordings(lake);
        this.anomalies = new AnomalyNotes(lake);
        this.labels = labels;
    }

    /** Prepares and runs a report. */
    public void run(ReportRequest request, ResultSink sink) throws IOException {
        prepare(request).run(lake, sink);
    }

    /** Finds what the request means; few rows are read. */
    public PreparedReport prepare(ReportRequest request) throws IOException {
        return switch (request.report()) {
            case CHART -> chart(request);
            case MOVERS -> movers(request);
            case DEBUTS -> span(request, "New on", "No song came into");
            case EXITS -> span(request, "Gone from", "No song left");
            case ARTISTS -> span(request, "Artists of", "No song with a known artist was in");
            case ALBUMS -> span(request, "Albums of", "No song with a known album was in");
            case SONG_RUN -> song(request);
            case COMPARE -> compare(request);
            case OVERLAP -> overlap(request);
            case RECORDS -> records(request);
            case DISAGREEMENTS -> disagreements(request);
        };
    }

    private PreparedReport chart(ReportRequest request) throws IOException {
        var notes = new ArrayList<String>();
        var wanted = request.date(Parameter.DATE);
        var list = alone(list(request, wanted.orElse(null), null));
        var date = date(list, list.date(), wanted, notes);
        noteIncomplete(list, date, notes);
        var keys = FewRows.texts(
                lake,
                sql("keys" + request.form().suffix(), list).date("date", date).in(request.form()));
        notes.addAll(anomalies.around(list, date, request.form()));
        if (request.form() == HistoryForm.RECORDING) {
            merged.of(list, list.first(), date, keys).ifPresent(notes::add);
        }
        var sql = sql(request, list).date("date", date).texts("keys", keys);
        return prepared(
                request,
                list.name() + ", " + date,
                notes,
                sql,
                "The snapshot of " + list.name() + " on " + date + " has no songs. Ask for another --date.");
    }

    private PreparedReport movers(ReportRequest request) throws IOException {
        var notes = new ArrayList<String>();
        var until = request.date(Parameter.UNTIL);
        var from = request.date(Parameter.SINCE);
        var list = alone(list(request, until.orElse(null), from.orElse(null)));
        var date = date(list, list.date(), until, notes);
        var since = from.isPresent() ? date(list, list.since(), from, notes) : previous(list, date);
        if (from.isEmpty() && !isPeriodBefore(list, since, date) && reportsPrevious(list, date)) {
            return reportedMovers(request, list, date);
        }
        if (since == null) {
            throw new QueryException(list.name() + " has no snapshot before " + date
                    + ", so nothing has moved yet. Extract it again another day.");
        }
        ReportRequest.ordered(since, date);
        noteIncomplete(list, since, notes);
        noteIncomplete(list, date, notes);
        notes.addAll(anomalies.around(list, date, request.form()));
        noteMerged(request, list, since, date, notes);
        var sql = sql(request, list).date("date", date).date("since", since);
        return prepared(
                request,
                "Movers of " + list.name() + ", " + since + " to " + date,
                notes,
                sql,
                "No song of " + list.name() + " moved from " + since + " to " + date + ". Try an earlier --since.");
    }

    /** The movers since the chart's period before, of which the lake has no snapshot. */
    private PreparedReport reportedMovers(ReportRequest request, ChartList list, LocalDate date) throws IOException {
        var days = list.periodDays();
        var since = days.isPresent() ? date.minusDays(days.getAsInt()) : null;
        var span = list.name() + ", " + (since == null ? "" : since + " to ") + date;
        var notes = new ArrayList<>(List.of("The lake has no snapshot of " + list.name() + " from the period before "
                + date + ". The previous positions are those that the chart itself reports."));
        noteIncomplete(list, date, notes);
        var sql = sql("movers_reported", list)
                .number("limit", request.limit())
                .date("date", date)
                .date("since", since);
        return prepared(
                request,
                "Movers of " + span,
                notes,
                sql,
                "The chart reports no song of " + span + " that moved. Compare two snapshots with --since.");
    }

    /** Without a known period, any snapshot before is the one that a chart means. */
    private static boolean isPeriodBefore(ChartList list, @Nullable LocalDate since, LocalDate date) {
        var days = list.periodDays();
        return since != null
                && (days.isEmpty() || since.plusDays(days.getAsInt()).equals(date));
    }

    private boolean reportsPrevious(ChartList list, LocalDate date) throws IOException {
        var sql = sql("reports_previous", list).date("date", date);
        return Boolean.TRUE.equals(
                FewRows.of(lake, sql.in(HistoryForm.SONG)).get(0).get(0));
    }

    /** Debuts and exits without a span are those of the last week, the others those of all days. */
    private PreparedReport span(ReportRequest request, String title, String empty) throws IOException {
        var list = alone(list(request, null, null));
        var until = request.date(Parameter.UNTIL).orElse(list.last());
        var usual = switch (request.report()) {
            case DEBUTS, EXITS -> until.minusDays(WEEK - 1);
            default -> list.first();
        };
        var since = request.date(Parameter.SINCE).orElse(usual);
        ReportRequest.ordered(since, until);
        var notes = new ArrayList<String>();
        notes.addAll(anomalies.between(list, since, until, request.form()));
        noteMerged(request, list, list.first(), until, notes);
        var span = " " + list.name() + ", " + since + " to " + until;
        var sql = sql(request, list)
                .date("since", since)
                .date("until", until)
                .flag("whole", !since.isAfter(list.first()));
        return prepared(request, title + span, notes, sql, empty + span + ". Try an earlier --since.");
    }

    private PreparedReport song(ReportRequest request) throws IOException {
        var text = request.text(Parameter.SONG)
                .orElseThrow(
                        () -> new QueryException("Say which song: its id, link, or words of its title and artists."));
        var list = optional(request, null);
        var song = SongFinder.find(lake, text, request.form());
        var notes = request.form() == HistoryForm.RECORDING
                ? merged.of(list, song.keys()).stream().toList()
                : List.<String>of();
        var sql = everyUnless(list, "song").number("limit", request.limit()).texts("keys", song.keys());
        return prepared(request, song.title(), notes, sql, song.title() + " was never on this list. Leave --list out.");
    }

    private PreparedReport compare(ReportRequest request) throws IOException {
        var notes = new ArrayList<String>();
        var with = request.text(Parameter.WITH);
        var withDate = request.date(Parameter.WITH_DATE);
        if (with.isEmpty() && withDate.isEmpty()) {
            throw new QueryException("Say what to compare with: --with LIST, --with-date DATE, or both.");
        }
        var wanted = request.date(Parameter.DATE);
        var a = list(request, wanted.orElse(null), null);
        var dateA = date(a, a.date(), wanted, notes);
        var wantedB = Optional.of(withDate.orElse(dateA));
        var b = new ListFinder(lake, labels, wantedB.get(), null).named(with.orElse(a.source() + "/" + a.id()));
        var dateB = date(b, b.date(), wantedB, notes);
        noteIncomplete(a, dateA, notes);
        noteIncomplete(b, dateB, notes);
        var sql = sql(request, a)
                .date("date", dateA)
                .text("with_source", b.source())
                .text("with_playlist_id", b.id())
                .date("with_date", dateB);
        if (request.form() == HistoryForm.RECORDING) {
            merged.between(a, dateA, b, dateB).ifPresent(notes::add);
        }
        return prepared(
                request,
                "a: " + a.name() + ", " + dateA + "; b: " + b.name() + ", " + dateB,
                notes,
                sql,
                "Neither snapshot has songs. Ask for another --date.");
    }

    private PreparedReport overlap(ReportRequest request) throws IOException {
        var notes = new ArrayList<String>();
        var wanted = request.date(Parameter.DATE);
        var list = optional(request, wanted.orElse(null));
        LocalDate date;
        if (list.isPresent()) {
            date = date(list.get(), list.get().date(), wanted, notes);
        } else {
            var lists = new ListFinder(lake, labels, wanted.orElse(null), null).all();
            var newest = lists.stream()
                    .max(Comparator.comparing(each ->
                            wanted.isEmpty() ? each.last() : Objects.requireNonNullElse(each.date(), LocalDate.MIN)))
                    .orElseThrow();
            date = date(newest, newest.date(), wanted, notes);
        }
        if (request.form() == HistoryForm.RECORDING) {
            merged.on(date).ifPresent(notes::add);
        }
        var sql = everyUnless(list, "overlap").number("limit", request.limit()).date("date", date);
        return prepared(
                request,
                list.map(each -> "Overlap with " + each.name()).orElse("Overlap of lists") + ", " + date,
                notes,
                sql,
                "No two lists have a snapshot on " + date + ". Ask for another --date.");
    }

    private PreparedReport records(ReportRequest request) throws IOException {
        var list = alone(list(request, null, null));
        var notes = new ArrayList<String>();
        notes.addAll(anomalies.between(list, list.first(), list.last(), request.form()));
        noteMerged(request, list, list.first(), list.last(), notes);
        return prepared(
                request,
                "Records of " + list.name() + ", " + list.first() + " to " + list.last(),
                notes,
                sql(request, list),
                "No snapshot of " + list.name() + " has songs.");
    }

    private PreparedReport disagreements(ReportRequest request) throws IOException {
        var list = optional(request, null);
        var lists = list.isPresent() ? List.of(list.get()) : new ListFinder(lake, labels, null, null).all();
        var first = lists.stream().map(ChartList::first).min(Comparator.naturalOrder());
        var last = lists.stream().map(ChartList::last).max(Comparator.naturalOrder());
        var since = request.date(Parameter.SINCE).or(() -> first).orElseThrow();
        var until = request.date(Parameter.UNTIL).or(() -> last).orElseThrow();
        ReportRequest.ordered(since, until);
        var sql = everyUnless(list, "disagreements")
                .number("limit", request.limit())
                .date("since", since)
                .date("until", until);
        return prepared(
                request,
                "Disagreements with " + list.map(ChartList::name).orElse("the charts") + ", " + since + " to " + until,
                List.of(),
                sql,
                "Nothing disagrees from " + since + " to " + until
                        + ". Only chart files of charts.spotify.com say what could.");
    }

    private ChartList list(ReportRequest request, @Nullable LocalDate date, @Nullable LocalDate since)
            throws IOException {
        var finder = new ListFinder(lake, labels, date, since);
        var name = request.text(Parameter.LIST);
        return name.isPresent() ? finder.named(name.get()) : finder.only();
    }

    /** The report is about no other list. */
    private ChartList alone(ChartList list) {
        lake.recordingsOf(list.source(), list.id());
        return list;
    }

    private Optional<ChartList> optional(ReportRequest request, @Nullable LocalDate date) throws IOException {
        return request.text(Parameter.LIST).isEmpty() ? Optional.empty() : Optional.of(list(request, date, null));
    }

    /** The snapshot to take: the newest if no day was asked for, else {@code found}, the last one up to that day. */
    private static LocalDate date(
            ChartList list, @Nullable LocalDate found, Optional<LocalDate> wanted, List<String> notes) {
        if (wanted.isEmpty()) {
            return list.last();
        }
        if (found == null) {
            throw new QueryException("There is no snapshot of " + list.name() + " on " + wanted.get()
                    + " or before. Its first one is of " + list.first() + ", its last of " + list.last() + ".");
        }
        if (!found.equals(wanted.get())) {
            notes.add("There is no snapshot of " + list.name() + " on " + wanted.get() + "; this is the one of " + found
                    + ".");
        }
        return found;
    }

    private void noteMerged(ReportRequest request, ChartList list, LocalDate since, LocalDate until, List<String> notes)
            throws IOException {
        if (request.form() == HistoryForm.RECORDING) {
            merged.of(list, since, until).ifPresent(notes::add);
        }
    }

    /** What is not in such a snapshot may be on the list all the same. */
    private void noteIncomplete(ChartList list, LocalDate date, List<String> notes) throws IOException {
        var sql = sql("complete", list).date("date", date);
        if (Boolean.FALSE.equals(
                FewRows.of(lake, sql.in(HistoryForm.SONG)).get(0).get(0))) {
            notes.add("The snapshot of " + list.name() + " on " + date
                    + " is incomplete: there are songs on the list that it does not have.");
        }
    }

    private @Nullable LocalDate previous(ChartList list, LocalDate date) throws IOException {
        var sql = sql("previous", list).date("date", date);
        return (LocalDate) FewRows.of(lake, sql.in(HistoryForm.SONG)).get(0).get(0);
    }

    private static ReportSql sql(String name, ChartList list) {
        return new ReportSql(name).text("source", list.source()).text("playlist_id", list.id());
    }

    private static ReportSql sql(ReportRequest request, ChartList list) {
        return sql(request.report().text(), list).number("limit", request.limit());
    }

    private static ReportSql everyUnless(Optional<ChartList> list, String name) {
        return new ReportSql(name)
                .flag("every", list.isEmpty())
                .text("source", list.map(ChartList::source).orElse(null))
                .text("playlist_id", list.map(ChartList::id).orElse(null));
    }

    private static PreparedReport prepared(
            ReportRequest request, String title, List<String> notes, ReportSql sql, String empty) {
        var form = request.form();
        var by = form == HistoryForm.SONG ? ", by song id" : "";
        return new PreparedReport(request.report(), title + by, List.copyOf(notes), sql.in(form), empty);
    }
}
