package dev.chartlake.spark;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import java.time.LocalDate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which days. */
final class Span implements Predicate<LocalDate> {

    @Option(names = "--since", paramLabel = "DATE", description = "Only days from this one on (UTC, YYYY-MM-DD)")
    private @Nullable LocalDate since;

    @Option(names = "--until", paramLabel = "DATE", description = "Only days up to this one (UTC, YYYY-MM-DD)")
    private @Nullable LocalDate until;

    /** Throws {@link Failure} if no day can be in it. */
    void check() {
        if (since != null && until != null && since.isAfter(until)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "The span ends before it begins: " + since + " to " + until + ". Swap --since and --until.");
        }
    }

    @Override
    public boolean test(LocalDate day) {
        return (since == null || !day.isBefore(since)) && (until == null || !day.isAfter(until));
    }
}
