package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lists.ListLabel;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.lists.Market;
import dev.chartlake.views.LabelViews;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The views of labels have the same rows in the SQL of all engines and in DuckDB's own. */
class LabelViewsTest {

    private static ListLabel named(String name) {
        return new ListLabel("x", name, null, List.of("it's", "-- no"), Market.of("NO"), "daily", "a \\ b");
    }

    static final List<ListLabels> LABELS = List.of(
            ListLabels.BUILT_IN,
            ListLabels.with(List.of(named("Måneskinn, \"live\""))),
            ListLabels.with(List.of(named("'; DROP VIEW lists; --"), named("two\ttabs\nand lines"))),
            ListLabels.with(List.of(named("a\nb"))));

    private static List<String> rows(String sql) throws Exception {
        try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckDb.createStatement();
                var found = statement.executeQuery("SELECT * FROM (" + sql + ") ORDER BY ALL")) {
            var rows = new ArrayList<String>();
            while (found.next()) {
                var row = new StringBuilder();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.append(found.getMetaData().getColumnName(i))
                            .append('=')
                            .append(found.getString(i))
                            .append('|');
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    @ParameterizedTest
    @FieldSource("LABELS")
    void listsAreTheSame(ListLabels labels) throws Exception {
        assertThat(rows(LabelViews.queryOfDuckDb(LabelViews.KNOWN_LISTS, labels)))
                .isEqualTo(rows(LabelViews.query(LabelViews.KNOWN_LISTS, labels)))
                .hasSizeGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {LabelViews.MARKETS, LabelViews.KNOWN_LISTS})
    void theUsualOnesAreOneText(String view) {
        assertThat(LabelViews.queryOfDuckDb(view, ListLabels.BUILT_IN)).contains("string_split");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\ttabs", "two\nlines"})
    void namesThatDoNotFitIntoALineAreKept(String name) throws Exception {
        assertThat(rows(LabelViews.queryOfDuckDb(LabelViews.KNOWN_LISTS, ListLabels.with(List.of(named(name))))))
                .anyMatch(row -> row.contains("given_name=" + name + "|"));
    }
}
