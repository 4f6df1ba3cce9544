package dev.chartlake.dashboard;

/** The Content-Security-Policy of the page. */
final class Policy {

    private Policy() {}

    /** Nothing from elsewhere, except covers from Spotify's image hosts if they are wanted. */
    static String of(Images images) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"
                + (images == Images.SHOWN ? " https://i.scdn.co https://mosaic.scdn.co" : "")
                + "; base-uri 'none'; form-action 'none'";
    }

    /** Whether covers are shown. */
    enum Images {
        SHOWN,
        LEFT_OUT
    }
}
