package dev.chartlake.outcome;

/** Ends a command with a message for its user: what happened, with which value, and what to do next. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** {@code exitCode} is one of {@link ExitCode}; {@code message} holds no secret. */
    public Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the process ends with. */
    public int exitCode() {
        return exitCode;
    }
}
