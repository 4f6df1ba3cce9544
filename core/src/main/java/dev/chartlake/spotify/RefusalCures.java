package dev.chartlake.spotify;

import dev.chartlake.extract.ExtractResult.Why;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.spotify.calls.RefusedException;
import java.util.Locale;

/** What a user can do about a list that Spotify does not hand out. */
final class RefusalCures {

    static final String AGAIN = "Extract the list again later.";

    private static final String CSV =
            "download the chart's CSV from charts.spotify.com and bring it in with 'chartlake import FILE'";

    private static final String COPY = "copy its songs into a playlist of your own, sign in with ./chartlake login and"
            + " extract that, or " + CSV;

    private RefusalCures() {}

    static String of(PlaylistRef list, RefusedException refused) {
        int status = refused.status();
        if (status == 403 && refused.reason().toLowerCase(Locale.ROOT).contains("scope")) {
            return "The user who signed in has not allowed this to be read, or nobody is signed in. Sign in and agree:"
                    + " ./chartlake login."
                    + (list.personal().isPresent() ? "" : " Or make the list public.");
        }
        if (status == 404 && isSpotifys(list)) {
            return "Spotify closed its own lists to new apps on 27 November 2024 and answers as if they did not exist."
                    + " Use an app with extended quota from before that day; or " + COPY + ".";
        }
        return switch (status) {
            case 404 -> "Check the link. A private list answers the same: make it public, or " + COPY + ".";
            case 200, 403 ->
                list.personal().isPresent()
                        ? "Sign in again, as the user whose list it is: ./chartlake login."
                        : "Spotify gives the rows of a list to apps made since 11 February 2026 only when the signed-in user owns"
                                + " the list or collaborates on it. Sign in as that user, ./chartlake login, or use an older app's SPOTIFY_CLIENT_ID; or "
                                + CSV + ".";
            case 400 -> "Check the link; Spotify does not take this id.";
            default -> AGAIN;
        };
    }

    /** What a refusal means: of Spotify's own lists, 404 says only that this app may not have them. */
    static Why why(PlaylistRef list, int status) {
        return switch (status) {
            case 404 -> isSpotifys(list) ? Why.REFUSED : Why.UNKNOWN;
            case 400 -> Why.UNKNOWN;
            case 200, 401, 403 -> Why.REFUSED;
            default -> Why.UNAVAILABLE;
        };
    }

    private static boolean isSpotifys(PlaylistRef list) {
        return list.id().startsWith("37i9");
    }
}
