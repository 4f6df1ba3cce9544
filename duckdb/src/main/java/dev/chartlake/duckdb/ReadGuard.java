package dev.chartlake.duckdb;

import java.io.Closeable;
import java.io.IOException;

/** Keeps commits out of a lake while it is read, such as {@link dev.chartlake.store.ObjectStore#shared}. */
@FunctionalInterface
public interface ReadGuard {

    /** Waits until no commit runs, and keeps new ones out until the result is closed. Several may be held at once. */
    Closeable hold() throws IOException;
}
