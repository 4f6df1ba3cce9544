package dev.chartlake.publish;

import dev.chartlake.lake.Manifest;
import java.io.IOException;

/** Entries were read that are neither a row nor set aside. Nothing is committed. */
public final class CountsException extends IOException {
    private static final long serialVersionUID = 1L;

    CountsException(Manifest manifest) {
        super("Counts of day " + manifest.date() + " do not add up: " + manifest.entriesRead() + " entries read, "
                + manifest.entriesWritten() + " written, " + manifest.entriesRepeated()
                + " set aside. Nothing of the day was changed. Please report this.");
    }
}
