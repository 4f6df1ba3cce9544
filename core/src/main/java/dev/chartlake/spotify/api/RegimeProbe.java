package dev.chartlake.spotify.api;

import dev.chartlake.model.PlaylistRef;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.RefusedException;

/**
 * Detects the {@link AppRegime} from answers, because no endpoint names it. Lists that are read anyway tell most of it; at
 * most one request is sent besides.
 */
public final class RegimeProbe {

    /** Spotify's own lists begin so. */
    private static final String SPOTIFYS = "37i9";

    /** Spotify's own chart of the world. */
    private static final String TOP_WORLD = "37i9dQZEVXbMDoHDwVN2tF";

    private boolean spotifys;
    private boolean older;
    private boolean newer;

    /** Takes the answer for a playlist into account. */
    public void saw(PlaylistRef list, Outline answer) {
        spotifys |= list.id().startsWith(SPOTIFYS) && answer.rows() != null;
        older |= answer.tracks() != null;
        newer |= answer.tracks() == null;
    }

    /**
     * The kind of app. If the lists seen so far do not settle it, asks for one of Spotify's own in the older dialect: only
     * extended quota gets it, and new apps are refused for the dialect.
     *
     * @throws dev.chartlake.spotify.calls.StopException if there is no point in asking for anything else either
     */
    public AppRegime ask(WebApi api) throws InterruptedException {
        if (spotifys) {
            return AppRegime.EXTENDED;
        }
        if (newer && !older) {
            return AppRegime.DEV;
        }
        try {
            api.get("/playlists/" + TOP_WORLD + "/tracks?limit=1");
            return AppRegime.EXTENDED;
        } catch (RefusedException e) {
            return refused(e.status());
        } catch (ListException e) {
            return older ? AppRegime.OLDER : AppRegime.UNKNOWN;
        }
    }

    private AppRegime refused(int status) {
        if (older) {
            return status == 403 || status == 404 ? AppRegime.LEGACY_DEV : AppRegime.OLDER;
        }
        return switch (status) {
            case 403 -> AppRegime.DEV;
            // Spotify may look for the list before it looks at the dialect, so this excludes only extended quota.
            case 404 -> AppRegime.SOME_DEV;
            default -> AppRegime.UNKNOWN;
        };
    }
}
