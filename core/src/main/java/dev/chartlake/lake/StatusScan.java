package dev.chartlake.lake;

import dev.chartlake.lake.LakeStatus.Days;
import dev.chartlake.lake.LakeStatus.ListStatus;
import dev.chartlake.lake.LakeStatus.Problem;
import dev.chartlake.lake.LakeStatus.SetAside;
import dev.chartlake.lake.LakeStatus.Waiting;
import dev.chartlake.model.Table;
import dev.chartlake.quality.Contract;
import dev.chartlake.quality.ContractPolicy;
import dev.chartlake.quality.Finding;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One look at a lake. It adds up manifest by manifest and keeps none. */
final class StatusScan {
    private final ObjectStore store;
    private final LakeStatus.Manifests manifests;
    private final QualityRules rules;
    private final TreeSet<LocalDate> days = new TreeSet<>();
    private final TreeSet<LocalDate> committed = new TreeSet<>();
    private final TreeMap<String, Seen> lists = new TreeMap<>();
    private final Map<String, Long> rows = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private ObjectStore.Existing processed = key -> true;
    private ObjectStore.Existing waiting = key -> true;
    private long read;
    private long written;
    private long repeated;

    private long findings;
    private int daysWithFindings;

    StatusScan(ObjectStore store, LakeStatus.Manifests manifests, QualityRules rules) {
        this.store = store;
        this.manifests = manifests;
        this.rules = rules;
    }

