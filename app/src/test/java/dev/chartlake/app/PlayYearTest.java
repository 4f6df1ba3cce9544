package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lake.Manifest;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.testkit.Listen;
import dev.chartlake.testkit.Song;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A random history of plays, split over overlapping exports and polls that come in any order: each play is a row once. */
@Thorough
class PlayYearTest {

    private static final int DAYS = Depth.of(12, 366);
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private int years;

    /** Plays that follow each other; some songs are skipped at once, some are on repeat. */
    private static List<Listen> year(Random random) {
        List<Listen> plays = new ArrayList<>();
        Instant end = FIRST;
        List<Integer> last = new ArrayList<>();
        while (end.isBefore(FIRST.plus(DAYS, ChronoUnit.DAYS))) {
            boolean again = !plays.isEmpty() && random.nextInt(8) == 0;
            long ms = again || random.nextInt(4) > 0 ? 90_000 + random.nextInt(200_000) : random.nextInt(20_000);
            int number = again ? last.get(last.size() - 1) : other(random, last);
            boolean pause = random.nextInt(12) == 0;
            end = end.plusMillis(ms + 3000 + (pause ? random.nextInt(30_000_000) : random.nextInt(2000)));
            last.add(number);
            plays.add(new Listen(end, Song.of(number), ms));
        }
        plays.removeIf(play -> !play.end().isBefore(FIRST.plus(DAYS, ChronoUnit.DAYS)));
        return plays;
    }

    private static int other(Random random, List<Integer> last) {
        List<Integer> newest = last.subList(Math.max(0, last.size() - 40), last.size());
        int number = random.nextInt(200);
        while (newest.contains(number)) {
            number = random.nextInt(200);
        }
        return number;
    }

    /** A place at which an export can begin or end: where a song is not on repeat. */
    private static int place(List<Listen> plays, Random random) {
        int place = random.nextInt(plays.size() + 1);
        while (place > 0
                && place < plays.size()
                && plays.get(place).song().equals(plays.get(place - 1).song())) {
            place++;
        }
        return place;
    }

    @Test
    void eachPlayIsARowOnce() {
        Seeded.run(2, this::oneYear);
    }

    private void oneYear(Random random) throws IOException {
        List<Listen> plays = year(random);
        BitSet told = new BitSet();
        List<Path> files = new ArrayList<>();
        Path in = Files.createDirectories(folder.resolve("in" + years));
        for (int i = random.nextInt(4); i >= 0; i--) {
            List<Listen> part = part(plays, told, random);
            List<String> rows =
                    new ArrayList<>(part.stream().map(Listen::extended).toList());
            if (!rows.isEmpty() && random.nextBoolean()) {
                rows.add(rows.get(random.nextInt(rows.size()))); // exports are known to repeat rows
            }
            files.add(Files.writeString(in.resolve("Streaming_History_Audio_" + i + ".json"), Listen.file(rows)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Listen> part = part(plays, told, random);
            files.add(Files.writeString(
                    in.resolve("StreamingHistory_music_" + i + ".json"),
                    Listen.file(part.stream().map(Listen::brief).toList())));
        }
        for (int i = random.nextInt(DAYS); i > 0; i--) {
            files.add(poll(in.resolve("recent" + i + ".json"), plays, told, random));
        }
        files.removeIf(file -> file.toFile().length() < 10); // an export without plays
        Collections.shuffle(files, random);

        Lake lake = new Lake(folder.resolve("lake" + years++));
        for (int from = 0; from < files.size(); from += 5) {
            lake.importing(files.subList(from, Math.min(files.size(), from + 5)).toArray(Path[]::new))
                    .with(ExitCode.DONE);
            if (random.nextInt(3) == 0) {
                lake.transform().with(ExitCode.DONE);
            }
        }
        lake.transform().with(ExitCode.DONE);
        List<String> expected = told.stream()
                .mapToObj(plays::get)
                .map(play -> play.end().toString().substring(0, 16) + "|"
                        + play.song().name())
                .sorted()
                .toList();
        assertThat(lake.rows("SELECT strftime(played_at, '%Y-%m-%dT%H:%M') || '|' || song_name FROM plays ORDER BY 1"))
                .isEqualTo(expected);
        for (Manifest manifest : lake.manifests()) {
            assertThat(manifest.addsUp()).isTrue();
        }
    }

    private static List<Listen> part(List<Listen> plays, BitSet told, Random random) {
        int a = place(plays, random);
        int b = place(plays, random);
        told.set(Math.min(a, b), Math.max(a, b));
        return plays.subList(Math.min(a, b), Math.max(a, b));
    }

    /** The last fifty plays of more than 30 seconds. */
    private static Path poll(Path file, List<Listen> plays, BitSet told, Random random) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = place(plays, random) - 1; i >= 0 && rows.size() < 50; i--) {
            Listen play = plays.get(i);
            if (play.ms() > 30_000) {
                rows.add(play.recent(play.end()));
                told.set(i);
            }
        }
        return Files.writeString(file, rows.isEmpty() ? "" : Listen.answer(rows));
    }
}
