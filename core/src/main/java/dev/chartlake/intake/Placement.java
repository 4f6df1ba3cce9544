package dev.chartlake.intake;

import dev.chartlake.intake.files.Refusal;
import dev.chartlake.intake.names.NameDate;
import dev.chartlake.intake.names.NameHints;
import dev.chartlake.intake.names.PathDates;
import dev.chartlake.normalise.RawReader;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.raw.PlayHistory;
import dev.chartlake.raw.RawKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which list a part of a file is about and when it was observed. What the content says comes first, then the
 * user's options, then the file's name and its folders. Nothing is guessed: a file without them is refused.
 */
final class Placement {

    private static final Duration AHEAD = Duration.ofDays(1);
    private static final int HEADER = 4096;
    private static final String CURE_PLAYLIST =
            "Say it with --list ID, or put the file into a folder named after the playlist's id, and import it again.";
    private static final String CURE_CHART =
            "Say it with --list, such as --list regional-no-weekly, or name the file as charts.spotify.com does, such as"
                    + " regional-no-weekly-2025-11-27.csv, and import it again.";
    private static final String CURE_DATE =
            "Say it with --date, such as --date 2024-01-04 or --date 2024-01-04T23:30:00-05:00";
    private static final String CURE_NO_DATE =
            CURE_DATE + "; or with --date modified, if the time the file was last modified is right.";

    private final ImportOptions options;
    private final Clock clock;

    Placement(ImportOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
    }

    /**
     * Where a part belongs.
     *
     * @param key its key
     * @param undated true if its time is the file's modification time
     * @param overruled true if its name says another date than the option that was used
     */
    record Placed(RawKey key, boolean undated, boolean overruled) {}

    Placed place(Part part, NameHints hints, Instant modifiedAt, RawReader.Source content) throws Refusal, IOException {
        String list = part.source().equals(RawKey.CHARTS) ? chart(part, hints, content) : playlist(part, hints);
        Instant stated = isOfPlays(part) ? notAhead(part.observedAt()) : stated(part, hints);
        Instant at = stated == null ? modifiedAt : stated;
        Instant named = hints.date().instant();
        boolean overruled =
                options.date() != null && named != null && part.observedAt() == null && !sameDay(named, options.date());
        return new Placed(new RawKey(part.source(), list, at, part.extension()), stated == null, overruled);
    }

    private static boolean isOfPlays(Part part) {
        return part.list() != null && PlayHistory.of(part.source(), part.list()).isPresent();
    }

    /** Plays say themselves when they were, whatever the user says of the file. */
    private @Nullable Instant notAhead(@Nullable Instant newest) throws Refusal {
        if (newest != null && newest.isAfter(clock.instant().plus(AHEAD))) {
            throw new Refusal("it has a play of " + day(newest) + ", which is in the future", "Get the file again.");
        }
        return newest;
    }

