package dev.chartlake.publish;

import dev.chartlake.day.ComputedDay;
import dev.chartlake.json.JsonException;
import dev.chartlake.lake.CommittedRaw;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.DayObjects.DayObject;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.Quarantined;
import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Table;
import dev.chartlake.quality.Finding;
import dev.chartlake.quality.SourceFields;
import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A day that is computed and written, and what it takes to make it true: first the tables and their manifest, then the raw
 * objects leave their place. Until the manifest is there, everything can be computed again. Made by one thread, then
 * committed by one, which may be another; closing discards what was not committed.
 */
public final class DayCommit implements Closeable {

    private static final String CURE =
            "Repair the file and put it into raw_data/to_process/, or delete it with its .error.json.";

    private final ObjectStore store;
    private final LocalDate date;
    private final DayObjects found;
    private final Publisher.Publication publication;
    private final List<TablePart> tables = new ArrayList<>();
    private final List<RawObject> good;
    private final List<Unreadable> bad;
    private long repeated;
    private final List<SourceFields> fields;
    private List<Finding> quality = List.of();

    private DayCommit(ObjectStore store, DayObjects found, ComputedDay day, Publisher.Publication publication) {
        this.store = store;
        this.date = day.date();
        this.found = found;
        this.publication = publication;
        this.good = List.copyOf(day.read());
        this.bad = day.unreadable().stream()
                .map(object -> new Unreadable(found.of(object.key()), object.error()))
                .toList();
        this.fields = day.fields();
    }

    /**
     * Writes the tables of a day that was computed from what was {@code found}. What comes back must be committed or closed;
     * the day is not needed any more.
     *
     * @param publication of the day; it is closed with the commit, or by a failure
     * @throws IOException if they cannot be written
     */
    public static DayCommit prepare(
            ObjectStore store, Publisher.Publication publication, DayObjects found, ComputedDay day)
            throws IOException {
        DayCommit commit = new DayCommit(store, found, day, publication);
        try {
            commit.write(day);
            return commit;
        } catch (IOException | RuntimeException | Error e) {
            commit.close();
            throw e;
        }
    }

    private void write(ComputedDay day) throws IOException {
        for (Table table : Table.values()) {
            tables.add(
                    day.isEmpty(table)
                            ? TablePart.none(table)
                            : publication.write(table, writer -> day.write(table, writer)));
        }
        repeated = day.repeated();
        quality = day.findings();
    }

    /**
     * What became of a day. {@code unreadable} are the objects that this run has set aside, {@code findings} what is to be
     * said of its quality.
     */
    public record Outcome(
            CommittedDay day, List<UnreadableObject> unreadable, List<String> misnamed, List<Finding> findings)
            implements Serializable {}

    private record Unreadable(DayObject object, JsonException error) {
        Quarantine.Reason reason() {
            return new Quarantine.Reason(object.path(), String.valueOf(error.getMessage()), error.offset(), CURE);
        }
    }

    /** Which day in UTC it is. */
    public LocalDate date() {
        return date;
    }

    /**
     * Commits, if the gate lets the day through; null if somebody else has committed the day since it was computed.
     *
     * @throws ContractException if the day breaks a contract that it must not
     */
    @Nullable public Outcome commit(QualityGate gate) throws IOException {
        Manifest manifest = manifest();
        if (!manifest.addsUp()) {
            throw new CountsException(manifest);
        }
        if (gate.rawChanges() == RawChanges.REFUSE) {
            requireCommittedRaw();
        }
        List<Finding> findings = gate.check(manifest);
        if (!publication.commit(manifest, found.version())) {
            return null;
        }
        putAway();
        List<UnreadableObject> unreadable = bad.stream()
                .map(object -> new UnreadableObject(
                        object.object().key().in(RawState.QUARANTINE),
                        object.reason().text() + ". " + CURE))
                .toList();
        return new Outcome(CommittedDay.of(manifest), unreadable, found.misnamed(), findings);
    }

    private Manifest manifest() throws IOException {
        return new Manifest(
                date,
                good,
                tables,
                good.stream().mapToLong(RawObject::entries).sum(),
                tables.get(Table.PLAYLIST_ENTRIES.ordinal()).rows()
                        + tables.get(Table.PLAYS.ordinal()).rows(),
                repeated,
                quarantined(),
                quality,
                fields);
    }

    private void requireCommittedRaw() throws IOException {
        CommittedRaw committed = new CommittedRaw(store, date, found);
        good.forEach(committed::read);
        for (Unreadable object : bad) {
            committed.unreadable(object.object());
        }
        committed.requireUnchanged();
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
        publication.close();
    }
}
