package dev.chartlake.spotify.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The little that paging needs to know of an answer; everything else in it stays unread.
 *
 * @param name the list's name, null if the answer has none
 * @param owner the owner's id, null if the answer has none
 * @param snapshotId the list's version, null if the answer has none
 * @param tracks the page in the older dialect, null if there is none
 * @param items the page in the dialect of 2026, or the page that the answer is; null if there is none
 */
public record Outline(
        @Nullable String name,
        @Nullable String owner,
        @Nullable String snapshotId,
        @Nullable Rows tracks,
        @Nullable Rows items) {

    /** A total that is not there. */
    public static final long UNKNOWN = -1;

    /** What {@code next} says. Lists of other people may come without a usable one. */
    enum Next {
        MORE,
        LAST,
        UNSAID
    }

    /**
     * A page.
     *
     * @param uris of each row its item's URI, empty for a row without one
     * @param total how many rows the list has, or {@link #UNKNOWN}
     * @param next whether more follow
     * @param offset how many rows stand before the page, as it says itself, or {@link #UNKNOWN}
     */
    public record Rows(List<String> uris, long total, Next next, long offset) {

        int count() {
            return uris.size();
        }

        /** True if this page does not begin at {@code wanted}, or repeats {@code before} without saying where it begins. */
        boolean repeats(long wanted, @Nullable Rows before) {
            if (offset != UNKNOWN) {
                return offset != wanted;
            }
            return before != null && count() > 0 && uris.equals(before.uris);
        }
    }

    /** The page in this answer; null if it has none, which is not the same as an empty one. */
    @Nullable public Rows rows() {
        return items != null ? items : tracks;
    }
}
