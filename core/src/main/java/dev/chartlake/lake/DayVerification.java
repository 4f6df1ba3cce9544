package dev.chartlake.lake;

import dev.chartlake.lake.LakeStatus.Problem;
import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Table;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.Hint;
import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads all files of one day and compares them with its manifest. Used once, by one thread. */
final class DayVerification {

    private static final String RAW_FIRST = "Restore the day's raw objects first, which are listed too. Then run ";

    private final ObjectStore store;
    private final LocalDate date;
    private final LongConsumer read;
    private final List<Problem> problems = new ArrayList<>();

    /** {@code read} hears the size of each file that was read. */
    DayVerification(ObjectStore store, LocalDate date, LongConsumer read) {
        this.store = store;
        this.date = date;
        this.read = read;
    }

    /** What differs; nothing if all is as it was committed. */
    List<Problem> look() throws IOException {
        String key = Manifest.key(date);
        Optional<Versioned> stored = store.read(key);
        if (stored.isEmpty()) {
            missingManifest(key);
            return problems;
        }
        Manifest manifest;
        try {
            manifest = ManifestFile.read(stored.get().bytes());
        } catch (IOException e) {
            add(key, "cannot be read: " + e.getMessage(), again());
            return problems;
        }
        try {
            CommittedTables.requireReadable(stored.get().bytes());
        } catch (IOException e) {
            add(key, "is not of this version: " + e.getMessage(), again());
        }
        look(key, manifest);
        return problems;
    }

    private void look(String key, Manifest manifest) throws IOException {
        if (!manifest.date().equals(date)) {
            add(key, "is the manifest of " + manifest.date(), again());
            return; // what it names is that day's
        }
        if (!manifest.addsUp()) {
            add(key, "does not add up", again());
        }
        boolean wholeRaw = raw(manifest);
        tables(manifest, wholeRaw ? again() : RAW_FIRST + DayCure.command(store, date) + ".");
    }

    private void missingManifest(String key) throws IOException {
        if (!processed().isEmpty()) {
            add(key, "is missing, although the day has processed raw objects", again());
            return;
        }
        for (Table table : Table.values()) {
            for (ObjectInfo info : store.files(table.partition(date))) {
                if (ChangedDays.partition(info.key()).isPresent()) {
                    String cure = "Run " + Hint.command("transform", store) + ". If it is still there then, delete it.";
                    add(info.key(), "is in no manifest", cure);
                }
            }
        }
    }

    private List<ObjectInfo> processed() throws IOException {
        return store.list(RawState.PROCESSED.prefix() + date + "/");
    }

    private void tables(Manifest manifest, String cure) throws IOException {
        Set<String> named = new HashSet<>();
        for (TablePart part : manifest.tables()) {
            if (!part.file().isEmpty()) {
                named.add(part.file());
                String wrong = difference(part.size(), part.crc32c(), part.file());
                if (wrong != null) {
                    add(part.file(), wrong, cure);
                }
            }
        }
        for (Table table : Table.values()) {
            for (ObjectInfo info : store.files(table.partition(date))) {
                if (ChangedDays.partition(info.key()).isPresent() && !named.contains(info.key())) {
                    add(info.key(), "is in no manifest", cure);
                }
            }
        }
    }

    /** Returns whether all raw objects are as they were committed. */
    private boolean raw(Manifest manifest) throws IOException {
        boolean whole = true;
        Set<String> named = new HashSet<>();
        for (RawObject object : manifest.raw()) {
            String processed = RawState.PROCESSED.prefix() + object.key();
            named.add(processed);
            // It may wait again, and be moved meanwhile.
            String wrong = difference(
                    object.size(), object.crc32c(), processed, RawState.TO_PROCESS.prefix() + object.key(), processed);
            if (wrong != null) {
                add(processed, wrong, DayCure.raw(store, date));
                whole = false;
            }
        }
        for (ObjectInfo info : processed()) {
            if (!named.contains(info.key())) {
                add(info.key(), "is in no manifest", again());
            }
        }
        return whole;
    }

    /** What is wrong with the first object that is there; null if it is as it was committed. */
    private @Nullable String difference(long size, String crc32c, String... keys) throws IOException {
        for (String key : keys) {
            try {
                Checksums.Sum sum = Checksums.of(() -> store.open(key));
                read.accept(sum.size());
                if (sum.size() != size) {
                    return "has " + sum.size() + " bytes, its manifest says " + size;
                }
                return sum.crc32c().equals(crc32c)
                        ? null
                        : "is damaged: its checksum is " + sum.crc32c() + ", its manifest says " + crc32c;
            } catch (MissingObjectException e) {
                continue;
            } catch (IOException e) {
                store.find(key); // throws if it is the store that fails, and not this object
                return "cannot be read: " + e.getMessage();
            }
        }
        return "is missing";
    }

    private String again() {
        return DayCure.again(store, date);
    }

    private void add(String key, String problem, String cure) {
        problems.add(new Problem(date, key, problem, cure));
    }
}
