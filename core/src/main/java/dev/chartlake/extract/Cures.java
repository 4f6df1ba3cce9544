package dev.chartlake.extract;

import dev.chartlake.model.PlaylistRef;

/** What a user can do about a list that Spotify does not hand out. */
final class Cures {

    static final String AGAIN = "Extract the list again later.";

    private static final String CSV =
            "download the chart's CSV from charts.spotify.com and bring it in with 'chartlake import FILE'";

    private static final String COPY = "copy its songs into a playlist of your own and extract that with an app made"
            + " before 11 February 2026, or " + CSV;

    private Cures() {}

    static String of(PlaylistRef list, int status) {
        boolean spotifys = list.id().startsWith("37i9");
        if (status == 404 && spotifys) {
            return "Spotify closed its own lists to new apps on 27 November 2024 and answers as if they did not exist."
                    + " Use an app with extended quota from before that day; or " + COPY + ".";
        }
        return switch (status) {
            case 404 -> "Check the link. A private list answers the same: make it public, or " + COPY + ".";
            case 200, 403 ->
                "Spotify gives the rows of a list to apps made since 11 February 2026 only when the signed-in user owns"
                        + " the list or collaborates on it. Use an older app's SPOTIFY_CLIENT_ID; or " + CSV + ".";
            case 400 -> "Check the link; Spotify does not take this id.";
            default -> AGAIN;
        };
    }
}
