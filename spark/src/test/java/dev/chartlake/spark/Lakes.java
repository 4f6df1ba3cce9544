package dev.chartlake.spark;

import dev.chartlake.intake.ImportOptions;
import dev.chartlake.jobs.ImportJob;
import dev.chartlake.jobs.TransformJob;
import dev.chartlake.jobs.print.TransformLines;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.publish.CommitLog;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.testkit.FileCorpus;
import dev.chartlake.transform.TableFormats;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Lakes with raw objects of every kind, and what is in them. */
final class Lakes {

    private Lakes() {}

    /** Raw objects of so many days, some of them broken, and a loose file. Returns the lake's folder. */
    static Path raw(Path folder, Random random, int days, int entries) throws IOException {
        Path files = Files.createTempDirectory(folder, "files");
        FileCorpus.write(files, random.nextLong(), days, entries);
        LocalStore store = new LocalStore(Files.createTempDirectory(folder, "lake"));
        new ImportJob(store, ImportOptions.NONE, Clock.systemUTC()).run(List.of(files), (done, of) -> {});
        for (int day = 0; day < days; day++) {
            LocalDate date = FileCorpus.FIRST.plusDays(day);
            String broken = RawState.TO_PROCESS.prefix() + date + "/spotify-web-api/broken/0" + random.nextInt(10)
                    + "0000Z.json";
            if (random.nextBoolean()) {
                store.put(broken, "{\"items\":[{\"track\":".getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] loose = Files.readAllBytes(anyChart(files));
        store.put(RawState.TO_PROCESS.prefix() + "regional-se-daily-2024-03-01.csv", loose);
        return store.root();
    }

    private static Path anyChart(Path files) throws IOException {
        try (Stream<Path> all = Files.walk(files)) {
            return all.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The same lake once more. */
    static Path copy(Path lake) throws IOException {
        Path copy = Files.createTempDirectory(lake.getParent(), "copy");
        try (Stream<Path> all = Files.walk(lake)) {
            for (Path file : all.toList()) {
                Path target = copy.resolve(lake.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return copy;
    }

    /** What {@code ./chartlake transform} does. */
    static void transform(ObjectStore store, TransformJob.Days days) throws IOException {
        Transformer transformer =
                new Transformer(store, TableFormats.named(TableFormats.USUAL).orElseThrow(), 2, 256 << 20);
        TransformLines lines = new TransformLines(System.out, System.err, "report");
        new TransformJob(store, transformer, new Metrics(), lines).run(days, day -> true);
    }

    /** The checksum of each file: raw objects, tables and manifests, without what says when a day was committed. */
    static Map<String, Long> contents(ObjectStore store) throws IOException {
        Map<String, Long> contents = new TreeMap<>();
        for (var info : store.list("")) {
            boolean counts = (info.key().startsWith("raw_data/") || info.key().startsWith("transformed_data/"))
                    && !info.key().startsWith(CommitLog.ROOT);
            if (counts) {
                CRC32C crc = new CRC32C();
                try (InputStream in = store.open(info.key())) {
                    crc.update(in.readAllBytes());
                }
                contents.put(info.key(), crc.getValue());
            }
        }
        return contents;
    }

    static Map<String, Long> contents(Path lake) throws IOException {
        return contents(new LocalStore(lake));
    }
}
