package dev.chartlake.duckdb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the views should say about one list, worked out by looking at all its days again for every answer. Rows are lines
 * of comma-separated values with the same columns as the queries in {@link HistoryPropertyTest}; days are numbers.
 */
final class HistoryModel {
    /** An entry of a snapshot; the song is null for what is none. */
    record Entry(
            int position,
            @Nullable String song,
            @Nullable Long streams,
            @Nullable Integer reportedPeak,
            @Nullable Integer reportedPrevious,
            @Nullable Integer reportedPeriods) {

        int best() {
            return reportedPeak == null ? position : Math.min(position, reportedPeak);
        }
    }

    /** A snapshot of a list. */
    record Snapshot(int day, int hour, boolean complete, List<Entry> entries) {}

    private final String list;
    /** The days with a snapshot, in order, and on each the best entry of every key. */
    private final List<Integer> days = new ArrayList<>();

    private final List<Map<String, Entry>> charts = new ArrayList<>();
    private final List<Boolean> complete = new ArrayList<>();

    HistoryModel(String list, List<Snapshot> snapshots, Function<String, String> key) {
        this.list = list;
        var counting = new TreeMap<Integer, Snapshot>();
        snapshots.stream()
                .sorted(Comparator.comparing(Snapshot::complete).thenComparing(Snapshot::hour))
                .forEach(snapshot -> counting.put(snapshot.day(), snapshot));
        counting.forEach((day, snapshot) -> {
            var chart = new LinkedHashMap<String, Entry>();
            snapshot.entries().stream()
                    .filter(entry -> entry.song() != null)
                    .sorted(Comparator.comparing(Entry::position))
                    .forEach(entry -> chart.putIfAbsent(key.apply(Objects.requireNonNull(entry.song())), entry));
            days.add(day);
            charts.add(chart);
            complete.add(snapshot.complete());
        });
    }

    Stream<String> history() {
        return snapshots()
                .flatMap(n -> charts.get(n).keySet().stream().map(key -> {
                    var entry = entry(n, key);
                    var before = before(n, key);
                    var previous = previous(n, key);
                    return line(
                            list,
                            days.get(n),
                            key,
                            entry.song(),
                            entry.position(),
                            previous,
                            previous == null ? null : previous - entry.position(),
                            status(n, key),
                            soFar(n, key),
                            entry.streams(),
                            seenPeak(n, key),
                            before == null ? null : before.position(),
                            present(n, key).size(),
                            isFromReport(n, key));
                }));
    }

    private Entry entry(int n, String key) {
        return Objects.requireNonNull(charts.get(n).get(key));
    }

    /** The snapshots up to {@code n} that have the key. */
    private List<Integer> present(int n, String key) {
        return IntStream.rangeClosed(0, n)
                .filter(i -> charts.get(i).containsKey(key))
                .boxed()
                .toList();
    }

    /** How many days a period of the list has; 0 if that is not known. */
    private int period() {
        return list.endsWith("-daily") ? 1 : list.endsWith("-weekly") ? 7 : 0;
    }

    /** Whether the chart itself says where the song was, and no snapshot of the period before can. */
    private boolean isFromReport(int n, String key) {
        var entry = entry(n, key);
        boolean said = entry.reportedPrevious() != null || entry.reportedPeriods() != null;
        return said && (n == 0 || period() > 0 && days.get(n) - days.get(n - 1) != period());
    }

    private @Nullable Integer previous(int n, String key) {
        if (isFromReport(n, key)) {
            return entry(n, key).reportedPrevious();
        }
        var before = before(n, key);
        return before == null ? null : before.position();
    }

    private int seenPeak(int n, String key) {
        return present(n, key).stream()
                .mapToInt(i -> entry(i, key).position())
                .min()
                .orElseThrow();
    }

    /** How many periods more than our snapshots a chart has reported until then. */
    private int missing(int n, String key) {
        int most = 0;
        var present = present(n, key);
        for (int i = 0; i < present.size(); i++) {
            var reported = entry(present.get(i), key).reportedPeriods();
            most = Math.max(most, (reported == null ? 0 : reported) - i - 1);
        }
        return most;
    }

    /** Whether a run begins in this snapshot. */
    private boolean begins(int n, String key) {
        return last(n, key) < 0 || isFromReport(n, key) && entry(n, key).reportedPrevious() == null;
    }

    /** The snapshot before {@code n} that has the key, unless a complete one in between does not; else -1. */
    private int last(int n, String key) {
        for (int i = n - 1; i >= 0; i--) {
            if (charts.get(i).containsKey(key)) {
                return i;
            }
            if (complete.get(i)) {
                return -1;
            }
        }
        return -1;
    }

    private @Nullable Entry before(int n, String key) {
        int last = last(n, key);
        return last < 0 ? null : charts.get(last).get(key);
    }

    private String status(int n, String key) {
        var entry = entry(n, key);
        var previous = previous(n, key);
        if (previous != null) {
            int change = previous - entry.position();
            return change > 0 ? "up" : change < 0 ? "down" : "same";
        }
        boolean before = present(n, key).size() > 1
                || entry.reportedPrevious() != null
                || entry.reportedPeriods() != null && entry.reportedPeriods() > 1
                || entry.best() < entry.position();
        if (before) {
            return "re-entry";
        }
        return n == 0 && entry.reportedPeriods() == null ? "first" : "new";
    }

