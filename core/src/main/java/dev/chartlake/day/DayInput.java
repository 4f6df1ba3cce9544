package dev.chartlake.day;

import dev.chartlake.raw.RawKey;
import java.io.IOException;
import java.io.InputStream;

/** A raw object of a day. */
public interface DayInput {

    /** What it is a snapshot of, and when. */
    RawKey key();

    /** What manifests and findings call it: its key as a path. */
    String path();

    /** How many bytes it has. */
    long size();

    /** Its bytes from the start; may be called again. Throws {@link IOException} if they cannot be read. */
    InputStream open() throws IOException;
}
