package dev.chartlake.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** The lake of years of daily charts that several benchmarks use. */
final class HistoryLake {
    static final LocalDate LAST_DAY = LocalDate.of(2026, 11, 20);

    private static final int ENTRIES = 50;

    private HistoryLake() {}

    /**
     * Generates the lake in {@code dir/lake}, if it is not there. It is complete once the file with its size is there; one of
     * another size is not touched.
     */
    static void make(Path dir, int years, int lists, PrintStream out) throws IOException {
        Path marker = dir.resolve("history.txt");
        String size = "years=" + years + " lists=" + lists + " entries=" + ENTRIES + "\n";
        if (Files.exists(marker)) {
            String there = Files.readString(marker);
            if (!there.equals(size)) {
                throw new IllegalStateException("The lake in " + dir + " has " + there.strip() + ", not " + size.strip()
                        + ". Give another --dir, or remove that one.");
            }
            return;
        }
        out.println("Generating " + size.strip());
        int days = (int) (LAST_DAY.toEpochDay() - LAST_DAY.minusYears(years).toEpochDay());
        History.write(dir.resolve("lake").toAbsolutePath().normalize(), lists, ENTRIES, days, LAST_DAY);
        Files.writeString(marker, size);
    }
}
