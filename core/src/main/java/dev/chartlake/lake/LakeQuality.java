package dev.chartlake.lake;

import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The quality of a lake's days, by their manifests alone: no table and no raw object is opened.
 *
 * @param days how many days were looked at
 * @param rows what there is to say, by day
 */
public record LakeQuality(int days, List<Row> rows) {

    /** How bad something is. */
    public enum Level {
        /** A contract is broken whose policy is to fail, or a manifest cannot be read. */
        ERROR,
        /** A contract is broken, or an object is in quarantine. */
        WARNING,
        /** Good to know. */
        INFO;

        /** As it is printed, {@code error}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something to say about a day.
     *
     * @param check the contract, or {@code quarantined}, {@code manifest}
     * @param source null if it is about no single source
     * @param list the list's id or alias; null if it is about no single list
     * @param count how many rows, snapshots, fields or objects
     * @param message what it is, safe to print
     */
    public record Row(
            LocalDate date,
            Level level,
            String check,
            @Nullable String source,
            @Nullable String list,
            long count,
            String message) {}

    /**
     * What to look at; null for all.
     *
     * @param list a list's id or alias
     * @param since the first day
     * @param until the last day
     */
    public record Scope(
            @Nullable String list,
            @Nullable LocalDate since,
            @Nullable LocalDate until) {

        boolean includes(Row row) {
            return (list == null || list.equals(row.list()))
                    && (since == null || !row.date().isBefore(since));
        }
    }

    /** How many rows there are of a level. */
    public long count(Level level) {
        return rows.stream().filter(row -> row.level() == level).count();
    }

    /** Reads the manifests of all days up to the last one in scope, for what is usual on a day is learned from those before. */
    public static LakeQuality of(ObjectStore store, QualityRules rules, Scope scope) throws IOException {
        return new QualityScan(store, rules, scope).look();
    }
}
