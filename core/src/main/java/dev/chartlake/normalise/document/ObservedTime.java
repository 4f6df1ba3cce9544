package dev.chartlake.normalise.document;

import dev.chartlake.entry.OddValues;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads when a list was observed from the fields that programs write beside what they save. */
public final class ObservedTime {

    private static final Set<String> NAMES = Set.of("timestamp", "datetime", "date", "time", "ts", "day", "asof");
    private static final Pattern NAME = Pattern.compile(
            "(?:observed|fetched|retrieved|scraped|captured|collected|downloaded|extracted|recorded|saved"
                    + "|exported|crawled|snapshot|requested|pulled|ingested|taken)(?:at|on|date|time|datetime|timestamp|ts)");
    private static final Pattern FRACTION = Pattern.compile("(\\d{10})\\.\\d+");
    private static final Instant FIRST = Instant.parse("2008-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private ObservedTime() {}

    /** True for the name of a field that says when something was observed. */
    public static boolean isName(String field) {
        String name = field.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return NAMES.contains(name) || NAME.matcher(name).matches();
    }

    /**
     * The time in a text or number: a day, a time with an offset or in UTC, or seconds since 1970. Empty for anything else
     * and for times at which Spotify did not exist.
     */
    public static Optional<Instant> read(String text) {
        Matcher fraction = FRACTION.matcher(text.strip());
        Optional<Instant> time = OddValues.time(fraction.matches() ? fraction.group(1) : text)
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        Optional<Instant> day = OddValues.day(text)
                .map(days -> LocalDate.ofEpochDay(days).atStartOfDay().toInstant(ZoneOffset.UTC));
        return day.or(() -> time).filter(at -> at.isAfter(FIRST) && at.isBefore(LAST));
    }
}
