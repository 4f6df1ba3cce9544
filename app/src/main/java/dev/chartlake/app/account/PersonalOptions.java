package dev.chartlake.app.account;

import dev.chartlake.model.PlaylistRef;
import dev.chartlake.model.PlaylistRef.Personal;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which of the signed-in user's own lists a command takes. */
public final class PersonalOptions {

    @Option(
            names = "--mine",
            description = "Take all lists in the library of the signed-in user, own and followed ones")
    private boolean mine;

    @Option(names = "--saved-tracks", description = "Take the songs that the signed-in user saved, as me-saved-tracks")
    private boolean saved;

    @Option(
            names = "--recently-played",
            description = "Take what the signed-in user played since the last run, as plays of me-recently-played")
    private boolean played;

    @Option(
            names = "--top-tracks",
            paramLabel = "short|medium|long",
            arity = "0..1",
            fallbackValue = "medium",
            description =
                    "Take the signed-in user's fifty top songs of about four weeks, six months (medium, if no range is"
                            + " named) or a year, as me-top-tracks-short, -medium or -long. Repeatable")
    private List<String> top = new ArrayList<>();

    /** Whether all lists of the library are wanted. */
    public boolean mine() {
        return mine;
    }

    /** Whether anything is wanted that needs a signed-in user. */
    public boolean any() {
        return mine || saved || played || !top.isEmpty();
    }

    /** The lists without an id at Spotify, of the user of a profile. Throws {@link Failure} if a range is wrong. */
    public List<PlaylistRef> lists(String profile) {
        String suffix = suffix(profile);
        List<PlaylistRef> lists = new ArrayList<>();
        if (saved) {
            lists.add(Personal.SAVED_TRACKS.of(suffix));
        }
        if (played) {
            lists.add(Personal.RECENTLY_PLAYED.of(suffix));
        }
        for (String range : top) {
            lists.add(range(range).of(suffix));
        }
        return lists;
    }

    /** What follows the names of a profile's lists behind a dot; empty for the default profile. */
    public static String suffix(String profile) {
        return profile.equals(Profiles.DEFAULT) ? "" : profile;
    }

    private static Personal range(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "short" -> Personal.TOP_TRACKS_SHORT;
            case "medium" -> Personal.TOP_TRACKS_MEDIUM;
            case "long" -> Personal.TOP_TRACKS_LONG;
            default ->
                throw new Failure(
                        ExitCode.USAGE,
                        "Not a range of top songs: '" + text + "'. There are: short, medium, long. A list after"
                                + " --top-tracks needs a range before it.");
        };
    }
}
