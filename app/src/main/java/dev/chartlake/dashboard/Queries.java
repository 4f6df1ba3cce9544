package dev.chartlake.dashboard;

import dev.chartlake.query.SqlText;
import dev.chartlake.views.FoldSql;
import dev.chartlake.views.HistoryForm;
import dev.chartlake.views.Views;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page's queries: files in {@code sql/}, with {@code $parameters}, the {@code {tables}} that are kept, the rows of one day,
 * such as {@code song_days@date}, and {@code fold(text)}, as {@link FoldSql} has it. What counts as one song is a {@link HistoryForm}.
 */
final class Queries {

    /** The parameter that says what counts as one song. */
    static final String BY = "by";

    private static final Set<String> DATES = Set.of("before", "date", "since", "until");
    private static final Pattern PLACE = Pattern.compile("\\$([a-z]+)|\\{([a-z_]+)\\}|([a-z_]+)@([a-z]+)");
    private static final Pattern COMMENT = Pattern.compile("--.*");
    private static final Map<String, String> FILES = new ConcurrentHashMap<>();

    private Queries() {}

    /** The kept tables that a query reads, by what the files call them. */
    static Set<String> tables(String query) {
        Set<String> tables = new LinkedHashSet<>();
        Matcher place = PLACE.matcher(HistoryForm.SONG.of(text(query)));
        while (place.find()) {
            if (place.group(2) != null) {
                tables.add(place.group(2));
            }
        }
        return tables;
    }

    /**
     * The query with its values as literals.
     *
     * @param tables what stands for the names in braces: the kept tables' names, or a list
     * @throws BadRequest if a parameter is missing or is none
     */
    static String of(String query, Map<String, String> parameters, Map<String, String> tables) {
        return PLACE.matcher(form(parameters).of(text(query))).replaceAll(place -> {
            return Matcher.quoteReplacement(sql(place, parameters, tables));
        });
    }

    /** What counts as one song; a recording unless the parameters say otherwise. Throws {@link BadRequest} if it is unknown. */
    static HistoryForm form(Map<String, String> parameters) {
        String by = parameters.getOrDefault(BY, "recording");
        return switch (by) {
            case "recording" -> HistoryForm.RECORDING;
            case "song" -> HistoryForm.SONG;
            default -> throw new BadRequest("Not a way to count songs: by=" + by + ". There are: recording, song.");
        };
    }

    private static String sql(MatchResult place, Map<String, String> parameters, Map<String, String> tables) {
        if (place.group(1) != null) {
            return literal(place.group(1), parameters);
        }
        if (place.group(2) != null) {
            return Objects.requireNonNull(tables.get(place.group(2)), place.group(2));
        }
        return Views.onDay(place.group(3), date(place.group(4), given(place.group(4), parameters)));
    }

    private static String literal(String name, Map<String, String> parameters) {
        if (name.equals("top")) {
            return number(name, parameters);
        }
        String value = given(name, parameters);
        if (DATES.contains(name)) {
            return "DATE '" + date(name, value) + "'";
        }
        if (value.indexOf('\0') >= 0) {
            throw new BadRequest("The parameter " + name + " holds a character that no name has.");
        }
        return SqlText.literal(value);
    }

    /** Throws {@link BadRequest} if it is none. */
    static String number(String name, Map<String, String> parameters) {
        String value = given(name, parameters);
        if (!value.matches("\\d{1,4}")) {
            throw new BadRequest("Not a number from 0 to 9999: " + name + "=" + value);
        }
        return value;
    }

    private static String given(String name, Map<String, String> parameters) {
        String value = parameters.get(name);
        if (value == null) {
            throw new BadRequest("The parameter " + name + " is missing.");
        }
        return value;
    }

    /** Throws {@link BadRequest} if it is none. */
    static LocalDate date(String name, String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw new BadRequest("Not a date (YYYY-MM-DD): " + name + "=" + value);
        }
    }

    private static String text(String query) {
        return FILES.computeIfAbsent(query, name -> {
            try (InputStream in = Queries.class.getResourceAsStream("sql/" + name + ".sql")) {
                if (in == null) {
                    throw new FileNotFoundException(name + ".sql is missing from the application");
                }
                return FoldSql.expanded(COMMENT.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .replaceAll(""));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What was asked for makes no sense; the message is for whoever asked. */
    static final class BadRequest extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadRequest(String message) {
            super(message);
        }
    }
}
