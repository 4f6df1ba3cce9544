package dev.chartlake.purge;

import dev.chartlake.raw.RawKey;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which raw objects to remove: those that at least one rule names.
 *
 * @param rules at least one
 */
public record PurgeSelection(List<Rule> rules) {

    /**
     * Names the raw objects that have all of these.
     *
     * @param sources one of these sources; empty for any
     * @param lists one of these lists; empty for any
     * @param before a day before this one; null for any
     */
    public record Rule(
            Set<String> sources,
            Set<String> lists,
            @Nullable LocalDate before) {

        boolean has(RawKey key) {
            return (sources.isEmpty() || sources.contains(key.source()))
                    && (lists.isEmpty() || lists.contains(key.list()))
                    && (before == null || key.date().isBefore(before));
        }
    }

    /** True if this raw object is to be removed. */
    public boolean has(RawKey key) {
        return rules.stream().anyMatch(rule -> rule.has(key));
    }

    /** True if raw objects of this day can be among them. */
    boolean reaches(LocalDate date) {
        return rules.stream().anyMatch(rule -> rule.before() == null || date.isBefore(rule.before()));
    }

    /** The rules without a date: they also remove what is in the lake of a list but not of a day. */
    List<Rule> undated() {
        return rules.stream().filter(rule -> rule.before() == null).toList();
    }

    /** The raw object of a path below a {@link dev.chartlake.raw.RawState}, if it is to be removed. */
    Optional<RawKey> find(String path) {
        return RawKey.parse(path).filter(this::has);
    }
}
