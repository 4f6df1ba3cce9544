package dev.chartlake.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Files of every kind over some days, as somebody's folder of recordings would hold them. */
public final class FileCorpus {

    /** The first day. */
    public static final LocalDate FIRST = LocalDate.of(2024, 3, 1);

    private static final int CATALOGUE = 400;

    private final Random random;
    private final int entries;
    private int written;

    private FileCorpus(long seed, int entries) {
        this.random = new Random(seed);
        this.entries = entries;
    }

    /**
     * Writes five files a day below {@code folder}, each with some {@code entries}, and returns how many there are. The
     * same seed writes the same files.
     */
    public static int write(Path folder, long seed, int days, int entries) throws IOException {
        FileCorpus corpus = new FileCorpus(seed, entries);
        for (int day = 0; day < days; day++) {
            corpus.day(folder, FIRST.plusDays(day));
        }
        return corpus.written;
    }

    private void day(Path folder, LocalDate date) throws IOException {
        String top = Answers.list("top");
        String trip = Answers.list("road trip");
        String odd = Answers.list("odd");
        put(folder.resolve(top).resolve(date + ".json"), Answers.page(top, rows(Dialect.LEGACY, entries)));
        put(
                folder.resolve("trip_" + date + "T08-00-00.json"),
                "["
                        + Answers.playlist(
                                Dialect.Y2026,
                                trip,
                                "Road trip",
                                Answers.page(trip, 0, 2 * entries, rows(Dialect.Y2026, entries)))
                        + ",\n " + Answers.page(trip, entries, 2 * entries, rows(Dialect.Y2026, entries)) + "]");
        put(
                folder.resolve("odd_" + date + "T20-30-15.json"),
                Answers.playlist(Dialect.TRANSITION, odd, "Odd", Answers.page(odd, oddRows())));
        put(folder.resolve("again_" + date + "T21-00-00.json"), Answers.page(top, rows(Dialect.TRANSITION, entries)));
        put(folder.resolve("regional-no-daily-" + date + ".csv"), ChartFiles.current(true, chart()));
    }

    private List<String> rows(Dialect dialect, int count) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(Answers.row(dialect, song()));
        }
        return rows;
    }

    /** A song of the catalogue; its popularity differs from one observation to the next. */
    private Song song() {
        Song song = Song.of(random.nextInt(CATALOGUE));
        return new Song(
                song.key(),
                song.name(),
                song.artists(),
                song.album(),
                song.albumArtists(),
                song.released(),
                song.precision(),
                random.nextInt(101));
    }

    private List<String> oddRows() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            rows.add(
                    switch (random.nextInt(8)) {
                        case 0 -> Answers.row(Dialect.TRANSITION, "null");
                        case 1 -> Answers.row(Dialect.TRANSITION, Answers.local("Take " + i, "Us & them"));
                        case 2 -> Answers.row(Dialect.TRANSITION, Answers.episode("Talk " + i, "The show"));
                        case 3 -> Answers.row(Dialect.TRANSITION, Answers.takenDown());
                        default -> Answers.row(Dialect.TRANSITION, song());
                    });
        }
        return rows;
    }

    private List<ChartFiles.Row> chart() {
        List<ChartFiles.Row> rows = new ArrayList<>();
        for (int rank = 1; rank <= entries; rank++) {
            rows.add(ChartFiles.Row.of(rank, song()));
        }
        return rows;
    }

    private void put(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        written++;
    }
}
