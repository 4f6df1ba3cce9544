package dev.chartlake.sql;

import static java.util.stream.Collectors.joining;

import dev.chartlake.lists.ListLabel;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.lists.Market;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The views that say what lists are called: {@code markets}, and {@code known_lists}, which has the user's names too. */
final class LabelViews {
    static final String MARKETS = "markets";
    static final String KNOWN_LISTS = "known_lists";

    /** Both, in the order in which they are made. */
    static final List<String> NAMES = List.of(MARKETS, KNOWN_LISTS);

    private LabelViews() {}

    /** The query of one of these views. */
    static String query(String name, ListLabels labels) {
        return name.equals(MARKETS) ? markets() : knownLists(labels);
    }

    private static String markets() {
        return values(
                "-- One row per market.",
                List.of("market", "market_name", "other_names"),
                Market.all().stream()
                        .map(market -> row(market.code(), market.name(), enumeration(market.otherNames()))));
    }

    private static String knownLists(ListLabels labels) {
        return values(
                "-- One row per list that Chartlake or the configuration knows by its id, whether it is in the lake or not.",
                List.of("playlist_id", "given_name", "usual_name", "aliases", "market", "period", "list_group"),
                labels.named().stream().map(LabelViews::row));
    }

    private static String row(ListLabel label) {
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

    private static String row(@Nullable String... values) {
        return Stream.of(values)
                .map(value -> value == null ? "NULL" : LakeViews.literal(value))
                .collect(joining(", ", "(", ")"));
    }

    /** The casts are for Athena, where a column of nulls has no type. */
    private static String values(String comment, List<String> columns, Stream<String> rows) {
        return comment + "\nSELECT\n    "
                + columns.stream()
                        .map(column -> "CAST(" + column + " AS VARCHAR) AS " + column)
                        .collect(joining(",\n    "))
                + "\nFROM (\n    VALUES\n    " + rows.collect(joining(",\n    ")) + "\n) AS known ("
                + String.join(", ", columns) + ")";
    }
}
