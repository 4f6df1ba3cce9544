package dev.chartlake.report;

import static java.util.stream.Collectors.joining;

import dev.chartlake.query.SqlText;
import dev.chartlake.views.FoldSql;
import dev.chartlake.views.HistoryForm;
import dev.chartlake.views.Views;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a file beside this class. Its parameters, such as {@code :date}, are replaced by constants, because only a
 * condition on a constant reaches the files of a lake; {@code playlist_entries@date} are the rows of that day.
 */
final class ReportSql {
    private static final Pattern COMMENT = Pattern.compile("--.*");
    private static final Pattern PARAMETER = Pattern.compile(":([a-z_]+)|([a-z_]+)@([a-z_]+)");

    private final String name;
    private final Map<String, String> constants = new HashMap<>();
    private final Map<String, LocalDate> dates = new HashMap<>();

    ReportSql(String name) {
        this.name = name;
    }

    /** A text, or null. */
    ReportSql text(String parameter, @Nullable String text) {
        constants.put(parameter, text == null ? "CAST(NULL AS VARCHAR)" : SqlText.literal(text));
        return this;
    }

    /** A day, or null. */
    ReportSql date(String parameter, @Nullable LocalDate date) {
        if (date != null) {
            dates.put(parameter, date);
        }
        constants.put(parameter, date == null ? "CAST(NULL AS DATE)" : "DATE '" + date + "'");
        return this;
    }

    /** A number. */
    ReportSql number(String parameter, int number) {
        constants.put(parameter, Integer.toString(number));
        return this;
    }

    /** True or false. */
    ReportSql flag(String parameter, boolean flag) {
        constants.put(parameter, Boolean.toString(flag));
        return this;
    }

    /** Texts for {@code IN}; of none, a list that matches nothing. */
    ReportSql texts(String parameter, Collection<String> texts) {
        var list =
                texts.isEmpty() ? "NULL" : texts.stream().map(SqlText::literal).collect(joining(", "));
        constants.put(parameter, "(" + list + ")");
        return this;
    }

    /** The statement. */
    String in(HistoryForm form) {
        var template = FoldSql.expanded(
                form.of(COMMENT.matcher(resource(name + ".sql")).replaceAll("")));
        return PARAMETER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) != null ? constant(found.group(1)) : onDay(found.group(2), found.group(3))))
                .strip();
    }

    private String onDay(String view, String parameter) {
        return Views.onDay(view, Objects.requireNonNull(dates.get(parameter), parameter));
    }

    private String constant(String parameter) {
        var constant = constants.get(parameter);
        if (constant == null) {
            throw new IllegalStateException(name + ".sql has a parameter that is not set: " + parameter);
        }
        return constant;
    }

    private static String resource(String name) {
        try (InputStream in = ReportSql.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is missing from the application");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
