package dev.chartlake.sql;

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
            int position, @Nullable String song, @Nullable Long streams) {}

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
                    var entry = Objects.requireNonNull(charts.get(n).get(key));
                    var before = before(n, key);
                    return line(
                            list,
                            days.get(n),
                            key,
                            entry.song(),
                            entry.position(),
                            before == null ? null : before.position(),
                            before == null ? null : before.position() - entry.position(),
                            status(n, key),
                            soFar(n, key),
                            entry.streams());
                }));
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
        if (IntStream.range(0, n).noneMatch(i -> charts.get(i).containsKey(key))) {
            return "new";
        }
        var before = before(n, key);
        if (before == null) {
            return "re-entry";
        }
        int change = before.position()
                - Objects.requireNonNull(charts.get(n).get(key)).position();
        return change > 0 ? "up" : change < 0 ? "down" : "same";
    }

    /** Peak, its date, periods, streak and first seen, up to a snapshot. */
    private String soFar(int n, String key) {
        var present = IntStream.rangeClosed(0, n)
                .filter(i -> charts.get(i).containsKey(key))
                .boxed()
                .toList();
        int best = present.stream()
                .min(Comparator.comparing(
                        i -> Objects.requireNonNull(charts.get(i).get(key)).position()))
                .orElseThrow();
        int streak = 0;
        for (int i = n; i >= 0; i = last(i, key)) {
            streak++;
        }
        return line(
                Objects.requireNonNull(charts.get(best).get(key)).position(),
                days.get(best),
                present.size(),
                streak,
                days.get(present.get(0)));
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
            long exits = gone(n).count();
            long came = statuses.stream()
                    .filter(status -> status.equals("new") || status.equals("re-entry"))
                    .count();
            return line(
                    list,
                    days.get(n),
                    keys.size(),
                    line(counts),
                    exits,
                    keys.isEmpty() ? null : millionths(came, keys.size()));
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
                    return line(
                            list,
                            key,
                            Objects.requireNonNull(charts.get(last).get(key)).song(),
                            stats(key::equals));
                });
    }

    /** First and last seen, periods, entries, peak, its date, periods at number one, longest run, streams, share. */
    String stats(Predicate<String> keys) {
        var rows = charts.stream()
                .map(chart -> chart.entrySet().stream()
                        .filter(entry -> keys.test(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .toList())
                .toList();
        var present = snapshots().filter(n -> !rows.get(n).isEmpty()).toList();
        int peak = rows.stream()
                .flatMap(List::stream)
                .mapToInt(Entry::position)
                .min()
                .orElseThrow();
        int peakDay = present.stream()
                .filter(n -> rows.get(n).stream().anyMatch(entry -> entry.position() == peak))
                .findFirst()
                .orElseThrow();
        int run = 0;
        int longest = 0;
        int entries = 0;
        for (int n = 0; n < rows.size(); n++) {
            boolean absent = rows.get(n).isEmpty();
            entries += run == 0 && !absent ? 1 : 0;
            run = !absent ? run + 1 : complete.get(n) ? 0 : run;
            longest = Math.max(longest, run);
        }
        var streams = rows.stream()
                .flatMap(List::stream)
                .map(Entry::streams)
                .filter(Objects::nonNull)
                .reduce(Long::sum)
                .orElse(null);
        return line(
                days.get(present.get(0)),
                days.get(present.get(present.size() - 1)),
                present.size(),
                entries,
                peak,
                days.get(peakDay),
                rows.stream()
                        .flatMap(List::stream)
                        .filter(entry -> entry.position() == 1)
                        .count(),
                longest,
                streams,
                millionths(
                        rows.stream().mapToInt(List::size).sum(),
                        charts.stream().mapToInt(Map::size).sum()));
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
