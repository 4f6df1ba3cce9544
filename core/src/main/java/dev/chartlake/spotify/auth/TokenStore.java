package dev.chartlake.spotify.auth;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * Keeps one user's sign-in, outside the lake.
 *
 * <p>Lifecycle: nothing is opened before the first method is called, and nothing needs to be closed but a lock. Threads:
 * any number, also in several processes that use the same one. Each reads and writes while it holds the {@link #lock}, so
 * none overwrites a token that another one has just received. Failures: {@link IOException}, whose message holds no secret.
 */
public interface TokenStore {

    /** What it is, for messages, such as {@code profile work}. */
    String name();

    /** What a user does to fill it again, as a sentence. */
    String cure();

    /** What is kept; empty if nobody is signed in. Throws {@link IOException} if it cannot be read, with no secret in it. */
    Optional<Consent> read() throws IOException;

    /** Replaces what is kept. A reader sees the one before or this one as a whole. */
    void write(Consent consent) throws IOException;

    /** Deletes what is kept; false if there was nothing. */
    boolean delete() throws IOException;

    /** Waits until no other thread or process holds it, and holds it until closed. */
    Closeable lock() throws IOException;
}
