package dev.chartlake.raw;

import java.util.Optional;
import java.util.stream.Stream;

/** Where plays come from. Each is a list of raw objects of its own; a raw object holds plays of one UTC day. */
public enum PlayHistory {
    /** The extended streaming history of an account export: every play, to the second. */
    EXTENDED(RawKey.ACCOUNT_EXPORT, "extended-streaming-history"),
    /** Answers of the Web API about what was played recently, without how long. */
    RECENT(RawKey.WEB_API, "me-recently-played"),
    /** The streaming history of a usual account export: one year, to the minute and without ids. */
    SHORT(RawKey.ACCOUNT_EXPORT, "streaming-history");

    private final String source;
    private final String list;

    PlayHistory(String source, String list) {
        this.source = source;
        this.list = list;
    }

    /** The source in the keys of its raw objects. */
    public String source() {
        return source;
    }

    /** The list in the keys of its raw objects; the Web API's answers for a profile have its name behind a dot. */
    public String list() {
        return list;
    }

    /** The history that raw objects of this key hold; empty if they hold no plays. */
    public static Optional<PlayHistory> of(RawKey key) {
        return of(key.source(), key.list());
    }

    /** As the other one. The list of a profile other than the default one has its name behind a dot. */
    public static Optional<PlayHistory> of(String source, String list) {
        return Stream.of(values())
                .filter(history -> history.source.equals(source) && history.isOf(list))
                .findFirst();
    }

    private boolean isOf(String name) {
        return name.equals(list) || this == RECENT && name.startsWith(list + ".");
    }
}
