package dev.chartlake.raw;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * What identifies a raw object and is not in its bytes: which list, from which source, observed when. The same key is
 * used in every {@link RawState}.
 *
 * @param source {@link #WEB_API}, {@link #CHARTS} or {@link #ACCOUNT_EXPORT}
 * @param list the playlist id, chart alias or name of a {@link PlayHistory}; one path segment of letters, digits, {@code . _ -}
 * @param observedAt when it was observed, whole seconds, UTC
 * @param extension {@code json} or {@code csv}
 */
public record RawKey(String source, String list, Instant observedAt, String extension)
        implements Serializable, Comparable<RawKey> {

    /** Source of answers of the Spotify Web API. */
    public static final String WEB_API = "spotify-web-api";

    /** Source of files of charts.spotify.com and spotifycharts.com. */
    public static final String CHARTS = "spotify-charts";

    /** Source of files of an account export: the copy of their data that Spotify gives its users. */
    public static final String ACCOUNT_EXPORT = "spotify-account-export";

    private static final Set<String> EXTENSIONS = Set.of("json", "csv");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss'Z'");
    private static final Comparator<RawKey> MERGE_ORDER = Comparator.comparing(RawKey::observedAt)
            .thenComparing(RawKey::source)
            .thenComparing(RawKey::list)
            .thenComparing(RawKey::extension);

    /** Truncates the time to seconds. Throws {@link IllegalArgumentException} if a part cannot be a path segment. */
    public RawKey {
        observedAt = observedAt.truncatedTo(ChronoUnit.SECONDS);
        if (!isSegment(source) || !isSegment(list)) {
            throw new IllegalArgumentException("Not usable as a folder name: source '" + source + "', list '" + list
                    + "'. Letters, digits, '.', '_' and '-' are.");
        }
    }

    /** The UTC day this object belongs to. */
    public LocalDate date() {
        return observedAt.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** The key of an observation of the same list one second later. */
    public RawKey next() {
        return new RawKey(source, list, observedAt.plusSeconds(1), extension);
    }

    /** The key of the same chart in the other form that charts have, CSV or JSON; empty for what is no chart. */
    Optional<RawKey> otherForm() {
        return source.equals(CHARTS)
                ? Optional.of(new RawKey(source, list, observedAt, extension.equals("csv") ? "json" : "csv"))
                : Optional.empty();
    }

    /** The key below a state's prefix: {@code <date>/<source>/<list>/<HHmmss>Z.<extension>}. */
    public String path() {
        LocalTime time = observedAt.atOffset(ZoneOffset.UTC).toLocalTime();
        return date() + "/" + source + "/" + list + "/" + TIME.format(time) + "." + extension;
    }

    /** The key in the lake when the object is in {@code state}. */
    public String in(RawState state) {
        return state.prefix() + path();
    }

    /** Reads a {@link #path()}; empty if it is not one. */
    public static Optional<RawKey> parse(String path) {
        int source = path.indexOf('/') + 1;
        int list = path.indexOf('/', source) + 1;
        int time = path.indexOf('/', list) + 1;
        boolean hasParts = source == 11 && list > source && time > list;
        if (!hasParts || path.charAt(4) != '-' || path.charAt(7) != '-' || !isTime(path, time)) {
            return Optional.empty();
        }
        try {
            Instant at = LocalDate.of(number(path, 0, 4), number(path, 5, 7), number(path, 8, 10))
                    .atTime(
                            number(path, time, time + 2),
                            number(path, time + 2, time + 4),
                            number(path, time + 4, time + 6))
                    .toInstant(ZoneOffset.UTC);
            String extension = path.substring(time + 8);
            return Optional.of(
                    new RawKey(path.substring(source, list - 1), path.substring(list, time - 1), at, extension));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isTime(String path, int from) {
        String rest = path.substring(from);
        return rest.length() > 8 && rest.startsWith("Z.", 6) && EXTENSIONS.contains(rest.substring(8));
    }

    /** The number in a part of a path. Throws {@link IllegalArgumentException} if something else is there. */
    private static int number(String path, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = path.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException("no digit");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static boolean isSegment(String name) {
        boolean dots = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && c != '.' && c != '_' && c != '-') {
                return false;
            }
            dots &= c == '.';
        }
        return !dots;
    }

    /** The order in which observations are merged: the later one wins. */
    @Override
    public int compareTo(RawKey other) {
        return MERGE_ORDER.compare(this, other);
    }
}
