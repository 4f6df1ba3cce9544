package dev.chartlake.outcome;

/** What the process ends with, so that a scheduler can act on it. */
public final class ExitCode {
    /** Everything was done. */
    public static final int DONE = 0;
    /** Some work failed; the rest was done. */
    public static final int SOME_FAILED = 1;
    /** The command line or the configuration is wrong. */
    public static final int USAGE = 2;
    /** Signing in is needed, or was refused. */
    public static final int SIGN_IN = 3;
    /** Rate-limited: the time before which nothing should be asked is printed and stored. */
    public static final int RATE_LIMITED = 4;
    /** Counts do not add up, or a data contract broke whose policy is to fail. */
    public static final int CONTRACT = 5;

    private ExitCode() {}
}
