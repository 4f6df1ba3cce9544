package dev.chartlake.report;

import dev.chartlake.query.QueryException;
import dev.chartlake.views.HistoryForm;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A report with what was said about it.
 *
 * @param report which one
 * @param values the texts that were given, none of them empty
 */
public record ReportRequest(Report report, Map<Parameter, String> values) {

    /** Throws {@link QueryException} if the report has no such parameter, or if the span ends before it begins. */
    public ReportRequest {
        values = Map.copyOf(values);
        for (var given : values.keySet()) {
            if (!report.parameters().contains(given)) {
                throw new QueryException("The report " + report.text() + " has no parameter " + given.text() + ".");
            }
        }
        if (values.containsKey(Parameter.SINCE) && values.containsKey(Parameter.UNTIL)) {
            ordered(
                    Parameter.SINCE.date(values.get(Parameter.SINCE)),
                    Parameter.UNTIL.date(values.get(Parameter.UNTIL)));
        }
    }

    /** Throws {@link QueryException} if the span ends before it begins. */
    static void ordered(LocalDate since, LocalDate until) {
        if (since.isAfter(until)) {
            throw new QueryException("The span ends before it begins: " + since + " to " + until + ".");
        }
    }

    /** A request that says nothing yet. */
    public static ReportRequest of(Report report) {
        return new ReportRequest(report, Map.of());
    }

    /** The same request, saying this too. */
    public ReportRequest with(Parameter parameter, Object value) {
        var more = new EnumMap<Parameter, String>(Parameter.class);
        more.putAll(values);
        more.put(parameter, value.toString());
        return new ReportRequest(report, more);
    }

    Optional<String> text(Parameter parameter) {
        return Optional.ofNullable(values.get(parameter));
    }

    Optional<LocalDate> date(Parameter parameter) {
        return text(parameter).map(parameter::date);
    }

    /** The most rows, as a number that means all if there is no limit. */
    int limit() {
        int usual = report.limit() == 0 ? Integer.MAX_VALUE : report.limit();
        return text(Parameter.LIMIT).map(Parameter.LIMIT::count).orElse(usual);
    }

    HistoryForm form() {
        var by = text(Parameter.BY).orElse("recording");
        return switch (by.strip().toLowerCase(Locale.ROOT)) {
            case "song" -> HistoryForm.SONG;
            case "recording" -> HistoryForm.RECORDING;
            default -> throw new QueryException("Cannot go by '" + by + "'. There are: song, recording.");
        };
    }
}
