package dev.chartlake.copy;

import dev.chartlake.http.Pause;
import dev.chartlake.lake.Checksums;
import dev.chartlake.lake.CommittedTables;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Staged;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies one day, whole or not at all. Files that are not what their manifest says are of a commit under way, or of one
 * that was killed: after some time they are given up.
 */
final class DayCopy {

    private static final int TRIES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final ObjectStore lake;
    private final LocalStore copy;
    private final Pause pause;
    private final AtomicLong bytes = new AtomicLong();

    DayCopy(ObjectStore lake, LocalStore copy, Pause pause) {
        this.lake = lake;
        this.copy = copy;
        this.pause = pause;
    }

    /** Bytes of tables that were fetched so far. */
    long bytes() {
        return bytes.get();
    }

    /** What is wrong with the day in the lake, so that the copy stays as it was; null if it is copied. */
    @Nullable String copy(LocalDate date) throws IOException, InterruptedException {
        Duration wait = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            Optional<Versioned> stored = lake.read(Manifest.key(date));
            if (stored.isEmpty()) {
                remove(date);
                return null;
            }
            Manifest manifest;
            try {
                CommittedTables.requireReadable(stored.get().bytes());
                manifest = ManifestFile.read(stored.get().bytes());
            } catch (IOException | IllegalArgumentException e) {
                return "its manifest cannot be read: " + e.getMessage();
            }
            String wrong = copy(date, manifest, stored.get().bytes());
            if (wrong == null || attempt == TRIES) {
                return wrong;
            }
            pause.of(wait);
            wait = wait.multipliedBy(2);
        }
    }

    private @Nullable String copy(LocalDate date, Manifest manifest, byte[] bytesOfManifest) throws IOException {
        String key = Manifest.key(date);
        Optional<Versioned> before = copy.read(key);
        Set<TablePart> there = new HashSet<>(before.isPresent() ? parts(before.get()) : List.of());
        Set<String> obsolete = new HashSet<>();
        for (Table table : Table.values()) {
            copy.files(table.partition(date)).forEach(info -> obsolete.add(info.key()));
        }
        List<Publish> parts = new ArrayList<>();
        try {
            for (TablePart part : manifest.tables()) {
                if (part.file().isEmpty()) {
                    continue;
                }
                if (!part.file().startsWith(Table.ROOT)) {
                    return "its manifest names " + part.file();
                }
                obsolete.remove(part.file());
                if (there.contains(part) && size(part.file()) == part.size()) {
                    continue;
                }
                Publish fetched = fetch(part);
                if (fetched == null) {
                    return part.file() + " is not what its manifest says";
                }
                parts.add(fetched);
            }
            for (Span span : Span.holding(date)) {
                copy.delete(span.marker());
            }
            String version = before.map(Versioned::version).orElse(null);
            return copy.commit(parts, obsolete, key, bytesOfManifest, version)
                    ? null
                    : "something else has written to the copy in " + copy.name();
        } finally {
            for (Publish part : parts) {
                part.staged().close();
            }
        }
    }

    private static List<TablePart> parts(Versioned manifest) {
        try {
            return ManifestFile.read(manifest.bytes()).tables();
        } catch (IOException | IllegalArgumentException e) {
            return List.of(); // all is fetched again
        }
    }

    private long size(String key) throws IOException {
        return copy.find(key).map(ObjectInfo::size).orElse(-1L);
    }

    /** A file of the lake, staged; null if it is not what its manifest says. */
    private @Nullable Publish fetch(TablePart part) throws IOException {
        Staged staged = copy.stage();
        boolean good = false;
        try (InputStream in = lake.open(part.file())) {
            Checksums.Out out = new Checksums.Out(staged.out());
            in.transferTo(out);
            out.close();
            bytes.addAndGet(out.size());
            good = out.size() == part.size() && out.crc32c().equals(part.crc32c());
            return good ? new Publish(staged, part.file()) : null;
        } catch (MissingObjectException e) {
            return null;
        } finally {
            if (!good) {
                staged.close();
            }
        }
    }

    /** True if the copy has the day, with the columns of today. */
    boolean has(LocalDate date) throws IOException {
        Optional<Versioned> stored = copy.read(Manifest.key(date));
        try {
            CommittedTables.requireReadable(stored.map(Versioned::bytes).orElse(new byte[0]));
            return stored.isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes a day that is no longer in the lake. */
    void remove(LocalDate date) throws IOException {
        for (Span span : Span.holding(date)) {
            copy.delete(span.marker());
        }
        try (Closeable alone = copy.exclusive("commit")) {
            for (Table table : Table.values()) {
                for (ObjectInfo file : copy.files(table.partition(date))) {
                    copy.delete(file.key());
                }
            }
            copy.delete(Manifest.key(date));
        }
    }
}
