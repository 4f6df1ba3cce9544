package dev.chartlake.report;

import java.time.LocalDate;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A list of the lake.
 *
 * @param source where it comes from
 * @param id its id there
 * @param name what it is called, or its id if it has no name
 * @param first its first snapshot
 * @param last its last snapshot
 * @param date its last snapshot up to the date that was asked for; null if there is none
 * @param since the same for the other date that was asked for
 */
public record ChartList(
        String source,
        String id,
        String name,
        LocalDate first,
        LocalDate last,
        @Nullable LocalDate date,
        @Nullable LocalDate since) {

    /** How many days a period of the chart has, as the end of its id says; empty if it does not say. */
    OptionalInt periodDays() {
        return id.endsWith("-weekly")
                ? OptionalInt.of(7)
                : id.endsWith("-daily") ? OptionalInt.of(1) : OptionalInt.empty();
    }
}
