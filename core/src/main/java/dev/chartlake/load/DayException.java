package dev.chartlake.load;

import java.io.IOException;

/** A day cannot be loaded because of what lies in the lake. Other days can. */
public class DayException extends IOException {
    private static final long serialVersionUID = 1L;

    public DayException(String message) {
        super(message);
    }

    public DayException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The rows of a table are not as many as its manifest says, or not as many as the warehouse took. */
    public static final class Counts extends DayException {
        private static final long serialVersionUID = 1L;

        public Counts(String message) {
            super(message);
        }
    }

    /** The day was committed again while it was loaded. */
    public static final class Changed extends DayException {
        private static final long serialVersionUID = 1L;

        public Changed(String message) {
            super(message);
        }
    }
}
