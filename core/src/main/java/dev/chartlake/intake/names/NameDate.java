package dev.chartlake.intake.names;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What a name says about the time of an observation: a time, a day, a reason why its date cannot be used, or nothing.
 *
 * @param day the day, or null if there is none that can be used
 * @param time the time on that day, or null if the name says only the day
 * @param rangeStart the first day, if the name says two days and {@code day} is the last one of a chart's week; else null
 * @param problem why the date cannot be used, as a sentence without its end; else null
 */
public record NameDate(
        @Nullable LocalDate day,
        @Nullable Instant time,
        @Nullable LocalDate rangeStart,
        @Nullable String problem) {

    /** The name has no date. */
    static final NameDate NONE = new NameDate(null, null, null, null);

    static NameDate of(LocalDate day) {
        return new NameDate(day, null, null, null);
    }

    static NameDate of(LocalDate day, Instant time) {
        return new NameDate(day, time, null, null);
    }

    static NameDate unclear(String problem) {
        return new NameDate(null, null, null, problem);
    }

    /** False if the name says nothing about dates. */
    boolean isSaid() {
        return day != null || problem != null;
    }

    /** The time, or the start of the day in UTC, or null if there is no usable date. */
    @Nullable public Instant instant() {
        if (time != null) {
            return time;
        }
        return day == null ? null : day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
