package dev.chartlake.app;

/** How a command ended, and what it printed. */
record Ended(int code, String out, String err) {

    /** Without the lines that tell how far long work is: only a slow machine prints them. */
    Ended {
        err = err.replaceAll(
                "(?m)^(Copying from S3|Compacting|Exporting|Extracting|Importing|Loading \\w+|Purging|Transforming) \\d+/\\d+\\R",
                "");
    }

    /** Fails unless it ended with this code. */
    Ended with(int expected) {
        if (code != expected) {
            throw new AssertionError("Ended with " + code + " instead of " + expected + ".\n--- stdout\n" + out
                    + "\n--- stderr\n" + err);
        }
        return this;
    }
}
