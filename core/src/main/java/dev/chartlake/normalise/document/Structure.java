package dev.chartlake.normalise.document;

import org.jspecify.annotations.Nullable;

/** What a value of a JSON document holds. */
public enum Structure {
    /** A playlist, a page of its items, or an error of the Web API. */
    ANSWER,
    /** One row of a page. */
    ROW,
    /** A song or episode without a row around it. */
    SONG,
    /** An array of rows, songs or episodes. */
    ROWS,
    /** A chart of the charts site. */
    CHART,
    /** One entry of such a chart. */
    CHART_ENTRY,
    /** An array of entries of a chart. */
    CHART_ENTRIES,
    /** An array or object that holds answers, rows or charts somewhere inside. */
    WRAPPER,
    /** Nothing that is known. */
    NOTHING,
    /** {@code Playlist1.json} of an account export. */
    EXPORTED_PLAYLIST("playlists of an account export among other content: put them into different files"),
    /** {@code YourLibrary.json} of an account export. */
    LIBRARY("the library of an account export among other content: put them into different files"),
    /** The streaming history of an account export. */
    HISTORY("the streaming history of an account export among other content: put them into different files"),
    /** A slice of the Million Playlist Dataset. */
    MILLION_PLAYLISTS("playlists of the Million Playlist Dataset, which have no ids of Spotify"),
    /** All that was ever on a list, as the public playlist archive collects it. */
    CUMULATIVE(
            "all songs that were ever on a list, in no order, as the playlist archive collects them: import the file of"
                    + " the same name in playlists/pretty");

    private final @Nullable String refusal;

    Structure() {
        this(null);
    }

    Structure(@Nullable String refusal) {
        this.refusal = refusal;
    }

    /** Why it cannot be read although it is known; else null. */
    @Nullable String refusal() {
        return refusal;
    }
}
