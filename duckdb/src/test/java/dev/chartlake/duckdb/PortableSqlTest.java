package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.views.Views;
import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The views are SQL that Athena, which is Trino, and Snowflake read too, so that the same files serve all engines. */
class PortableSqlTest {
    /**
     * What Trino's grammar accepts and another engine does not: {@code WINDOW} clauses and {@code FILTER} (Snowflake),
     * functions with another name or meaning somewhere, and dividing whole numbers.
     */
    private static final String NOT_EVERYWHERE = "(?is).*\\b(window\\s+\\w+\\s+as|filter\\s*\\(|qualify|date_diff|"
            + "datediff|date_add|interval|strftime|date_format|array_agg|list|struct|unnest|any_value|arbitrary|"
            + "ignore\\s+nulls|is\\s+distinct|group\\s+by\\s+all|group\\s+by\\s+\\d|using)\\b.*";

    static Stream<String> views() {
        return Views.all().keySet().stream();
    }

    private static String sql(String view) {
        return Views.all().getOrDefault(view, "");
    }

    @ParameterizedTest
    @MethodSource("views")
    void trinoCanParseEveryView(String view) {
        assertThat(new SqlParser().createStatement("CREATE VIEW " + view + " AS " + sql(view)))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("views")
    void noViewUsesWhatAnotherEngineDoesNotKnow(String view) {
        assertThat(sql(view).replaceAll("--.*", ""))
                .doesNotMatch(NOT_EVERYWHERE)
                .doesNotContain("::", "[", "{", "}", "%'::", "\"");
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyViewSaysWhatARowIs(String view) {
        assertThat(sql(view)).startsWith("-- ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a FROM b QUALIFY row_number() OVER (ORDER BY a) = 1",
                "SELECT * EXCLUDE (a) FROM b",
                "FROM b",
                "SELECT a::DATE FROM b"
            })
    void trinoRefusesWhatOnlyDuckDbUnderstands(String sql) {
        assertThatThrownBy(() -> new SqlParser().createStatement(sql)).isInstanceOf(ParsingException.class);
    }
}
