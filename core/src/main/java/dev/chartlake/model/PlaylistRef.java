package dev.chartlake.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which playlist is meant, or which list of the signed-in user's own to which Spotify gives no id.
 *
 * @param id Spotify's id, 22 letters and digits; or a {@link Personal} name, which no id of Spotify's is like
 */
public record PlaylistRef(String id) {

    private static final String FORMS =
            " Give its id (22 letters and digits), spotify:playlist:ID, or its link https://open.spotify.com/playlist/ID.";
    private static final int QUOTED = 200;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{22}");
    private static final Pattern PERSONAL = Pattern.compile(
            "(me-(?:saved-tracks|top-tracks-(?:short|medium|long)|recently-played))(?:\\.([a-z0-9][a-z0-9_-]*))?");
    private static final Pattern URI = Pattern.compile("spotify:(?:user:[^:]+:)?playlist:(.+)");
    private static final Pattern LINK = Pattern.compile("(?:https?://)?(?:open|play)\\.spotify\\.com(?::\\d+)?"
            + "/(?:intl-[a-z-]+/)?(?:embed/)?(?:user/[^/]+/)?playlist/([^/]+)/*");
    private static final Pattern OTHER_KIND =
            Pattern.compile("(?:spotify:|(?:https?://)?(?:open|play)\\.spotify\\.com/(?:intl-[a-z-]+/)?(?:embed/)?)"
                    + "(track|album|artist|episode|show|user|chapter|audiobook|collection)\\b.*");
    private static final Pattern SHORT_LINK = Pattern.compile(
            "(?:https?://)?(?:[a-z0-9-]+\\.)*(?:spotify\\.link|spotify\\.app\\.link|spoti\\.fi)(?:/.*)?");

    /** The lists of the signed-in user. */
    public enum Personal {
        /** The songs that the user saved. */
        SAVED_TRACKS("me-saved-tracks"),
        /** The user's top songs of about four weeks. */
        TOP_TRACKS_SHORT("me-top-tracks-short"),
        /** The user's top songs of about six months. */
        TOP_TRACKS_MEDIUM("me-top-tracks-medium"),
        /** The user's top songs of about a year. */
        TOP_TRACKS_LONG("me-top-tracks-long"),
        /** What the user played recently: plays instead of a snapshot. */
        RECENTLY_PLAYED("me-recently-played");

        private final String text;

        Personal(String text) {
            this.text = text;
        }

        /** The list of the user of a profile, which follows a dot unless it is empty. */
        public PlaylistRef of(String profile) {
            return new PlaylistRef(profile.isEmpty() ? text : text + "." + profile);
        }

        /** The list of this name, which has no profile in it; empty if there is none. */
        public static Optional<Personal> named(String name) {
            return Arrays.stream(values()).filter(one -> one.text.equals(name)).findFirst();
        }

        /** Whether Spotify ranks more songs than its first page, which alone is the list, holds. */
        public boolean isTop() {
            return this != SAVED_TRACKS && this != RECENTLY_PLAYED;
        }
    }

    /** Which of the user's lists it is; empty if it is a playlist. */
    public Optional<Personal> personal() {
        return personal(id);
    }

    /** Which of a user's lists has this id; empty if none has. */
    public static Optional<Personal> personal(String id) {
        Matcher matcher = PERSONAL.matcher(id);
        return matcher.matches() ? Personal.named(matcher.group(1)) : Optional.empty();
    }

    /** True if it stands for plays, of which there are no snapshots. */
    public boolean isPlays() {
        return personal().filter(Personal.RECENTLY_PLAYED::equals).isPresent();
    }

    /** The profile in the id of a user's list; empty if there is none in it. */
    public static String profile(String id) {
        Matcher matcher = PERSONAL.matcher(id);
        return matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "";
    }

    /** Throws {@link IllegalArgumentException} if it is neither 22 letters and digits nor a list of a user's. */
    public PlaylistRef {
        if (!ID.matcher(id).matches() && !PERSONAL.matcher(id).matches()) {
            throw new IllegalArgumentException("Not the id of a playlist: '" + quoted(id) + "'." + FORMS);
        }
    }

    /**
     * Reads an id, a URI or a link as people paste it: with {@code ?si=…}, without a scheme, as a localised or embedded
     * link, between spaces, quotation marks or angle brackets.
     *
     * @throws IllegalArgumentException with a message for the user if {@code text} names no playlist
     */
    public static PlaylistRef parse(String text) {
        String bare = bare(text);
        for (Pattern form : new Pattern[] {URI, LINK}) {
            Matcher matcher = form.matcher(bare);
            if (matcher.matches()) {
                return checked(matcher.group(1), text);
            }
        }
        return checked(bare, text);
    }

    private static PlaylistRef checked(String id, String text) {
        if (ID.matcher(id).matches()) {
            return new PlaylistRef(id);
        }
        String lower = bare(text).toLowerCase(Locale.ROOT);
        if (SHORT_LINK.matcher(lower).matches()) {
            throw new IllegalArgumentException("'" + quoted(text)
                    + "' is a short link, which does not say which playlist it leads to."
                    + " Open it in a browser and copy the long link, https://open.spotify.com/playlist/ID.");
        }
        Matcher other = OTHER_KIND.matcher(lower);
        if (other.matches()) {
            throw new IllegalArgumentException(
                    "'" + quoted(text) + "' is a link to a Spotify " + other.group(1) + ", not to a playlist." + FORMS);
        }
        throw new IllegalArgumentException("Not a Spotify playlist: '" + quoted(text) + "'." + FORMS);
    }

    /** Takes off what surrounds a pasted value and what tracks its reader. */
    private static String bare(String text) {
        String bare = text.strip();
        while (bare.length() > 1 && closes(bare.charAt(0), bare.charAt(bare.length() - 1))) {
            bare = bare.substring(1, bare.length() - 1).strip();
        }
        int query = bare.indexOf('?');
        int fragment = bare.indexOf('#');
        int end = Math.min(query < 0 ? bare.length() : query, fragment < 0 ? bare.length() : fragment);
        bare = bare.substring(0, end);
        int host = bare.toLowerCase(Locale.ROOT).indexOf(".spotify.com");
        return host < 0
                ? bare
                : bare.substring(0, host).toLowerCase(Locale.ROOT) + ".spotify.com" + bare.substring(host + 12);
    }

    private static boolean closes(char first, char last) {
        return first == '<' && last == '>' || first == last && (first == '"' || first == '\'');
    }

    private static String quoted(String text) {
        String visible = text.replaceAll("\\p{Cntrl}", " ");
        return visible.length() <= QUOTED ? visible : visible.substring(0, QUOTED) + "…";
    }
}
