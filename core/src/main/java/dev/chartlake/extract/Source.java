package dev.chartlake.extract;

import dev.chartlake.model.PlaylistRef;
import java.io.IOException;

/**
 * Where snapshots of lists come from.
 *
 * <p>Lifecycle: made once for a run, used by one thread. Repeating a call takes another snapshot; a call that fails or
 * is killed leaves nothing half-written behind.
 */
@FunctionalInterface
public interface Source {

    /**
     * Takes one snapshot of a list and archives it, or says why that list could not be had.
     *
     * @throws dev.chartlake.spotify.calls.StopException if every other list would fail too: sign-in refused, or rate-limited
     * @throws IOException if the lake cannot be written
     */
    ExtractResult extract(PlaylistRef list) throws IOException, InterruptedException;
}
