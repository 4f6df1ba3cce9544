package dev.chartlake.app;

import dev.chartlake.dashboard.StatusLook;
import dev.chartlake.lake.LakeStatus;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** A lake with what a page can stumble over: hostile names, both writing directions, no popularity, a missing day. */
final class DashboardLake {

    static final String SOURCE = "spotify-web-api";
    static final String LIST = Answers.list("dashboard");
    static final String OTHER = Answers.list("dashboard, other");
    static final String CHART = "regional-no-daily";
    static final LocalDate LAST = LocalDate.of(2024, 3, 12);
    static final int DAYS = 12;
    static final int SIZE = 14;

    static final Song SCRIPT =
            Song.of(1).named("<script>window.hacked = 1</script>").by("<img src=x onerror=alert(1)>");
    static final Song ARABIC = Song.of(2).named("حبيبي في القلب (feat. Bjørn)").by("قمر حداد", "Bjørn");
    static final Song EMOJI = Song.of(3).named("🎉 Fête 👩‍👩‍👧‍👦").by("=HYPERLINK(\"x\")");

    private DashboardLake() {}

    /** What looks at a lake no sooner than {@code looked} says. */
    static StatusLook looking(LocalStore store, CountDownLatch looked) {
        return () -> {
            try {
                looked.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("interrupted");
            }
            return LakeStatus.of(store, QualityRules.DEFAULT);
        };
    }

    static Lake make(Path folder) throws IOException {
        Lake lake = new Lake(folder.resolve("lake"));
        List<Path> files = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            LocalDate date = LAST.minusDays(DAYS - 1 - day);
            if (day != 4) {
                files.add(page(folder, LIST, "Topp 50 <b>Norge</b> & \"mer\"", date, songs(day, 0), true));
            }
            files.add(page(folder, OTHER, "שירים חדשים 🎧", date, songs(day + 3, 1000), false));
            files.add(chart(folder, date, songs(day + 1, 2000)));
        }
        lake.importing(files.toArray(Path[]::new)).with(ExitCode.DONE);
        lake.transform().with(ExitCode.DONE);
        return lake;
    }

    /** Songs change places, some leave and come back, and the three with odd names never do. */
    private static List<Song> songs(int day, int offset) {
        List<Song> songs = new ArrayList<>();
        for (Song odd : List.of(SCRIPT, ARABIC, EMOJI)) {
            songs.add(offset == 0 ? odd : odd(odd, offset));
        }
        IntStream.range(0, SIZE - songs.size())
                .mapToObj(i -> Song.of(offset + 10 + (i * 5L + day) % 17))
                .distinct()
                .forEach(songs::add);
        java.util.Collections.swap(songs, day % 3, day % 7 + 3);
        return songs;
    }

    private static Song odd(Song song, int offset) {
        return Song.of(offset + song.popularity())
                .named(song.name())
                .by(song.artists().toArray(String[]::new));
    }

    private static Path page(Path folder, String list, String name, LocalDate date, List<Song> songs, boolean popular)
            throws IOException {
        List<String> rows = songs.stream()
                .map(song -> Answers.row(Dialect.LEGACY, song))
                .map(row -> popular ? row : row.replaceAll("\"popularity\":\\d+,", ""))
                .toList();
        String answer = Answers.playlist(Dialect.LEGACY, list, name, Answers.page(list, rows));
        Path file =
                Files.createDirectories(folder.resolve("files").resolve(list)).resolve(date + "T12-00-00Z.json");
        return Files.writeString(file, answer);
    }

    private static Path chart(Path folder, LocalDate date, List<Song> songs) throws IOException {
        List<ChartFiles.Row> rows = IntStream.range(0, songs.size())
                .mapToObj(i -> ChartFiles.Row.of(i + 1, songs.get(i)))
                .toList();
        Path file = Files.createDirectories(folder.resolve("files")).resolve(CHART + "-" + date + ".csv");
        return Files.writeString(file, ChartFiles.current(true, rows));
    }
}
