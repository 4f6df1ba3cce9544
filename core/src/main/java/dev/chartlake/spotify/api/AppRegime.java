package dev.chartlake.spotify.api;

/** What kind of app Spotify takes this one for, which decides which lists it may read. */
public enum AppRegime {
    /** Extended quota from before 27 November 2024: public lists of all users and Spotify's own. */
    EXTENDED("extended"),
    /** Development mode, made before 11 February 2026: public lists of all users. */
    LEGACY_DEV("legacy-dev"),
    /** Development mode, made since: lists of the signed-in user. */
    DEV("dev"),
    /** Development mode; the answers do not say whether it was made before or since. */
    SOME_DEV("development"),
    /** Any kind that may read the older dialect: the answers do not say which. */
    OLDER("older"),
    /** The answers do not say. */
    UNKNOWN("unknown");

    private final String label;

    AppRegime(String label) {
        this.label = label;
    }

    /** How JSON spells it. */
    public String label() {
        return label;
    }
}