    /** Peak, its date, periods, streak, first seen, and which of the numbers are reported, up to a snapshot. */
    private String soFar(int n, String key) {
        var present = present(n, key);
        int peak = present.stream().mapToInt(i -> entry(i, key).best()).min().orElseThrow();
        var peakDay = present.stream()
                .filter(i -> entry(i, key).position() == peak)
                .map(days::get)
                .findFirst()
                .orElse(null);
        return line(
                peak,
                peakDay,
                present.size() + missing(n, key),
                streak(n, key),
                days.get(present.get(0)),
                peak < seenPeak(n, key),
                missing(n, key) > 0);
    }

    private int streak(int n, String key) {
        int streak = 1;
        for (int i = n; !begins(i, key); i = last(i, key)) {
            streak++;
        }
        return streak;
    }

    Stream<String> exits() {
        return snapshots()
                .flatMap(n -> gone(n).map(key -> {
                    int last = last(n, key);
                    var entry = Objects.requireNonNull(charts.get(last).get(key));
                    return line(
                            list, days.get(n), key, entry.song(), days.get(last), entry.position(), soFar(last, key));
                }));
    }

    private Stream<String> gone(int n) {
        return charts.stream()
                .flatMap(chart -> chart.keySet().stream())
                .distinct()
                .filter(key -> complete.get(n) && !charts.get(n).containsKey(key) && last(n, key) >= 0);
    }

    Stream<String> turnover() {
        return snapshots().map(n -> {
            var keys = charts.get(n).keySet();
            var statuses = keys.stream().map(key -> status(n, key)).toList();
            var counts = Stream.of("new", "re-entry", "up", "down", "same")
                    .map(status ->
                            (Object) statuses.stream().filter(status::equals).count())
                    .toArray();
            long known =
                    statuses.stream().filter(status -> !status.equals("first")).count();
            long exits = gone(n).count();
            long came = statuses.stream()
                    .filter(status -> status.equals("new") || status.equals("re-entry"))
                    .count();
            return line(
                    list, days.get(n), keys.size(), line(counts), exits, known == 0 ? null : millionths(came, known));
        });
    }

    Stream<String> songStats() {
        return charts.stream()
                .flatMap(chart -> chart.keySet().stream())
                .distinct()
                .map(key -> {
                    var last = snapshots()
                            .filter(n -> charts.get(n).containsKey(key))
                            .reduce((any, later) -> later)
                            .orElseThrow();
                    var present = present(last, key);
                    return line(
                            list,
                            key,
                            entry(last, key).song(),
                            stats(
                                    key::equals,
                                    present.size() + missing(last, key),
                                    present.stream().filter(n -> begins(n, key)).count(),
                                    present.stream()
                                            .mapToInt(n -> streak(n, key))
                                            .max()
                                            .orElseThrow()),
                            missing(last, key) > 0);
                });
    }

    /** As {@link #stats(Predicate, int, long, int)} of keys together: any of them is enough. */
    String stats(Predicate<String> keys) {
        int run = 0;
        int longest = 0;
        int entries = 0;
        int periods = 0;
        for (int n = 0; n < charts.size(); n++) {
            boolean absent = charts.get(n).keySet().stream().noneMatch(keys);
            periods += absent ? 0 : 1;
            entries += run == 0 && !absent ? 1 : 0;
            run = !absent ? run + 1 : complete.get(n) ? 0 : run;
            longest = Math.max(longest, run);
        }
        return stats(keys, periods, entries, longest);
    }

    /**
     * First and last seen, periods, entries, peak, its date, periods at number one, longest run, streams, share, and whether
     * the peak is reported.
     */
    private String stats(Predicate<String> keys, int periods, long entries, int longest) {
        var rows = charts.stream()
                .map(chart -> chart.entrySet().stream()
                        .filter(entry -> keys.test(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList())
                .toList();
        var present = snapshots().filter(n -> !rows.get(n).isEmpty()).toList();
        int peak =
                rows.stream().flatMap(List::stream).mapToInt(Entry::best).min().orElseThrow();
        var peakDay = present.stream()
                .filter(n -> rows.get(n).stream().anyMatch(entry -> entry.position() == peak))
                .map(days::get)
                .findFirst()
                .orElse(null);
        var streams = rows.stream()
                .flatMap(List::stream)
                .map(Entry::streams)
                .filter(Objects::nonNull)
                .reduce(Long::sum)
                .orElse(null);
        return line(
                days.get(present.get(0)),
                days.get(present.get(present.size() - 1)),
                periods,
                entries,
                peak,
                peakDay,
                rows.stream()
                        .flatMap(List::stream)
                        .filter(entry -> entry.position() == 1)
                        .count(),
                longest,
                streams,
                millionths(
                        rows.stream().mapToInt(List::size).sum(),
                        charts.stream().mapToInt(Map::size).sum()),
                peakDay == null);
    }

    /** How many keys of some the list had. */
    long keys(Predicate<String> keys) {
        return charts.stream()
                .flatMap(chart -> chart.keySet().stream())
                .distinct()
                .filter(keys)
                .count();
    }

    private Stream<Integer> snapshots() {
        return IntStream.range(0, days.size()).boxed();
    }

    private static long millionths(long part, long whole) {
        return Math.round(1e6 * part / whole);
    }

    static String line(@Nullable Object... values) {
        return Stream.of(values)
                .map(value -> value == null ? "" : value.toString())
                .reduce("", (a, b) -> a + "," + b)
                .substring(1);
    }
}
