package dev.chartlake.lake;

import dev.chartlake.quality.Contract;
import dev.chartlake.quality.Finding;
import dev.chartlake.quality.Findings;
import dev.chartlake.quality.KnownFields;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.quality.Range;
import dev.chartlake.quality.SourceFields;
import dev.chartlake.raw.PlayHistory;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the manifests of the days before say is usual: how many entries lists have, and which fields sources. Keeps the
 * newest thirty, so that looking back costs the same however long the history is. Used by one thread at a time.
 */
public final class RecentDays implements Serializable {

    private static final long serialVersionUID = 1L;

    static final int DAYS = 30;

    private static final int SHOWN = 6;

    private final ArrayDeque<Day> days = new ArrayDeque<>();
    private final HashMap<String, Volumes> volumes = new HashMap<>();

    private record Day(LocalDate date, Map<String, Set<String>> fields) implements Serializable {}

    /** The newest manifests of the lake that are older than a day. One that cannot be read is left out. */
    public static RecentDays before(LocalDate day, ObjectStore store, KnownManifests known) throws IOException {
        String end = day + ".json";
        List<ObjectInfo> newest =
                store.lastFiles(Manifest.ROOT, name -> name.endsWith(".json") && name.compareTo(end) < 0, DAYS);
        RecentDays recent = new RecentDays();
        known.read(store, newest).forEach(recent::add);
        return recent;
    }

    /** Adds a day, which must be newer than the ones before, and forgets the oldest one when there are too many. */
    void add(Manifest manifest) {
        add(UsualDay.of(manifest, list -> list));
    }

    private void add(UsualDay day) {
        days.addFirst(new Day(day.date(), day.fields()));
        for (int i = 0; i < day.lists().length; i++) {
            volumes.computeIfAbsent(day.lists()[i], list -> new Volumes()).add(day.date(), day.entries()[i]);
        }
        if (days.size() > DAYS) {
            LocalDate oldest = days.removeLast().date();
            volumes.values().removeIf(volume -> volume.forget(oldest));
        }
    }

    /** The list of a raw object's key, {@code <source>/<list>}. */
    static String list(String key) {
        int from = key.indexOf('/') + 1;
        int to = key.lastIndexOf('/');
        return from <= to ? key.substring(from, to) : key;
    }

    private static boolean isOfPlays(String list) {
        int slash = list.indexOf('/');
        return slash > 0
                && PlayHistory.of(list.substring(0, slash), list.substring(slash + 1))
                        .isPresent();
    }

    /** What is wrong with a day when it is compared with those before it and with the settings. */
    public List<Finding> compare(Manifest day, QualityRules rules) {
        Findings findings = new Findings();
        for (Manifest.RawObject object : day.raw()) {
            volume(object, day.date(), rules, findings);
        }
        for (SourceFields source : day.fields()) {
            drift(source, day.date(), findings);
        }
        return findings.list();
    }

    private void volume(Manifest.RawObject object, LocalDate date, QualityRules rules, Findings findings) {
        String list = list(object.key());
        if (isOfPlays(list)) {
            return; // nobody plays as much each day
        }
        Optional<Range> set = rules.entries(list);
        Optional<Range> range = set.isPresent() ? set : usual(list, date);
        if (range.isPresent() && !range.get().contains(object.entries())) {
            findings.add(
                    Contract.VOLUME_IN_RANGE,
                    list,
                    () -> object.key().substring(object.key().lastIndexOf('/') + 1) + " has " + object.entries()
                            + " entries; " + range.get() + (set.isPresent() ? " are allowed" : " are usual"));
        }
    }

    /** How many entries a list usually has, going by the days before {@code date}; empty if too little is known. */
    Optional<Range> usual(String list, LocalDate date) {
        Volumes observed = volumes.get(list);
        return observed == null ? Optional.empty() : Range.learn(observed.before(date));
    }

    private void drift(SourceFields source, LocalDate date, Findings findings) {
        List<String> unknown = source.seen().stream()
                .filter(path -> !KnownFields.isKnown(path) && !wasThere(source.source(), path, date))
                .toList();
        List<String> gone = gone(source, date);
        if (!unknown.isEmpty() || !gone.isEmpty()) {
            findings.add(
                    Contract.FIELDS_UNCHANGED,
                    source.source(),
                    unknown.size() + gone.size(),
                    () -> names("unknown: ", unknown)
                            + (unknown.isEmpty() || gone.isEmpty() ? "" : "; ")
                            + names("gone: ", gone));
        }
    }

    private static String names(String what, List<String> paths) {
        int shown = Math.min(SHOWN, paths.size());
        String more = paths.size() > shown ? " and " + (paths.size() - shown) + " more" : "";
        return paths.isEmpty() ? "" : what + String.join(", ", paths.subList(0, shown)) + more;
    }

    private List<String> gone(SourceFields source, LocalDate date) {
        Set<String> now = new HashSet<>(source.seen());
        TreeSet<String> levels = new TreeSet<>();
        now.forEach(path -> levels.add(KnownFields.level(path)));
        List<String> gone = new ArrayList<>();
        for (String level : levels) {
            for (String path : lastOf(source.source(), level, date)) {
                if (KnownFields.isAlwaysThere(path) && !now.contains(path)) {
                    gone.add(path);
                }
            }
        }
        return gone;
    }

    private boolean wasThere(String source, String path, LocalDate date) {
        return days.stream()
                .anyMatch(day -> day.date().isBefore(date)
                        && day.fields().getOrDefault(source, Set.of()).contains(path));
    }

    /** The fields of a level on the newest day before that has any of it: where there are no episodes, none can be gone. */
    private List<String> lastOf(String source, String level, LocalDate date) {
        List<String> paths = new ArrayList<>();
        Iterator<Day> newestFirst = days.iterator();
        while (newestFirst.hasNext() && paths.isEmpty()) {
            Day day = newestFirst.next();
            if (day.date().isBefore(date)) {
                day.fields().getOrDefault(source, Set.of()).stream()
                        .filter(path -> KnownFields.level(path).equals(level))
                        .sorted()
                        .forEach(paths::add);
            }
        }
        return paths;
    }
}
