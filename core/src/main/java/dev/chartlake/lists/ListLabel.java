package dev.chartlake.lists;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a list beside what its snapshots say.
 *
 * @param id its id, such as {@code 37i9dQZEVXbJvfa0Yxg7E7} or {@code regional-no-weekly}
 * @param givenName what the user calls it, which goes before its own name; or null
 * @param usualName what Spotify calls it, where its snapshots do not say; or null
 * @param aliases other names for the command line and the page's addresses
 * @param market where it is of, or null
 * @param period {@code daily} or {@code weekly}, or null
 * @param group which lists it goes with, or null
 */
public record ListLabel(
        String id,
        @Nullable String givenName,
        @Nullable String usualName,
        List<String> aliases,
        @Nullable Market market,
        @Nullable String period,
        @Nullable String group) {

    /** What a list's period can be. */
    public static final List<String> PERIODS = List.of("daily", "weekly");

    /** The aliases are copied. */
    public ListLabel {
        aliases = List.copyOf(aliases);
    }

    /** Nothing is known of this list. */
    static ListLabel none(String id) {
        return new ListLabel(id, null, null, List.of(), null, null, null);
    }

    /** The name to show, where the snapshots say {@code observed}; the id if there is no name. */
    public String name(@Nullable String observed) {
        if (givenName != null) {
            return givenName;
        }
        if (observed != null && !observed.isBlank()) {
            return observed;
        }
        return usualName == null ? id : usualName;
    }

    /** With what the other label says where this one says nothing. */
    ListLabel or(ListLabel other) {
        return new ListLabel(
                id,
                givenName == null ? other.givenName : givenName,
                usualName == null ? other.usualName : usualName,
                aliases.isEmpty() ? other.aliases : aliases,
                market == null ? other.market : market,
                period == null ? other.period : period,
                group == null ? other.group : group);
    }
}
