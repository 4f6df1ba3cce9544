package dev.chartlake.dashboard;

/** The Content-Security-Policy of the page. */
public final class PagePolicy {

    private PagePolicy() {}

    /** Nothing from elsewhere, except covers from Spotify's image hosts if they are wanted. */
    public static String of(Images images) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"
                + (images == Images.SHOWN ? " https://i.scdn.co https://mosaic.scdn.co" : "")
                + "; base-uri 'none'; form-action 'none'";
    }

    /** Whether covers are shown. */
    public enum Images {
        SHOWN,
        LEFT_OUT
    }
}
