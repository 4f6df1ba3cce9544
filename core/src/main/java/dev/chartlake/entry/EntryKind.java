package dev.chartlake.entry;

/** What an entry of a list is. */
public enum EntryKind {
    /** A song with an id. */
    TRACK("track"),
    /** An episode of a podcast, or a chapter of an audiobook. */
    EPISODE("episode"),
    /** A file of the list's owner, unknown to Spotify. */
    LOCAL("local"),
    /** An entry without content or id: taken down, or hidden from this app. */
    UNAVAILABLE("unavailable"),
    /** Something of a type that is neither a song nor an episode. */
    OTHER("other");

    private final String text;

    EntryKind(String text) {
        this.text = text;
    }

    /** The value of the column {@code kind}. */
    public String text() {
        return text;
    }
}
