package dev.chartlake.transform;

import dev.chartlake.json.JsonException;
import dev.chartlake.model.Table;
import dev.chartlake.normalise.RawReader;
import dev.chartlake.normalise.Snapshot;
import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Staged;
import dev.chartlake.store.ObjectStore.Versioned;
import dev.chartlake.table.Strings;
import dev.chartlake.table.TableFormat;
import dev.chartlake.transform.DayObjects.DayObject;
import dev.chartlake.transform.Manifest.Quarantined;
import dev.chartlake.transform.Manifest.RawObject;
import dev.chartlake.transform.Manifest.TablePart;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Computes one day from all its raw objects and commits it. Used by one thread for one day after the other; its buffers
 * are used again.
 */
final class DayTransform {

    private static final int COMMIT_TRIES = 5;
    private static final String CURE =
            "Repair the file and put it into raw_data/to_process/, or delete it with its .error.json.";

    private final ObjectStore store;
    private final TableFormat format;
    private final long maxPart;
    private final RawReader reader;
    private final Snapshot snapshot = new Snapshot();
    private final Strings strings = new Strings();

    /** Uses about {@code memory} bytes, whatever the size of a day. */
    DayTransform(ObjectStore store, TableFormat format, long memory) {
        this.store = store;
        this.format = format;
        this.maxPart = memory / 6;
        this.reader = new RawReader((int) Math.min(memory / 4, Integer.MAX_VALUE / 2));
    }

    /** What became of a day. {@code unreadable} are the objects that this run has set aside. */
    record Outcome(Manifest manifest, List<Transformer.Unreadable> unreadable, List<String> misnamed) {}

    Outcome run(LocalDate date) throws IOException {
        for (int attempt = 1; attempt <= COMMIT_TRIES; attempt++) {
            Outcome outcome = tryOnce(date);
            if (outcome != null) {
                return outcome;
            }
        }
        throw new IOException("Day " + date + " was changed by others " + COMMIT_TRIES
                + " times while it was computed. Run transform again.");
    }

    /** Computes and commits; null if somebody else committed the day meanwhile. */
    private @Nullable Outcome tryOnce(LocalDate date) throws IOException {
        String version = store.read(Manifest.key(date)).map(Versioned::version).orElse(null);
        DayObjects found = DayObjects.list(store, date);
        if (strings.size() > maxPart / 2) {
            strings.clear(); // else kept, because most come back the next day
        }
        try (DayParts day = new DayParts(strings, maxPart)) {
            return compute(date, version, found, day);
        }
    }

    private @Nullable Outcome compute(LocalDate date, @Nullable String version, DayObjects found, DayParts day)
            throws IOException {
        List<RawObject> good = new ArrayList<>();
        List<Unreadable> bad = new ArrayList<>();
        long read = 0;
        long repeated = 0;
        for (DayObject object : found.objects()) {
            CRC32C crc = new CRC32C();
            try {
                read(object, day, crc);
            } catch (JsonException e) {
                bad.add(new Unreadable(object, e));
                continue;
            }
            read += snapshot.read();
            repeated += snapshot.repeated();
            String name = snapshot.name == null ? "" : snapshot.name;
            good.add(new RawObject(object.key().path(), object.size(), Checksums.hex(crc), name, snapshot.read()));
        }
        List<Publish> parts = new ArrayList<>();
        try {
            List<TablePart> tables = write(date, day, parts);
            Manifest manifest = new Manifest(
                    date, good, tables, read, rows(tables, Table.PLAYLIST_ENTRIES), repeated, quarantined(found, bad));
            if (!manifest.addsUp()) {
                throw new CountsException(manifest);
            }
            if (!store.commit(
                    parts, obsolete(date, parts), Manifest.key(date), ManifestFile.write(manifest), version)) {
                return null;
            }
            putAway(date, found, good, bad);
            List<Transformer.Unreadable> unreadable = bad.stream()
                    .map(object -> new Transformer.Unreadable(
                            object.object().key().in(RawState.QUARANTINE),
                            object.reason().text() + ". " + CURE))
                    .toList();
            return new Outcome(manifest, unreadable, found.misnamed());
        } finally {
            for (Publish part : parts) {
                part.staged().close();
            }
        }
    }

