package dev.chartlake.lake;

import dev.chartlake.lake.LakeQuality.Level;
import dev.chartlake.lake.LakeQuality.Row;
import dev.chartlake.lake.LakeQuality.Scope;
import dev.chartlake.quality.Contract;
import dev.chartlake.quality.Contract.Severity;
import dev.chartlake.quality.ContractPolicy;
import dev.chartlake.quality.Finding;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.quality.Range;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Versioned;
import dev.chartlake.text.Printable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One look at the manifests, day by day, as the transforms of these days would have seen them. */
final class QualityScan {

    private final ObjectStore store;
    private final QualityRules rules;
    private final Scope scope;
    private final RecentDays recent = new RecentDays();
    private final FieldHistory fields = new FieldHistory();
    private final Map<String, Manifest.RawObject> newest = new TreeMap<>();
    private final Map<String, LocalDate> newestDay = new TreeMap<>();
    private final List<Row> rows = new ArrayList<>();
    private int days;

    QualityScan(ObjectStore store, QualityRules rules, Scope scope) {
        this.store = store;
        this.rules = rules;
        this.scope = scope;
    }

    LakeQuality look() throws IOException {
        for (ObjectInfo info : store.files(Manifest.ROOT)) {
            String key = info.key();
            if (key.endsWith(".json")) {
                manifest(key, key.substring(Manifest.ROOT.length(), key.length() - ".json".length()));
            }
        }
        fields.gone().forEach(this::add);
        newest.forEach((list, object) -> volume(list, object));
        rows.sort(Comparator.comparing(Row::date)
                .thenComparing(Row::level)
                .thenComparing(Row::check)
                .thenComparing(row -> row.source() + "/" + row.list())
                .thenComparing(Row::message));
        return new LakeQuality(days, List.copyOf(rows));
    }

    private void manifest(String key, String name) throws IOException {
        LocalDate date;
        try {
            date = LocalDate.parse(name);
        } catch (DateTimeException e) {
            return; // no day's; status says so
        }
        if (scope.until() != null && date.isAfter(scope.until())) {
            return;
        }
        Optional<Versioned> stored = store.read(key);
        if (stored.isEmpty()) {
            return;
        }
        try {
            Manifest manifest = ManifestFile.read(stored.get().bytes());
            if (!manifest.date().equals(date)) {
                throw new IOException("it is about " + manifest.date());
            }
            days += scope.since() == null || !date.isBefore(scope.since()) ? 1 : 0;
            day(manifest);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            String wrong = Printable.text("cannot be read: " + e.getMessage());
            add(new Row(date, Level.ERROR, "manifest", null, null, 1, wrong + ". " + DayCure.again(store, date)));
        }
    }

    private void day(Manifest day) {
        day.quality().forEach(finding -> finding(day.date(), finding));
        recent.compare(day, rules).forEach(finding -> finding(day.date(), finding));
        for (Manifest.Quarantined object : day.quarantined()) {
            String[] list = parts(RecentDays.list(object.key()));
            String message =
                    Printable.text(object.key().substring(object.key().lastIndexOf('/') + 1) + ": " + object.reason());
            add(new Row(day.date(), Level.WARNING, "quarantined", list[0], list[1], 1, message));
        }
        recent.add(day);
        fields.add(day);
        for (Manifest.RawObject object : day.raw()) {
            newest.put(RecentDays.list(object.key()), object);
            newestDay.put(RecentDays.list(object.key()), day.date());
        }
    }

    private void finding(LocalDate date, Finding finding) {
        @Nullable Level level = level(finding);
        if (level != null) {
            String[] list = parts(finding.list());
            add(new Row(date, level, finding.contract(), list[0], list[1], finding.count(), finding.example()));
        }
    }

    /** How bad it is by the settings; null if nothing is to be said of it. */
    private @Nullable Level level(Finding finding) {
        ContractPolicy policy = Contract.of(finding.contract())
                .map(rules::policy)
                .orElse(finding.severity() == Severity.ERROR ? ContractPolicy.FAIL : ContractPolicy.WARN);
        return switch (policy) {
            case FAIL -> Level.ERROR;
            case WARN -> Level.WARNING;
            case OFF -> null;
        };
    }

    private static @Nullable String[] parts(String list) {
        int slash = list.indexOf('/');
        if (slash < 0) {
            return new @Nullable String[] {list.isEmpty() ? null : list, null};
        }
        return new @Nullable String[] {list.substring(0, slash), list.substring(slash + 1)};
    }

    private void volume(String list, Manifest.RawObject object) {
        LocalDate date = Objects.requireNonNull(newestDay.get(list));
        Optional<Range> set = rules.entries(list);
        String range = set.map(allowed -> allowed + " are allowed")
                .or(() -> recent.usual(list, date.plusDays(1)).map(usual -> usual + " are usual"))
                .orElse("too few snapshots to say what is usual");
        String[] parts = parts(list);
        String message =
                "newest snapshot: " + object.entries() + (object.entries() == 1 ? " entry; " : " entries; ") + range;
        add(new Row(date, Level.INFO, Contract.VOLUME_IN_RANGE.text(), parts[0], parts[1], object.entries(), message));
    }

    private void add(Row row) {
        if (scope.includes(row)) {
            rows.add(row);
        }
    }
}
