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
    record Snapshot(int day, int hour, List<Entry> entries) {}

    private final String list;
    /** The days with a snapshot, in order, and on each the best entry of every key. */
    private final List<Integer> days = new ArrayList<>();

    private final List<Map<String, Entry>> charts = new ArrayList<>();

    HistoryModel(String list, List<Snapshot> snapshots, Function<String, String> key) {
        this.list = list;
        var counting = new TreeMap<Integer, Snapshot>();
        snapshots.stream()
                .sorted(Comparator.comparing(Snapshot::hour))
                .forEach(snapshot -> counting.put(snapshot.day(), snapshot));
        counting.forEach((day, snapshot) -> {
            var chart = new LinkedHashMap<String, Entry>();
            snapshot.entries().stream()
                    .filter(entry -> entry.song() != null)
                    .sorted(Comparator.comparing(Entry::position))
                    .forEach(entry -> chart.putIfAbsent(key.apply(Objects.requireNonNull(entry.song())), entry));
            days.add(day);
            charts.add(chart);
        });
    }

    Stream<String> history() {
        return snapshots()
                .flatMap(n -> charts.get(n).keySet().stream().map(key -> {
                    var entry = Objects.requireNonNull(charts.get(n).get(key));
                    var before = n == 0 ? null : charts.get(n - 1).get(key);
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

    private String status(int n, String key) {
        if (IntStream.range(0, n).noneMatch(i -> charts.get(i).containsKey(key))) {
            return "new";
        }
        var before = charts.get(n - 1).get(key);
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
        while (streak <= n && charts.get(n - streak).containsKey(key)) {
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
                .skip(1)
                .flatMap(n -> charts.get(n - 1).keySet().stream()
                        .filter(key -> !charts.get(n).containsKey(key))
                        .map(key -> line(
                                list,
                                days.get(n),
                                key,
                                Objects.requireNonNull(charts.get(n - 1).get(key))
                                        .song(),
                                days.get(n - 1),
                                Objects.requireNonNull(charts.get(n - 1).get(key))
                                        .position(),
                                soFar(n - 1, key))));
    }

    Stream<String> turnover() {
        return snapshots().map(n -> {
            var keys = charts.get(n).keySet();
            var statuses = keys.stream().map(key -> status(n, key)).toList();
            var counts = Stream.of("new", "re-entry", "up", "down", "same")
                    .map(status ->
                            (Object) statuses.stream().filter(status::equals).count())
                    .toArray();
            long exits = n == 0
                    ? 0
                    : charts.get(n - 1).keySet().stream()
                            .filter(key -> !keys.contains(key))
                            .count();
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
        for (var row : rows) {
            entries += run == 0 && !row.isEmpty() ? 1 : 0;
            run = row.isEmpty() ? 0 : run + 1;
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
