package dev.chartlake.duckdb;

import static dev.chartlake.model.Table.PLAYLISTS;
import static dev.chartlake.model.Table.PLAYLIST_ENTRIES;
import static dev.chartlake.model.Table.SONGS;
import static dev.chartlake.model.Table.SONG_ARTISTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.duckdb.HistoryModel.Entry;
import dev.chartlake.duckdb.HistoryModel.Snapshot;
import dev.chartlake.query.QueryEngine;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The views against {@link HistoryModel}, on random lists: days without a snapshot, several snapshots a day, empty and incomplete ones,
 * songs that return, that are there twice, entries that are no songs, numbers that the chart itself reports, and days that arrive after
 * later ones.
 */
class HistoryPropertyTest {
    private static final int HISTORIES = 500;
    private static final int DAYS = 8;
    private static final String[] SOURCES = {"spotify-charts", "spotify-web-api"};

    /** s1 has the ISRC of s0; s3 the title, artist and length of s2; s4 differs from s2 in length alone. */
    private static final Map<String, String> RECORDINGS = Map.of("s1", "s0", "s3", "s2");

    private static final List<String> SONG_LINES = List.of(
            "s0,%s,Zero,100000,,,,NOXX01100001,,,,A,Alpha",
            "s1,%s,One,200000,,,,NOXX01100001,,,,A,Alpha",
            "s2,%s,Two,300000,,,,NOXX01100002,,,,B,Beta",
            "s3,%s,TWO ,302000,,,,NOXX01100003,,,,B,Beta",
            "s4,%s,Two,310000,,,,NOXX01100004,,,,B,Beta",
            "s5,%s,Five,,,,,,,,,,");

    private static final Map<String, List<String>> ARTISTS =
            Map.of("A", List.of("s0", "s1"), "B", List.of("s2", "s3", "s4"), "C", List.of("s0", "s1", "s4"));

    private static final String[] PERIODS = {"", "-daily", "-weekly"};

    private static final String SO_FAR =
            "peak, day(peak_date), periods, streak, day(first_seen), peak_from_report, periods_from_report";
    private static final String TOTALS = "day(first_seen), day(last_seen), periods, entries, peak, day(peak_date),"
            + " periods_at_number_one, longest_run, streams, CAST(round(1000000 * share_of_chart) AS BIGINT), peak_from_report";

    private Random random = new Random();

    @TempDir
    Path temporary;

    private Path folder = Path.of("");

    @Test
    @Thorough
    void theViewsSayWhatASlowReadingOfTheListsSays() {
        Seeded.run(Depth.of(2, 60), seeded -> {
            random = seeded;
            folder = Files.createTempDirectory(temporary, "lake");
            compareRandomHistories();
        });
    }

    private void compareRandomHistories() throws IOException {
        var histories = new TreeMap<String, List<Snapshot>>();
        for (int i = 0; i < HISTORIES; i++) {
            histories.put(SOURCES[i % 2] + ",p" + i / 2 + PERIODS[i / 2 % 3], history());
        }
        var days = new ArrayList<>(IntStream.rangeClosed(1, DAYS).boxed().toList());
        Collections.shuffle(days, random);
        try (var engine = new DuckDbLake(folder, LakeFolder.OPEN)) {
            write(histories, days.subList(0, DAYS / 2));
            var early = new TreeMap<String, List<Snapshot>>();
            histories.forEach((list, snapshots) -> early.put(
                    list,
                    snapshots.stream()
                            .filter(snapshot -> days.indexOf(snapshot.day()) < DAYS / 2)
                            .toList()));
            compareHistory(engine, early, "", song -> song);
            write(histories, days.subList(DAYS / 2, DAYS));
            compareAll(engine, histories, "", song -> song);
            compareAll(engine, histories, "_by_recording", song -> RECORDINGS.getOrDefault(song, song));
        }
    }

    private List<Snapshot> history() {
        var snapshots = new ArrayList<Snapshot>();
        int presence = 1 + random.nextInt(4);
        int length = random.nextInt(6);
        int silent = 1 + random.nextInt(4);
        for (int day = 1; day <= DAYS; day++) {
            for (int hour : random.nextInt(4) >= presence
                    ? new int[0]
                    : random.nextInt(4) == 0 ? new int[] {7, 23, 11} : new int[] {random.nextInt(24)}) {
                var entries = new ArrayList<Entry>();
                for (int position = 1; position <= (random.nextInt(8) == 0 ? 0 : length); position++) {
                    entries.add(new Entry(
                            position,
                            song(),
                            random.nextInt(3) == 0 ? null : random.nextLong(1000),
                            reported(silent, 8),
                            reported(silent, 8),
                            reported(silent, 12)));
                }
                snapshots.add(new Snapshot(day, hour, random.nextInt(4) > 0, entries));
            }
        }
        return snapshots;
    }