    /** Refuses a file with several snapshots of one list, unless its content says when each was taken. */
    static void distinct(List<Part> parts, List<Placed> places, RawReader.Source content) throws Refusal, IOException {
        Map<RawKey, Part> placed = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            RawKey key = places.get(i).key();
            Part before = placed.putIfAbsent(key, parts.get(i));
            if (before != null && !same(before, parts.get(i), content)) {
                boolean named = parts.get(i).list() != null;
                throw named
                        ? new Refusal(
                                "there are several snapshots of " + key.list()
                                        + " in it, and nothing says when each was" + " taken",
                                "Split it into a file for each snapshot, named after its time, such as"
                                        + " 2024-01-04T1030.json, and import these.")
                        : new Refusal(
                                "there are several lists in it, and nothing says which is which",
                                "Split it into a file for each list, named after the playlist's id, and import these.");
            }
        }
    }

    private static boolean same(Part a, Part b, RawReader.Source content) throws IOException {
        return digest(a, content).equals(digest(b, content));
    }

    private static String digest(Part part, RawReader.Source content) throws IOException {
        try (InputStream whole = content.open();
                DigestOutputStream to = new DigestOutputStream(OutputStream.nullOutputStream(), sha256())) {
            part.copy(whole, to);
            return HexFormat.of().formatHex(to.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** True if the user says list or date, which then count more than names. */
    boolean isSaid() {
        return options.list() != null || options.date() != null;
    }

    /** True if the user or the names say when a file was observed. */
    boolean isDated(NameHints hints) {
        return options.date() != null || hints.date().instant() != null;
    }

    /** Where a file is kept that cannot be read or placed. */
    RawKey aside(String source, String extension, NameHints hints, Instant modifiedAt) {
        String named = source.equals(RawKey.CHARTS)
                ? hints.chart().chart(null)
                : hints.playlist().orElse(null);
        String said = options.list();
        Instant at = options.date() != null ? options.date() : hints.date().instant();
        return new RawKey(
                source,
                said != null ? said : named != null ? named : Intake.UNKNOWN,
                at == null ? modifiedAt : at,
                extension);
    }

    private String chart(Part part, NameHints hints, RawReader.Source content) throws Refusal, IOException {
        String said = options.list();
        if (part.list() != null) {
            return agreed(part.list());
        }
        if (said != null) {
            if (!ImportOptions.isChart(said)) {
                throw new Refusal(
                        "this is a chart, and --list " + said + " is a playlist",
                        "Give the chart's name. " + CURE_CHART);
            }
            return said;
        }
        String named = hints.chart().chart(part.period());
        if (named == null) {
            throw new Refusal("neither the content nor the name says which chart this is", CURE_CHART);
        }
        if (!hints.chart().saysType() && !hasStreams(content)) {
            throw new Refusal(
                    "the name does not say which type of chart this is, and without a column of streams it may be viral",
                    "Say it with --list " + named + " or --list " + named.replace("regional", "viral") + ".");
        }
        return named;
    }

    private static boolean hasStreams(RawReader.Source content) throws IOException {
        try (InputStream in = content.open()) {
            String start = new String(in.readNBytes(HEADER), StandardCharsets.ISO_8859_1).replace("\0", "");
            return start.toLowerCase(Locale.ROOT).contains("streams");
        }
    }

    private String playlist(Part part, NameHints hints) throws Refusal {
        if (part.list() != null) {
            return agreed(part.list());
        }
        String said = options.list();
        if (said != null && ImportOptions.isChart(said)) {
            throw new Refusal(
                    "these are answers about a playlist, and --list " + said + " is a chart",
                    "Give the playlist's id. " + CURE_PLAYLIST);
        }
        String named = said != null ? said : hints.playlist().orElse(null);
        if (named == null) {
            throw new Refusal("neither the content nor the name says which playlist this is", CURE_PLAYLIST);
        }
        return named;
    }

    private String agreed(String inContent) throws Refusal {
        String said = options.list();
        if (said != null && !said.equals(inContent)) {
            throw new Refusal(
                    "the content says that it is about " + inContent + ", and --list says " + said,
                    "Import this file without --list.");
        }
        return inContent;
    }

    /** The time that the content, the user or a name says; null if the modification time is to be used. */
    private @Nullable Instant stated(Part part, NameHints hints) throws Refusal {
        Instant inContent = part.observedAt();
        Instant said = options.date();
        if (inContent != null) {
            if (said != null && !sameDay(said, inContent)) {
                throw new Refusal(
                        "the content says that it is of " + day(inContent) + ", and --date says " + day(said),
                        "Import this file without --date.");
            }
            return inContent;
        }
        return said != null ? said : named(part, hints.date());
    }

    private @Nullable Instant named(Part part, NameDate date) throws Refusal {
        if (date.problem() != null) {
            boolean order = date.problem().contains("month first");
            throw new Refusal(
                    date.problem(), CURE_DATE + (order ? "; or with --day-first, if the day comes first." : "."));
        }
        Instant named = date.instant();
        if (named == null) {
            if (options.undated() == ImportOptions.Undated.MODIFIED) {
                return null;
            }
            throw new Refusal(
                    "neither its name nor the " + PathDates.FOLDERS + " folders above it say when it was observed",
                    CURE_NO_DATE);
        }
        if (date.rangeStart() != null && !part.source().equals(RawKey.CHARTS)) {
            throw new Refusal("the name says two dates, " + date.rangeStart() + " and a week later", CURE_DATE + ".");
        }
        if (named.isAfter(clock.instant().plus(AHEAD))) {
            throw new Refusal("the name says " + day(named) + ", which is in the future", CURE_DATE + ".");
        }
        return named;
    }

    private static boolean sameDay(Instant a, Instant b) {
        return day(a).equals(day(b));
    }

    private static String day(Instant time) {
        return time.toString().substring(0, 10);
    }
}
