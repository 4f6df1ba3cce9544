package dev.chartlake.testkit;

import dev.chartlake.format.TableFormat;
import dev.chartlake.model.Table;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Days of lists that change: with gaps, several snapshots a day, incomplete and empty ones, songs that return, that are one
 * recording, and that lack data, and numbers that charts report.
 */
public final class RandomCharts {
    private static final LocalDate FIRST = LocalDate.of(2021, 3, 1);
    private static final String[] LISTS = {
        "regional-no-daily", "regional-no-weekly", "37i9dQZEVXbMDoHDwVN2tF", "p1", "p2", "p3-weekly", "viral-dk-daily"
    };
    private static final int SONGS = 14;
    private static final int ARTISTS = 5;

    private final Random random;
    private final LakeDays lake;
    private final TableFormat format;

    /** Days for {@code lake}, in this format. */
    public RandomCharts(Random random, LakeDays lake, TableFormat format) {
        this.random = random;
        this.lake = lake;
        this.format = format;
    }

    /** Commits up to so many days. */
    public void write(int days) throws IOException {
        for (int day = 0; day < days; day++) {
            if (random.nextInt(8) > 0) {
                write(FIRST.plusDays(random.nextInt(4) == 0 ? day * 7L : day));
            }
        }
    }

    private void write(LocalDate date) throws IOException {
        Map<Table, List<List<@Nullable Object>>> rows = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            rows.put(table, new ArrayList<>());
        }
        for (String list : LISTS) {
            for (int hour = random.nextInt(8); hour < 24; hour += 8 + random.nextInt(40)) {
                snapshot(rows, list, date.atTime(hour, 0));
            }
        }
        for (int i = 0; i < SONGS; i++) {
            if (random.nextInt(3) > 0) {
                song(rows, i, date.atTime(23, 0));
            }
        }
        for (int i = 0; i < ARTISTS; i++) {
            LocalDateTime time = date.atTime(23, 0);
            add(
                    rows,
                    Table.ARTISTS,
                    "a" + i,
                    time,
                    maybe("Artist " + i + (random.nextInt(9) == 0 ? " New" : "")),
                    null);
            add(
                    rows,
                    Table.ALBUMS,
                    "b" + i,
                    time,
                    maybe("Album " + i),
                    "album",
                    date,
                    maybe(random.nextInt(5) == 0 ? "2021" : "2021-03"),
                    null,
                    10,
                    null,
                    null);
        }
        lake.commit(date, rows, format);
    }

    private void snapshot(Map<Table, List<List<@Nullable Object>>> rows, String list, LocalDateTime time) {
        String source = list.contains("-daily") || list.contains("regional") ? "spotify-charts" : "spotify-web-api";
        Boolean complete = random.nextInt(3) == 0 ? null : (Boolean) (random.nextInt(4) > 0);
        add(
                rows,
                Table.PLAYLISTS,
                source,
                list,
                time,
                source.equals("spotify-charts") ? null : maybe("List " + list),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                complete);
        List<Integer> songs = new ArrayList<>(IntStream.range(0, SONGS).boxed().toList());
        // Mostly the songs of the list, in an order that changes a little; now and then others, as an odd day has them.
        Collections.rotate(songs, random.nextInt(6) == 0 ? random.nextInt(SONGS) : list.length() % 5);
        int length = random.nextInt(10) == 0 ? 0 : 6 + random.nextInt(4);
        for (int position = 1; position <= length; position++) {
            int song = songs.get((position + (random.nextInt(4) == 0 ? 1 : 0)) % SONGS);
            boolean other = random.nextInt(14) == 0;
            add(
                    rows,
                    Table.PLAYLIST_ENTRIES,
                    source,
                    list,
                    time,
                    position,
                    other ? "episode" : "track",
                    "spotify:track:s" + song,
                    other ? null : "s" + song,
                    title(song),
                    artists(song),
                    null,
                    null,
                    maybe((long) random.nextInt(100_000)),
                    reported(source, 8),
                    reported(source, 8),
                    reported(source, 20),
                    null);
        }
    }

    private @Nullable Object reported(String source, int most) {
        return source.equals("spotify-charts") ? maybe(1 + random.nextInt(most)) : null;
    }

    private void song(Map<Table, List<List<@Nullable Object>>> rows, int i, LocalDateTime time) {
        add(
                rows,
                Table.SONGS,
                "s" + i,
                time,
                maybe(title(i)),
                maybe(180_000L + i / 3 * 1000 + random.nextInt(2) * 500),
                null,
                maybe(random.nextInt(100)),
                maybe(i % 4 == 0),
                i % 5 == 0 ? null : maybe((i % 3 == 0 ? "no-xx0-11-0000" : "NOXX0110000") + i / 2 % 10),
                1,
                i,
                maybe("b" + i % ARTISTS),
                i % 6 == 0 ? null : maybe("a" + i % ARTISTS),
                maybe(artists(i)));
        for (int order = 1; order <= 1 + i % 2; order++) {
            add(rows, Table.SONG_ARTISTS, "s" + i, order, "a" + (i + order) % ARTISTS, time);
        }
    }

    /** Three songs in a row have one title, in letters that are not the same. */
    private static String title(int song) {
        return switch (song % 3) {
            case 0 -> "ÆØÅ Señorita " + song / 3;
            case 1 -> "æøå señorita " + song / 3;
            default -> " ÆØÅ SEÑORITA " + song / 3 + " ";
        };
    }

    private static String artists(int song) {
        return song % 2 == 0 ? "Alpha, Bêta" : "ALPHA, BÊTA";
    }

    private @Nullable Object maybe(Object value) {
        return random.nextInt(5) == 0 ? null : value;
    }

    private static void add(Map<Table, List<List<@Nullable Object>>> rows, Table table, @Nullable Object... values) {
        List<@Nullable Object> row = new ArrayList<>();
        Collections.addAll(row, values);
        rows.computeIfAbsent(table, each -> new ArrayList<>()).add(row);
    }
}
