package dev.chartlake.app.jobs;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;

/** What everything that uses the AWS SDK needs. */
final class Aws {

    private Aws() {}

    /** The exit code that tells a scheduler what to do. */
    static int exitCode(WarehouseException e) {
        return switch (e.kind()) {
            case CONFIGURATION -> ExitCode.USAGE;
            case SIGN_IN -> ExitCode.SIGN_IN;
            case UNAVAILABLE -> ExitCode.SOME_FAILED;
        };
    }

    static Failure failure(WarehouseException e) {
        return new Failure(exitCode(e), String.valueOf(e.getMessage()));
    }
}
