package dev.chartlake.spotify.api;

import dev.chartlake.model.PlaylistRef.Personal;
import dev.chartlake.spotify.api.WebApi.Page;
import dev.chartlake.spotify.calls.ListException;

/** The pages of a list of the signed-in user's own. */
public final class PersonalPages implements Pages {

    private static final int LIMIT = 50;

    /** Nothing limits how many songs a user saves; 26,000 have been seen. */
    private static final int MOST_SAVED = 200_000;

    private final WebApi api;
    private final Personal list;

    public PersonalPages(WebApi api, Personal list) {
        this.api = api;
        this.list = list;
    }

    @Override
    public Page at(int offset) throws ListException, InterruptedException {
        String path = switch (list) {
            case SAVED_TRACKS -> "/me/tracks?";
            case TOP_TRACKS_SHORT -> "/me/top/tracks?time_range=short_term&";
            case TOP_TRACKS_MEDIUM -> "/me/top/tracks?time_range=medium_term&";
            case TOP_TRACKS_LONG -> "/me/top/tracks?time_range=long_term&";
            case RECENTLY_PLAYED -> throw new IllegalStateException("plays have no pages");
        };
        return api.get(path + "limit=" + LIMIT + "&offset=" + offset);
    }

    @Override
    public int mostRows() {
        return MOST_SAVED;
    }

    @Override
    public int wantedRows() {
        return list.isTop() ? LIMIT : Integer.MAX_VALUE;
    }
}
