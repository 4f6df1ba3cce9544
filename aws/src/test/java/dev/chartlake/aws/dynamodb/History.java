package dev.chartlake.aws.dynamodb;

import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.DayTables;
import dev.chartlake.load.LoadDay;
import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Days whose rows a test makes up. */
final class History implements DayTables {

    private final LocalStore store;
    private final TreeMap<LocalDate, Map<Table, List<List<@Nullable Object>>>> days = new TreeMap<>();

    History(Path folder) {
        this.store = new LocalStore(folder);
    }

    List<LocalDate> days() {
        return List.copyOf(days.keySet());
    }

    /** Adds a row; columns that are not named are null. */
    History row(Table table, LocalDateTime observedAt, Map<String, ?> values) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Column column : table.columns()) {
            row.add(column.name().equals("observed_at") ? observedAt : values.get(column.name()));
        }
        days.computeIfAbsent(observedAt.toLocalDate(), none -> new TreeMap<>())
                .computeIfAbsent(table, none -> new ArrayList<>())
                .add(row);
        return this;
    }

    History song(LocalDateTime at, String id, Map<String, ?> values, String... artists) {
        Map<String, Object> all = new TreeMap<>(values);
        all.put("song_id", id);
        row(Table.SONGS, at, all);
        for (int i = 0; i < artists.length; i++) {
            row(Table.SONG_ARTISTS, at, Map.of("song_id", id, "artist_order", i + 1, "artist_id", artists[i]));
        }
        return this;
    }

    History list(LocalDateTime at, String id, Map<String, ?> values, List<String> songs) {
        Map<String, Object> key = Map.of("source", "spotify-web-api", "playlist_id", id);
        Map<String, Object> all = new TreeMap<>(values);
        all.putAll(key);
        row(Table.PLAYLISTS, at, all);
        for (int i = 0; i < songs.size(); i++) {
            Map<String, Object> entry = new TreeMap<>(key);
            entry.put("position", i + 1);
            if (!songs.get(i).isEmpty()) {
                entry.put("song_id", songs.get(i));
            }
            row(Table.PLAYLIST_ENTRIES, at, entry);
        }
        return this;
    }

    /** Takes a day's rows away, so that it can be made anew. */
    History clear(LocalDate day) {
        days.remove(day);
        return this;
    }

    /** Commits a day as it is now. */
    LoadDay day(LocalDate date) throws IOException {
        List<TablePart> parts = new ArrayList<>();
        for (Table table : Table.values()) {
            int rows = rows(table, date).size();
            String file = rows == 0 ? "" : table.partition(date) + "part-0.parquet";
            parts.add(new TablePart(table.sqlName(), rows, file, 1, "527d5351"));
            if (rows > 0) {
                store.put(file, new byte[1]);
            }
        }
        store.put(
                Manifest.key(date),
                ManifestFile.write(new Manifest(date, List.of(), parts, 0, 0, 0, List.of(), List.of(), List.of())));
        return LoadDay.read(store, this, date).orElseThrow();
    }

    private List<List<@Nullable Object>> rows(Table table, LocalDate date) {
        int key = table.key().size();
        Comparator<List<@Nullable Object>> order = (a, b) -> IntStream.range(0, key)
                .map(i -> compare(a.get(i), b.get(i)))
                .filter(c -> c != 0)
                .findFirst()
                .orElse(0);
        return days.getOrDefault(date, Map.of()).getOrDefault(table, List.of()).stream()
                .sorted(order)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Object a, @Nullable Object b) {
        return ((Comparable<Object>) Objects.requireNonNull(a)).compareTo(b);
    }

    @Override
    public DayTableRows open(Table table, String file) {
        LocalDate date = LocalDate.parse(Arrays.stream(file.split("[=/]"))
                .filter(word -> word.matches("\\d{4}-.*"))
                .findFirst()
                .orElseThrow());
        ArrayDeque<List<@Nullable Object>> rows = new ArrayDeque<>(rows(table, date));
        return new DayTableRows() {
            @Override
            public @Nullable List<@Nullable Object> next() {
                return rows.poll();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