    /** A number that a chart may report; the more silent, the fewer of them. */
    private @Nullable Integer reported(int silent, int most) {
        return random.nextInt(4) < silent ? null : 1 + random.nextInt(most);
    }

    private @Nullable String song() {
        return random.nextInt(12) == 0 ? null : "s" + random.nextInt(6);
    }

    private void write(Map<String, List<Snapshot>> histories, List<Integer> days) {
        var lake = new ListLake(folder);
        for (int day : days) {
            var midnight = time(day, 0);
            SONG_LINES.forEach(line -> lake.add(SONGS, midnight, line.formatted(midnight)));
            ARTISTS.forEach((artist, songs) -> songs.forEach(song -> lake.add(
                    SONG_ARTISTS, midnight, "%s,%d,%s,%s".formatted(song, (int) artist.charAt(0), artist, midnight))));
        }
        histories.forEach((list, snapshots) -> {
            for (var snapshot : snapshots) {
                if (!days.contains(snapshot.day())) {
                    continue;
                }
                var time = time(snapshot.day(), snapshot.hour());
                var complete = snapshot.complete() ? random.nextBoolean() ? "true" : "" : "false";
                lake.add(PLAYLISTS, time, list + "," + time + ",,,,,,,,,," + complete);
                for (var entry : snapshot.entries()) {
                    lake.add(
                            PLAYLIST_ENTRIES,
                            time,
                            HistoryModel.line(
                                    list,
                                    time,
                                    entry.position(),
                                    "track,",
                                    entry.song(),
                                    ",,,",
                                    entry.streams(),
                                    entry.reportedPeak(),
                                    entry.reportedPrevious(),
                                    entry.reportedPeriods(),
                                    ""));
                }
            }
        });
        lake.write();
    }

    private static String time(int day, int hour) {
        return "2021-03-%02d %02d:00:00".formatted(day, hour);
    }

    private static void compareAll(
            QueryEngine engine, Map<String, List<Snapshot>> histories, String form, Function<String, String> key)
            throws IOException {
        var column = form.isEmpty() ? "song_id" : "recording_id";
        compareHistory(engine, histories, form, key);
        compare(
                engine,
                "source, playlist_id, day(snapshot_date), " + column + ", song_id, day(last_seen), last_position, "
                        + SO_FAR + " FROM chart_exits" + form,
                rows(histories, key, HistoryModel::exits));
        compare(
                engine,
                "source, playlist_id, day(snapshot_date), entries, new, re_entries, up, down, same, exits,"
                        + " CAST(round(1000000 * turnover) AS BIGINT) FROM chart_turnover" + form,
                rows(histories, key, HistoryModel::turnover));
        compare(
                engine,
                "source, playlist_id, " + column + ", song_id, " + TOTALS + ", periods_from_report FROM song_stats"
                        + form,
                rows(histories, key, HistoryModel::songStats));
        compare(
                engine,
                "source, playlist_id, artist_id, songs, " + TOTALS + " FROM artist_stats" + form,
                histories.entrySet().stream().flatMap(list -> artistStats(list.getKey(), list.getValue(), key)));
    }

    private static void compareHistory(
            QueryEngine engine, Map<String, List<Snapshot>> histories, String form, Function<String, String> key)
            throws IOException {
        compare(
                engine,
                "source, playlist_id, day(snapshot_date), " + (form.isEmpty() ? "song_id" : "recording_id")
                        + ", song_id, position, previous_position, change, status, " + SO_FAR
                        + ", streams, seen_peak, seen_previous, seen_periods, previous_from_report FROM chart_history"
                        + form,
                rows(histories, key, HistoryModel::history));
    }

    private static Stream<String> rows(
            Map<String, List<Snapshot>> histories,
            Function<String, String> key,
            Function<HistoryModel, Stream<String>> view) {
        return histories.entrySet().stream()
                .flatMap(list -> view.apply(new HistoryModel(list.getKey(), list.getValue(), key)));
    }

    private static Stream<String> artistStats(String list, List<Snapshot> snapshots, Function<String, String> key) {
        var model = new HistoryModel(list, snapshots, key);
        return ARTISTS.keySet().stream()
                .filter(artist -> model.keys(by(artist)) > 0)
                .map(artist -> HistoryModel.line(list, artist, model.keys(by(artist)), model.stats(by(artist))));
    }

    private static Predicate<String> by(String artist) {
        return song -> ARTISTS.getOrDefault(artist, List.of()).contains(song);
    }

    private static void compare(QueryEngine engine, String query, Stream<String> model) throws IOException {
        var expected = model.sorted().toList();
        var found = LakeFolder.csv(engine, "SELECT " + query)
                .lines()
                .skip(1)
                .sorted()
                .toList();
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            assertThat(found.get(i)).as(query).isEqualTo(expected.get(i));
        }
        assertThat(found).as(query).hasSameSizeAs(expected).isNotEmpty();
    }
}
