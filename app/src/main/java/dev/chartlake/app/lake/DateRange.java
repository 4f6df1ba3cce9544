package dev.chartlake.app.lake;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that limit a command to some days. Without them: every day. */
public final class DateRange {

    @Option(names = "--since", paramLabel = "DATE", description = "Only days from this one on (UTC, YYYY-MM-DD)")
    private @Nullable LocalDate since;

    @Option(names = "--until", paramLabel = "DATE", description = "Only days up to this one (UTC, YYYY-MM-DD)")
    private @Nullable LocalDate until;

    /** The first day, null if it is not limited. */
    @Nullable public LocalDate since() {
        return since;
    }

    /** The last day, null if it is not limited. */
    @Nullable public LocalDate until() {
        return until;
    }

    /** Throws {@link Failure} if no day can be in it. */
    public void check() {
        if (since != null && until != null && since.isAfter(until)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "The span ends before it begins: " + since + " to " + until + ". Swap --since and --until.");
        }
    }

    /** True for a day in UTC that lies in the range, both ends included. */
    public boolean contains(LocalDate day) {
        return (since == null || !day.isBefore(since)) && (until == null || !day.isAfter(until));
    }
}
