package dev.chartlake.lake;

import dev.chartlake.lists.ListLabels;
import dev.chartlake.model.Table;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.raw.Quarantine;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is in a lake, by its manifests and listings alone: no table is opened, so it takes a moment however much there is.
 *
 * @param days the committed days
 * @param rows how many rows each table has in all days, by its name in SQL, in the order of {@link Table}
 * @param entriesRead entries in all raw objects of these days
 * @param entriesWritten rows that became of them
 * @param entriesRepeated entries that have no row, because their position was taken
 * @param lists the lists, by source and id
 * @param waiting what no transform has seen yet
 * @param quarantined what could not be read, by key
 * @param quality how many contracts the days break
 * @param problems what is not as the manifests say, by day
 */
public record LakeStatus(
        Days days,
        Map<String, Long> rows,
        long entriesRead,
        long entriesWritten,
        long entriesRepeated,
        List<ListStatus> lists,
        Waiting waiting,
        List<SetAside> quarantined,
        Quality quality,
        List<Problem> problems) {

    /**
     * Days of which something is there.
     *
     * @param count how many
     * @param first null if there is none
     * @param last null if there is none
     * @param every the usual distance between two of them, such as 7 for a weekly chart
     * @param gaps where days are missing at that distance
     */
    public record Days(
            int count, @Nullable LocalDate first, @Nullable LocalDate last, long every, List<Gap> gaps) {

        static Days of(TreeSet<LocalDate> days) {
            if (days.isEmpty()) {
                return new Days(0, null, null, 1, List.of());
            }
            Map<Long, Integer> distances = new TreeMap<>();
            for (LocalDate day = days.first(), next = days.higher(day); next != null; next = days.higher(day)) {
                distances.merge(ChronoUnit.DAYS.between(day, next), 1, Integer::sum);
                day = next;
            }
            long every = distances.entrySet().stream()
                    .max(Map.Entry.<Long, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .map(Map.Entry::getKey)
                    .orElse(1L);
            List<Gap> gaps = new ArrayList<>();
            for (LocalDate day = days.first(), next = days.higher(day); next != null; next = days.higher(day)) {
                // A weekly chart that comes a day late is not missing: so distances are rounded.
                long missing = Math.round((double) ChronoUnit.DAYS.between(day, next) / every) - 1;
                if (missing > 0) {
                    gaps.add(new Gap(day.plusDays(every), day.plusDays(every * missing), missing));
                }
                day = next;
            }
            return new Days(days.size(), days.first(), days.last(), every, gaps);
        }

        /** How many days are missing in all gaps. */
        public long missing() {
            return gaps.stream().mapToLong(Gap::days).sum();
        }
    }

    /** Days that are missing in a row, both ends included. */
    public record Gap(LocalDate first, LocalDate last, long days) {}

    /**
     * A list.
     *
     * @param name what its newest snapshot that names it calls it, or empty
     * @param snapshots how many there are in all its days
     * @param entries how many its newest snapshot has
     * @param newestAt when its newest snapshot was observed
     */
    public record ListStatus(
            String source, String playlistId, String name, Days days, long snapshots, long entries, Instant newestAt) {

        /** What it is called where lists are called as {@code labels} say, or empty if it has no name. */
        public String name(ListLabels labels) {
            String shown = labels.of(playlistId).name(name);
            return shown.equals(playlistId) ? "" : shown;
        }
    }

    /**
     * What no transform has seen yet.
     *
     * @param objects how many, loose ones included
     * @param bytes their size
     * @param days how many days they are of, as far as that is known before they are adopted
     * @param loose how many of them lie outside of a day's folder
     */
    public record Waiting(long objects, long bytes, int days, long loose) {}

    /** An object in quarantine; {@code reason} is empty if nothing beside it says why. */
    public record SetAside(String key, long size, Optional<Quarantine.Reason> reason) {}

    /**
     * What the manifests say of contracts, except those whose policy is off.
     *
     * @param findings how many there are
     * @param days on how many days
     */
    public record Quality(long findings, int days) {}

    /**
     * Something that is not as it should be.
     *
     * @param date the day it is about, or null
     * @param key the object it is about
     * @param problem what is wrong with it
     * @param cure what to do about it
     */
    public record Problem(@Nullable LocalDate date, String key, String problem, String cure) {}

    /** When the newest snapshot of all lists was observed; null without any. */
    public @Nullable Instant newestAt() {
        return lists.stream()
                .map(ListStatus::newestAt)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Looks at a lake; nothing needs to be there yet. Commits wait while its manifests are read. */
    public static LakeStatus of(ObjectStore store, QualityRules rules) throws IOException {
        return of(store, store::read, rules);
    }

    /** Reads manifests by their keys. */
    public interface Manifests {
        /** The manifest at a key, or empty if it is not there. */
        Optional<Versioned> read(String key) throws IOException;
    }

    /** The same with manifests from elsewhere, such as a copy of the lake that is nearer. */
    public static LakeStatus of(ObjectStore store, Manifests manifests, QualityRules rules) throws IOException {
        return new StatusScan(store, manifests, rules).look();
    }
}
