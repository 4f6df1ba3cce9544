package dev.chartlake.trigger;

import dev.chartlake.model.PlaylistRef;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Has a snapshot of a playlist taken, by somebody else or here. Used by one thread. Sending twice is harmless: it is another
 * snapshot.
 */
@FunctionalInterface
public interface Sender {

    /** Sends one request and says what became of it. Throws {@link IOException} only when nothing more can be done. */
    Reply send(PlaylistRef list) throws IOException, InterruptedException;

    /** What became of a request; {@code text} is what the file will say, in one line and without secrets. */
    sealed interface Reply {
        String text();

        /** It was accepted. */
        record Accepted(String text) implements Reply {}

        /** It was not, which says nothing of other playlists. */
        record Refused(String text) implements Reply {}

        /** There was no answer. After some of these in a row the others are not tried. */
        record Silent(String text) implements Reply {}

        /** Nobody is to ask before {@code notBefore}; null if it was not said. */
        record Limited(String text, @Nullable Instant notBefore) implements Reply {}

        /** The sender itself is not let in, so no playlist will be. */
        record SignIn(String text) implements Reply {}
    }
}
