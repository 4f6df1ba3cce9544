package dev.chartlake.raw;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What identifies a raw object and is not in its bytes: which list, from which source, observed when. The same key is
 * used in every {@link RawState}.
 *
 * @param source {@link #WEB_API} or {@link #CHARTS}
 * @param list the playlist id or chart alias; one path segment of letters, digits, {@code . _ -}
 * @param observedAt when it was observed, whole seconds, UTC
 * @param extension {@code json} or {@code csv}
 */
public record RawKey(String source, String list, Instant observedAt, String extension) implements Comparable<RawKey> {

    /** Source of answers of the Spotify Web API. */
    public static final String WEB_API = "spotify-web-api";

    /** Source of CSV files of charts.spotify.com and spotifycharts.com. */
    public static final String CHARTS = "spotify-charts";

    private static final Pattern PATH = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})/([a-z0-9-]+)/([A-Za-z0-9._-]+)/(\\d{2})(\\d{2})(\\d{2})Z\\.(json|csv)");
    private static final Pattern SEGMENT = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]+");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss'Z'");
    private static final Comparator<RawKey> MERGE_ORDER = Comparator.comparing(RawKey::observedAt)
            .thenComparing(RawKey::source)
            .thenComparing(RawKey::list)
            .thenComparing(RawKey::extension);

    /** Truncates the time to seconds. Throws {@link IllegalArgumentException} if a part cannot be a path segment. */
    public RawKey {
        observedAt = observedAt.truncatedTo(ChronoUnit.SECONDS);
        if (!SEGMENT.matcher(source).matches() || !SEGMENT.matcher(list).matches()) {
            throw new IllegalArgumentException("Not usable as a folder name: source '" + source + "', list '" + list
                    + "'. Letters, digits, '.', '_' and '-' are.");
        }
    }

    /** The UTC day this object belongs to. */
    public LocalDate date() {
        return observedAt.atOffset(ZoneOffset.UTC).toLocalDate();
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
        Matcher m = PATH.matcher(path);
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            Instant at = LocalDate.parse(m.group(1))
                    .atTime(Integer.parseInt(m.group(4)), Integer.parseInt(m.group(5)), Integer.parseInt(m.group(6)))
                    .toInstant(ZoneOffset.UTC);
            return Optional.of(new RawKey(m.group(2), m.group(3), at, m.group(7)));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The order in which observations are merged: the later one wins. */
    @Override
    public int compareTo(RawKey other) {
        return MERGE_ORDER.compare(this, other);
    }
}