    private record Unreadable(DayObject object, JsonException error) {
        Quarantine.Reason reason() {
            return new Quarantine.Reason(object.key().path(), String.valueOf(error.getMessage()), error.offset(), CURE);
        }
    }

    private void read(DayObject object, DayParts day, CRC32C crc) throws IOException {
        day.start(object.key());
        reader.read(
                object.key(),
                () -> {
                    crc.reset();
                    return new Checksums.In(store.open(object.location()), crc);
                },
                strings,
                snapshot,
                day::addEntries);
        day.addPlaylist(object.key(), snapshot);
    }

    private List<TablePart> write(LocalDate date, DayParts day, List<Publish> parts) throws IOException {
        day.finish();
        List<TablePart> written = new ArrayList<>();
        for (Table table : Table.values()) {
            written.add(day.isEmpty(table) ? empty(table) : write(date, table, day, parts));
        }
        return written;
    }

    private static TablePart empty(Table table) {
        return new TablePart(table.sqlName(), 0, "", 0, "");
    }

    private TablePart write(LocalDate date, Table table, DayParts day, List<Publish> parts) throws IOException {
        String key = table.partition(date) + "part-0." + format.extension();
        Staged staged = store.stage();
        Checksums.Out out = new Checksums.Out(staged.out());
        long rows;
        try (TableFormat.Writer writer = format.open(table, out)) {
            rows = day.write(table, writer);
        }
        if (rows == 0) {
            staged.close();
            return empty(table);
        }
        parts.add(new Publish(staged, key));
        return new TablePart(table.sqlName(), rows, key, out.size(), out.crc32c());
    }

    private static long rows(List<TablePart> tables, Table table) {
        return tables.get(table.ordinal()).rows();
    }

    /** Files of the day's partitions that this commit does not replace: another format's, or a table without rows. */
    private Set<String> obsolete(LocalDate date, List<Publish> parts) throws IOException {
        Set<String> obsolete = new HashSet<>();
        for (Table table : Table.values()) {
            store.files(table.partition(date)).forEach(info -> obsolete.add(info.key()));
        }
        parts.forEach(part -> obsolete.remove(part.key()));
        return obsolete;
    }

    private List<Quarantined> quarantined(DayObjects found, List<Unreadable> bad) throws IOException {
        List<Quarantined> all = new ArrayList<>();
        for (ObjectInfo info : found.quarantined()) {
            String reason = Quarantine.reason(store, info.key())
                    .map(Quarantine.Reason::text)
                    .orElse("no explanation beside it");
            all.add(new Quarantined(
                    info.key().substring(RawState.QUARANTINE.prefix().length()), info.size(), reason));
        }
        for (Unreadable object : bad) {
            String key = object.object().key().path();
            all.removeIf(before -> before.key().equals(key));
            all.add(new Quarantined(key, object.object().size(), object.reason().text()));
        }
        all.sort(Comparator.comparing(Quarantined::key));
        return all;
    }

    /** Only now do the raw objects leave their place: until the manifest is there, the day can be computed again. */
    private void putAway(LocalDate date, DayObjects found, List<RawObject> good, List<Unreadable> bad)
            throws IOException {
        String prefix = date + "/";
        for (Unreadable object : bad) {
            String to = object.object().key().in(RawState.QUARANTINE);
            Quarantine.explain(store, to, object.reason());
            String path = object.object().key().path();
            int folder = path.lastIndexOf('/') + 1;
            store.move(
                    object.object().state().prefix() + path.substring(0, folder),
                    RawState.QUARANTINE.prefix() + path.substring(0, folder),
                    Set.of(path.substring(folder)));
        }
        if (found.waiting() > 0) {
            Set<String> names = new HashSet<>();
            good.forEach(object -> names.add(object.key().substring(prefix.length())));
            store.move(RawState.TO_PROCESS.prefix() + prefix, RawState.PROCESSED.prefix() + prefix, names);
        }
    }
}
