package dev.chartlake.app;

/** How a command ended, and what it printed. */
record Ended(int code, String out, String err) {

    /** Fails unless it ended with this code. */
    Ended with(int expected) {
        if (code != expected) {
            throw new AssertionError("Ended with " + code + " instead of " + expected + ".\n--- stdout\n" + out
                    + "\n--- stderr\n" + err);
        }
        return this;
    }
}
