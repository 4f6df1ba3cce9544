package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.intake.FileImport;
import dev.chartlake.publish.CommitLog;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.testkit.FileCorpus;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Lakes to compare: what waits in one is copied to another, and their tables are told apart byte by byte. */
public final class Lakeful {

    private Lakeful() {}

    /** A lake in which five files a day wait. */
    static LocalStore waiting(Path folder, long seed, int days, int entries) throws IOException {
        System.out.println("Lakeful: corpus of seed " + seed);
        Path in = folder.resolveSibling(folder.getFileName() + "-in");
        FileCorpus.write(in, seed, days, entries);
        LocalStore store = new LocalStore(folder);
        assertThat(new FileImport(store).run(List.of(in), (done, of) -> {}).problems())
                .isEmpty();
        return store;
    }

    /** The keys of all that waits. */
    static List<String> keys(ObjectStore store) throws IOException {
        return store.list(RawState.TO_PROCESS.prefix()).stream()
                .map(ObjectInfo::key)
                .toList();
    }

    static void copyWaiting(ObjectStore from, ObjectStore to) throws IOException {
        for (String key : keys(from)) {
            try (InputStream in = from.open(key)) {
                to.put(key, in.readAllBytes());
            }
        }
    }

    /** Transforms as the command line does. */
    static void transformLocally(ObjectStore store) throws IOException {
        Transformer transformer = new Transformer(store, new ParquetFormat(), 2, 256 << 20);
        assertThat(transformer.run(transformer.waitingDays(), (done, of) -> {}).failures())
                .isEmpty();
    }

    /** Checksums of all that is in the tables, their manifests, and the raw data, by key; without the log, which has times. */
    public static Map<String, String> contents(ObjectStore store) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String prefix : List.of("transformed_data/", "raw_data/")) {
            for (ObjectInfo info : store.list(prefix)) {
                if (info.key().startsWith(CommitLog.ROOT)) {
                    continue;
                }
                CRC32C crc = new CRC32C();
                try (InputStream in = store.open(info.key())) {
                    crc.update(in.readAllBytes());
                }
                contents.put(info.key(), HexFormat.of().toHexDigits(crc.getValue()));
            }
        }
        return contents;
    }
}
