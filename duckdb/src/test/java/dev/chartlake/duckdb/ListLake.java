package dev.chartlake.duckdb;

import static dev.chartlake.model.Table.PLAYLISTS;
import static dev.chartlake.model.Table.PLAYLIST_ENTRIES;

import dev.chartlake.model.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A lake of snapshots of lists, written song by song and then asked. */
final class ListLake {
    static final String SOURCE = "spotify-web-api";

    private final LakeFolder lake;
    private final Map<Table, Map<String, List<String>>> lines = new EnumMap<>(Table.class);

    ListLake(Path root) {
        this.lake = new LakeFolder(root);
    }

    /** A snapshot at a time such as {@code 2021-03-25 06:00:00}: the songs from position 1; {@code -} is an episode. */
    ListLake snapshot(String list, String time, String... songs) {
        add(PLAYLISTS, time, "%s,%s,%s,List %s,,,,,,,,%d,".formatted(SOURCE, list, time, list, songs.length));
        for (int i = 0; i < songs.length; i++) {
            var key = "%s,%s,%s,%d".formatted(SOURCE, list, time, i + 1);
            add(
                    PLAYLIST_ENTRIES,
                    time,
                    songs[i].equals("-")
                            ? key + ",episode,spotify:episode:e,,Talk,Show,,,,,,,"
                            : "%s,track,,%2$s,Song %2$s,Artist,,,,,,,".formatted(key, songs[i]));
        }
        return this;
    }

    /** One snapshot a day from {@code 2021-03-01} on; a null day has none, an empty text is an empty snapshot. */
    ListLake days(String list, String... days) {
        for (int i = 0; i < days.length; i++) {
            if (!days[i].equals("no snapshot")) {
                var songs = days[i].isEmpty() ? new String[0] : days[i].split(" ");
                snapshot(list, "2021-03-%02d 06:00:00".formatted(i + 1), songs);
            }
        }
        return this;
    }

    /** A line of CSV in the partition of the day that {@code time} begins with. */
    ListLake add(Table table, String time, String line) {
        lines.computeIfAbsent(table, any -> new TreeMap<>())
                .computeIfAbsent(time.substring(0, 10), any -> new ArrayList<>())
                .add(line);
        return this;
    }

    LakeFolder write() {
        lines.forEach((table, days) -> days.forEach((day, rows) -> lake.csv(table, day, rows.toArray(String[]::new))));
        return lake;
    }

    /** Rows as lines of CSV, without the header. */
    List<String> rows(String sql) {
        return write().query(sql).lines().skip(1).toList();
    }
}
