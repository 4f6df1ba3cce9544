package dev.chartlake.publish;

import dev.chartlake.json.JsonException;
import dev.chartlake.lake.CommittedRaw;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.DayObjects.DayObject;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.Quarantined;
import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.quality.Finding;
import dev.chartlake.quality.SourceFields;
import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A day that is computed and staged, and what it takes to make it true: first the tables and their manifest, then the raw
 * objects leave their place. Until the manifest is there, everything can be computed again. Filled by one thread, then
 * committed by one, which may be another; closing discards what was not committed.
 */
public final class DayCommit implements Closeable {

    private static final String CURE =
            "Repair the file and put it into raw_data/to_process/, or delete it with its .error.json.";

    private final ObjectStore store;
    private final LocalDate date;
    private final DayObjects found;
    private final List<Publish> parts = new ArrayList<>();
    private final List<TablePart> tables = new ArrayList<>();
    private final List<RawObject> good = new ArrayList<>();
    private final List<Unreadable> bad = new ArrayList<>();
    private List<Finding> quality = List.of();
    private List<SourceFields> fields = List.of();
    private long read;
    private long repeated;

    /** For a day that is computed from what was found. */
    public DayCommit(ObjectStore store, LocalDate date, DayObjects found) {
        this.store = store;
        this.date = date;
        this.found = found;
    }

    /**
     * What became of a day. {@code unreadable} are the objects that this run has set aside, {@code findings} what is to be
     * said of its quality.
     */
    public record Outcome(
            Manifest manifest, List<UnreadableObject> unreadable, List<String> misnamed, List<Finding> findings) {}

    private record Unreadable(DayObject object, JsonException error) {
        Quarantine.Reason reason() {
            return new Quarantine.Reason(object.path(), String.valueOf(error.getMessage()), error.offset(), CURE);
        }
    }

    /** Which day in UTC it is. */
    public LocalDate date() {
        return date;
    }

    /** Adds an object that was read, and how many of its entries repeat others. */
    public void add(RawObject object, long repeatedEntries) {
        good.add(object);
        read += object.entries();
        repeated += repeatedEntries;
    }

    /** Adds an object that cannot be read, which the commit sets aside. */
    public void addUnreadable(DayObject object, JsonException error) {
        bad.add(new Unreadable(object, error));
    }

    /** A staged file. It is published only if its table turns out to have rows. */
    public void add(Publish part) {
        parts.add(part);
    }

    /** Adds a staged table; one without rows has no file. */
    public void add(TablePart table) throws IOException {
        if (table.rows() > 0) {
            tables.add(table);
            return;
        }
        tables.add(new TablePart(table.table(), 0, "", 0, ""));
        for (Publish part : List.copyOf(parts)) {
            if (part.key().equals(table.file())) {
                part.staged().close(); // nothing came of it: its temporary file must not stay
                parts.remove(part);
            }
        }
    }

    /** What was found in the day's rows, and the fields of its objects. */
    public void found(List<Finding> findings, List<SourceFields> sources) {
        quality = findings;
        fields = sources;
    }

    /**
     * Commits, if the gate lets the day through; null if somebody else has committed the day since it was computed.
     *
     * @throws ContractException if the day breaks a contract that it must not
     */
    @Nullable public Outcome commit(QualityGate gate) throws IOException {
        Manifest manifest = new Manifest(
                date,
                good,
                tables,
                read,
                tables.get(Table.PLAYLIST_ENTRIES.ordinal()).rows(),
                repeated,
                quarantined(),
                quality,
                fields);
        if (!manifest.addsUp()) {
            throw new CountsException(manifest);
        }
        if (gate.rawChanges() == RawChanges.REFUSE) {
            requireCommittedRaw();
        }
        List<Finding> findings = gate.check(manifest);
        byte[] bytes = ManifestFile.write(manifest);
        if (!store.commit(parts, obsolete(), Manifest.key(date), bytes, found.version())) {
            return null;
        }
        putAway();
        List<UnreadableObject> unreadable = bad.stream()
                .map(object -> new UnreadableObject(
                        object.object().key().in(RawState.QUARANTINE),
                        object.reason().text() + ". " + CURE))
                .toList();
        return new Outcome(manifest, unreadable, found.misnamed(), findings);
    }

    private void requireCommittedRaw() throws IOException {
        CommittedRaw committed = new CommittedRaw(store, date, found);
        good.forEach(committed::read);
        for (Unreadable object : bad) {
            committed.unreadable(object.object());
        }
        committed.requireUnchanged();
    }

    /**
     * What this commit does not replace of the day's partitions, such as another format's files, and the markers of the
     * months and years that hold the day: a copy of them is never older than a manifest.
     */
    private Set<String> obsolete() {
        Set<String> obsolete = new HashSet<>();
        for (Table table : Table.values()) {
            obsolete.add(table.partition(date));
        }
        Span.holding(date).forEach(span -> obsolete.add(span.marker()));
        return obsolete;
    }

    private List<Quarantined> quarantined() throws IOException {
        List<Quarantined> all = new ArrayList<>();
        for (ObjectInfo info : found.quarantined()) {
            String reason = Quarantine.reason(store, info.key())
                    .map(Quarantine.Reason::text)
                    .orElse("no explanation beside it");
            all.add(new Quarantined(
                    info.key().substring(RawState.QUARANTINE.prefix().length()), info.size(), reason));
        }
        for (Unreadable object : bad) {
            String key = object.object().path();
            all.removeIf(before -> before.key().equals(key));
            all.add(new Quarantined(key, object.object().size(), object.reason().text()));
        }
        all.sort(Comparator.comparing(Quarantined::key));
        return all;
    }

    private void putAway() throws IOException {
        String prefix = date + "/";
        for (Unreadable object : bad) {
            Quarantine.explain(store, object.object().key().in(RawState.QUARANTINE), object.reason());
            String path = object.object().path();
            int name = path.lastIndexOf('/') + 1;
            store.move(
                    object.object().state().prefix() + path.substring(0, name),
                    RawState.QUARANTINE.prefix() + path.substring(0, name),
                    Set.of(path.substring(name)));
        }
        Set<String> names = new HashSet<>();
        for (DayObject object : found.objects()) {
            if (object.state() == RawState.TO_PROCESS) {
                names.add(object.path().substring(prefix.length()));
            }
        }
        bad.forEach(object -> names.remove(object.object().path().substring(prefix.length())));
        if (!names.isEmpty()) {
            store.move(RawState.TO_PROCESS.prefix() + prefix, RawState.PROCESSED.prefix() + prefix, names);
        }
    }

    @Override
    public void close() throws IOException {
        for (Publish part : parts) {
            part.staged().close();
        }
    }
}