    LakeStatus look() throws IOException {
        processed = store.existing(RawState.PROCESSED.prefix());
        waiting = store.existing(RawState.TO_PROCESS.prefix());
        for (Table table : Table.values()) {
            rows.put(table.sqlName(), 0L);
        }
        try (Closeable held = store.shared()) {
            TreeMap<String, Long> files = new TreeMap<>();
            store.list(Table.ROOT).forEach(info -> files.put(info.key(), info.size()));
            List<String> manifests = files.keySet().stream()
                    .filter(key -> key.startsWith(Manifest.ROOT) && key.endsWith(".json"))
                    .toList();
            for (String key : manifests) {
                manifest(key, files);
            }
            strangers(files);
            withoutManifest();
        }
        Waiting unseen = waiting();
        problems.sort(Comparator.comparing(Problem::date, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
                .thenComparing(Problem::key));
        return new LakeStatus(
                Days.of(days),
                rows,
                read,
                written,
                repeated,
                lists.values().stream().map(Seen::status).toList(),
                unseen,
                quarantined(),
                new LakeStatus.Quality(findings, daysWithFindings),
                problems);
    }

    private void manifest(String key, Map<String, Long> files) throws IOException {
        Optional<LocalDate> date = ChangedDays.day(key);
        if (date.isEmpty()) {
            problems.add(new Problem(null, key, "is not named after a day", "Delete it."));
            return;
        }
        committed.add(date.get());
        Optional<ObjectStore.Versioned> stored = manifests.read(key);
        if (stored.isEmpty()) {
            stored = store.read(key); // a copy has no manifest that cannot be read
        }
        if (stored.isEmpty()) {
            return; // deleted meanwhile
        }
        Manifest manifest;
        try {
            manifest = ManifestFile.read(stored.get().bytes());
            CommittedTables.requireReadable(stored.get().bytes());
        } catch (IOException e) {
            String partition = "/snapshot_date=" + date.get() + "/";
            files.keySet().removeIf(file -> file.contains(partition));
            problems.add(new Problem(
                    date.get(), key, "cannot be read: " + e.getMessage(), DayCure.again(store, date.get())));
            return;
        }
        add(manifest, date.get(), files);
        missing(manifest, date.get());
    }

    private void missing(Manifest manifest, LocalDate date) throws IOException {
        List<String> missing = CommittedRaw.missing(manifest.raw(), processed, waiting);
        if (!missing.isEmpty()) {
            String more = missing.size() == 1 ? "" : ", as are " + (missing.size() - 1) + " more of the day";
            problems.add(new Problem(date, missing.get(0), "is missing" + more, DayCure.raw(store, date)));
        }
    }

    private void add(Manifest manifest, LocalDate date, Map<String, Long> files) {
        String key = Manifest.key(date);
        if (!manifest.date().equals(date) || !manifest.addsUp()) {
            String wrong = manifest.addsUp()
                    ? "is the manifest of " + manifest.date()
                    : "does not add up: " + manifest.entriesRead() + " entries read, " + manifest.entriesWritten()
                            + " written, " + manifest.entriesRepeated() + " repeated";
            problems.add(new Problem(date, key, wrong, DayCure.again(store, date)));
        }
        days.add(date);
        read += manifest.entriesRead();
        written += manifest.entriesWritten();
        repeated += manifest.entriesRepeated();
        long found = manifest.quality().stream().filter(this::counts).count();
        findings += found;
        daysWithFindings += found > 0 ? 1 : 0;
        for (Manifest.TablePart part : manifest.tables()) {
            rows.merge(part.table(), part.rows(), Long::sum);
            Long size = part.file().isEmpty() ? Long.valueOf(part.size()) : files.remove(part.file());
            if (size == null) {
                problems.add(new Problem(date, part.file(), "is missing", DayCure.again(store, date)));
            } else if (size != part.size()) {
                String wrong = "has " + size + " bytes, its manifest says " + part.size();
                problems.add(new Problem(date, part.file(), wrong, DayCure.again(store, date)));
            }
        }
        for (Manifest.RawObject object : manifest.raw()) {
            RawKey.parse(object.key())
                    .ifPresentOrElse(
                            raw -> lists.computeIfAbsent(raw.source() + "/" + raw.list(), id -> new Seen())
                                    .add(raw, object),
                            () -> problems.add(new Problem(
                                    date, key, "names '" + object.key() + "'", DayCure.again(store, date))));
        }
    }

    private boolean counts(Finding finding) {
        return Contract.of(finding.contract()).map(rules::policy).orElse(ContractPolicy.WARN) != ContractPolicy.OFF;
    }

    /** Queries would read them, so their rows count although no manifest knows them. */
    private void strangers(Map<String, Long> files) {
        for (String key : files.keySet()) {
            int day = key.indexOf("/snapshot_date=") + "/snapshot_date=".length();
            if (day < "/snapshot_date=".length()
                    || !key.substring(key.lastIndexOf('/') + 1).startsWith("part-")) {
                continue;
            }
            try {
                LocalDate date = LocalDate.parse(key.substring(day, key.indexOf('/', day)));
                String cure = DayCure.again(store, date) + " If it is still there then, delete it.";
                problems.add(new Problem(date, key, "is in no manifest", cure));
            } catch (DateTimeException e) {
                continue; // no day's folder, so no query reads it
            }
        }
    }

    private void withoutManifest() throws IOException {
        for (String folder : store.folders(RawState.PROCESSED.prefix())) {
            Optional<LocalDate> date = ChangedDays.day(Manifest.ROOT + folder + ".json");
            if (date.isPresent()
                    && !committed.contains(date.get())
                    && !store.list(RawState.PROCESSED.prefix() + folder + "/").isEmpty()) {
                String wrong = "is missing, although the day has processed raw objects";
                problems.add(
                        new Problem(date.get(), Manifest.key(date.get()), wrong, DayCure.again(store, date.get())));
            }
        }
    }

    /** Folder by folder: more can wait than fits into memory. */
    private Waiting waiting() throws IOException {
        String prefix = RawState.TO_PROCESS.prefix();
        List<ObjectInfo> files = store.files(prefix);
        long objects = files.size();
        long loose = files.size();
        long bytes = files.stream().mapToLong(ObjectInfo::size).sum();
        int waitingDays = 0;
        for (String folder : store.folders(prefix)) {
            List<ObjectInfo> found = store.list(prefix + folder + "/");
            objects += found.size();
            bytes += found.stream().mapToLong(ObjectInfo::size).sum();
            if (!folder.matches("\\d{4}-\\d{2}-\\d{2}")) {
                loose += found.size();
                continue;
            }
            waitingDays += found.isEmpty() ? 0 : 1;
            for (ObjectInfo info : found) {
                if (RawKey.parse(info.key().substring(prefix.length())).isEmpty()) {
                    String cure = "Move it loose into " + prefix + " and run transform.";
                    problems.add(new Problem(null, info.key(), "is not named <source>/<list>/<HHmmss>Z.json", cure));
                }
            }
        }
        return new Waiting(objects, bytes, waitingDays, loose);
    }

    private List<SetAside> quarantined() throws IOException {
        List<SetAside> all = new ArrayList<>();
        for (ObjectInfo info : store.list(RawState.QUARANTINE.prefix())) {
            if (!Quarantine.isExplanation(info.key())) {
                all.add(new SetAside(info.key(), info.size(), reason(info.key())));
            }
        }
        return all;
    }

    private Optional<Quarantine.Reason> reason(String key) throws IOException {
        try {
            return Quarantine.reason(store, key);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** What was seen of a list so far. */
    private static final class Seen {
        private final DaySet days = new DaySet();
        private long snapshots;
        private @Nullable RawKey newest;
        private @Nullable RawKey named;
        private long entries;
        private String name = "";

        void add(RawKey key, Manifest.RawObject object) {
            days.add(key.date());
            snapshots++;
            if (newest == null || newest.compareTo(key) < 0) {
                newest = key;
                entries = object.entries();
            }
            if (!object.list().isEmpty() && (named == null || named.compareTo(key) < 0)) {
                named = key;
                name = object.list();
            }
        }

        ListStatus status() {
            RawKey key = Objects.requireNonNull(newest);
            return new ListStatus(
                    key.source(), key.list(), name, Days.of(days.dates()), snapshots, entries, key.observedAt());
        }
    }
}
