package dev.chartlake.views;

import static java.util.stream.Collectors.joining;

import dev.chartlake.lists.ListLabel;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.lists.Market;
import dev.chartlake.query.SqlText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The views that say what lists are called: {@code markets}, and {@code known_lists}, which has the user's names too. */
public final class LabelViews {
    public static final String MARKETS = "markets";
    public static final String KNOWN_LISTS = "known_lists";

    /** Both, in the order in which they are made. */
    static final List<String> NAMES = List.of(MARKETS, KNOWN_LISTS);

    private LabelViews() {}

    /** What one of these views holds. */
    private record Content(String comment, List<String> columns, List<List<@Nullable String>> rows) {}

    /** The query of one of these views, in the SQL that all engines have. */
    public static String query(String name, ListLabels labels) {
        return values(content(name, labels));
    }

    /** The same for DuckDB, which takes milliseconds to bind a thousand values each time a query reads them. */
    public static String queryOfDuckDb(String name, ListLabels labels) {
        var content = content(name, labels);
        return content.rows().stream().flatMap(List::stream).allMatch(LabelViews::isPlain)
                ? split(content)
                : values(content);
    }

    private static Content content(String name, ListLabels labels) {
        return name.equals(MARKETS) ? markets() : knownLists(labels);
    }

    private static Content markets() {
        return new Content(
                "-- One row per market.",
                List.of("market", "market_name", "other_names"),
                Market.all().stream()
                        .map(market -> row(market.code(), market.name(), enumeration(market.otherNames())))
                        .toList());
    }

    private static Content knownLists(ListLabels labels) {
        return new Content(
                "-- One row per list that Chartlake or the configuration knows by its id, whether it is in the lake or not.",
                List.of("playlist_id", "given_name", "usual_name", "aliases", "market", "period", "list_group"),
                labels.named().stream().map(LabelViews::row).toList());
    }

    private static List<@Nullable String> row(ListLabel label) {
        var market = label.market();
        return row(
                label.id(),
                label.givenName(),
                label.usualName(),
                enumeration(label.aliases()),
                market == null ? null : market.code(),
                label.period(),
                label.group());
    }

    private static @Nullable String enumeration(List<String> texts) {
        return texts.isEmpty() ? null : String.join(", ", texts);
    }

    private static List<@Nullable String> row(@Nullable String... values) {
        return Arrays.asList(values);
    }

    /** The casts are for Athena, where a column of nulls has no type. */
    private static String values(Content content) {
        var columns = content.columns();
        return content.comment() + "\nSELECT\n    "
                + columns.stream()
                        .map(column -> "CAST(" + column + " AS VARCHAR) AS " + column)
                        .collect(joining(",\n    "))
                + "\nFROM (\n    VALUES\n    "
                + content.rows().stream().map(LabelViews::tuple).collect(joining(",\n    ")) + "\n) AS known ("
                + String.join(", ", columns) + ")";
    }

    private static String tuple(List<@Nullable String> row) {
        return row.stream()
                .map(value -> value == null ? "NULL" : SqlText.literal(value))
                .collect(joining(", ", "(", ")"));
    }

    /** Rows are lines of one text, with tabs between the values and nothing for null. */
    private static String split(Content content) {
        var lines = content.rows().stream()
                .map(row ->
                        row.stream().map(value -> value == null ? "" : value).collect(joining("\t")))
                .collect(joining("\n"));
        var columns = content.columns();
        return content.comment() + "\nSELECT\n    "
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> "nullif(line[" + (i + 1) + "], '') AS " + columns.get(i))
                        .collect(joining(",\n    "))
                + "\nFROM (\n    SELECT string_split(unnest(string_split(" + SqlText.literal(lines)
                + ", chr(10))), chr(9)) AS line\n)";
    }

    /** True for what can stand in a line between tabs. */
    private static boolean isPlain(@Nullable String value) {
        return value == null || !value.isEmpty() && value.indexOf('\t') < 0 && value.indexOf('\n') < 0;
    }
}
