package dev.chartlake.spotify.api;

import dev.chartlake.spotify.api.WebApi.Page;
import dev.chartlake.spotify.calls.ListException;
import java.io.IOException;

/** The pages of one list. */
public interface Pages {

    /** A playlist holds 10,000 rows; users have seen 11,000. */
    int MOST_ROWS = 11_000;

    /** The page that begins after {@code offset} rows. */
    Page at(int offset) throws IOException, ListException, InterruptedException;

    /** The most rows that a list can hold; a server that promises more has no end. */
    default int mostRows() {
        return MOST_ROWS;
    }

    /** How many rows are the list, although Spotify may have more; by default all. */
    default int wantedRows() {
        return Integer.MAX_VALUE;
    }
}
