package dev.chartlake.duckdb;

import static dev.chartlake.print.ResultFormat.CSV;
import static dev.chartlake.print.ResultFormat.JSON;
import static dev.chartlake.print.ResultFormat.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.print.ResultFormat;
import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.QueryException;
import dev.chartlake.trials.Deep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFormatTest {
    private static final QueryEngine ENGINE = open();

    private static final String EVERY_TYPE = """
            SELECT CAST(-9223372036854775808 AS BIGINT) AS big, CAST(18446744073709551615 AS UBIGINT) AS ubig,
                CAST('-170141183460469231731687303715884105728' AS HUGEINT) AS huge,
                CAST(0.00000001 AS DECIMAL(38, 8)) AS dec, CAST(0.1 AS DOUBLE) AS dbl, CAST('nan' AS DOUBLE) AS nan,
                true AS flag, NULL AS nothing, '' AS empty, DATE '0001-01-01' AS day,
                TIMESTAMP '2021-03-25 12:00:00' AS at, TIMESTAMP '2021-03-25 12:00:00.5' AS half,
                TIMESTAMPTZ '2021-03-25 12:00:00+02' AS zoned, TIME '06:30:00' AS clock,
                [1, NULL, 3] AS list, {'a': 'x"y', 'b': [DATE '2021-03-25']} AS struct, MAP {'k': 1.5} AS map,
                INTERVAL 3 DAY AS span, CAST('6f1f1c5e-0000-4000-8000-000000000000' AS UUID) AS id,
                CAST('{"j": 1}' AS JSON) AS json, CAST('b' AS ENUM('a', 'b')) AS choice, '\\xC3\\xA9a'::BLOB AS bytes
            """;

    @AfterAll
    static void close() throws IOException {
        ENGINE.close();
    }

    @Test
    void csvPrintsEveryType() throws IOException {
        assertThat(LakeFolder.print(ENGINE, CSV, EVERY_TYPE, 0))
                .isEqualTo("big,ubig,huge,dec,dbl,nan,flag,nothing,empty,day,at,half,zoned,clock,list,struct,map,span,"
                        + "id,json,choice,bytes\n"
                        + "-9223372036854775808,18446744073709551615,-170141183460469231731687303715884105728,"
                        + "0.00000001,0.1,NaN,true,,\"\",0001-01-01,2021-03-25 12:00:00,2021-03-25 12:00:00.5,"
                        + "2021-03-25 10:00:00Z,06:30:00,\"[1,null,3]\","
                        + "\"{\"\"a\"\":\"\"x\\\"\"y\"\",\"\"b\"\":[\"\"2021-03-25\"\"]}\",\"{\"\"k\"\":1.5}\",3 days,"
                        + "6f1f1c5e-0000-4000-8000-000000000000,\"{\"\"j\"\":1}\",b,\\xC3\\xA9a\n");
    }

    @Test
    void jsonPrintsEveryType() throws IOException {
        assertThat(LakeFolder.print(ENGINE, JSON, EVERY_TYPE, 0))
                .isEqualTo("[\n{\"big\":-9223372036854775808,\"ubig\":18446744073709551615,"
                        + "\"huge\":-170141183460469231731687303715884105728,\"dec\":0.00000001,\"dbl\":0.1,"
                        + "\"nan\":\"NaN\",\"flag\":true,\"nothing\":null,\"empty\":\"\",\"day\":\"0001-01-01\","
                        + "\"at\":\"2021-03-25 12:00:00\",\"half\":\"2021-03-25 12:00:00.5\","
                        + "\"zoned\":\"2021-03-25 10:00:00Z\",\"clock\":\"06:30:00\",\"list\":[1,null,3],"
                        + "\"struct\":{\"a\":\"x\\\"y\",\"b\":[\"2021-03-25\"]},\"map\":{\"k\":1.5},"
                        + "\"span\":\"3 days\",\"id\":\"6f1f1c5e-0000-4000-8000-000000000000\","
                        + "\"json\":{\"j\":1},\"choice\":\"b\",\"bytes\":\"\\\\xC3\\\\xA9a\"}\n]\n");
    }

    @Test
    void jsonIsAnArrayWithAnObjectALine() throws IOException {
        assertThat(LakeFolder.print(ENGINE, JSON, "SELECT range AS n FROM range(3)", 0))
                .isEqualTo("[\n{\"n\":0},\n{\"n\":1},\n{\"n\":2}\n]\n");
        assertThat(LakeFolder.print(ENGINE, JSON, "SELECT 1 WHERE false", 0)).isEqualTo("[]\n");
    }

    @Test
    void jsonKeepsColumnsThatShareAName() throws IOException {
        assertThat(LakeFolder.print(ENGINE, JSON, "SELECT 1 AS a, 2 AS a, 3 AS a_2, 4 AS a", 0))
                .isEqualTo("[\n{\"a\":1,\"a_3\":2,\"a_2\":3,\"a_4\":4}\n]\n");
    }

    @Test
    void csvQuotesWhatNeedsIt() throws IOException {
        assertThat(LakeFolder.print(
                        ENGINE, CSV, "SELECT 'a,b' AS \"x,\"\"y\", 'c\"d', 'e' || chr(10) || 'f', ' g '", 0))
                .startsWith("\"x,\"\"y\",")
                .endsWith("\n\"a,b\",\"c\"\"d\",\"e\nf\", g \n");
        assertThat(LakeFolder.print(ENGINE, CSV, "SELECT 1 AS n WHERE false", 0))
                .isEqualTo("n\n");
    }

    @Test
    void tableAlignsWhatPeopleSee() throws IOException {
        var sql = """
                SELECT * FROM (VALUES ('plain', 1), ('日本語', 22), ('e' || chr(769) || 'e' || chr(769), 333),
                    ('👩‍👩‍👧‍👦🇳🇴❤️', 4444), ('שלום', NULL)) t(name, n)
                """;
        assertThat(LakeFolder.print(ENGINE, TABLE, sql, 0))
                .isEqualTo("""
                        name       n
                        ------  ----
                        plain      1
                        日本語    22
                        éé     333
                        👩‍👩‍👧‍👦🇳🇴❤️  4444
                        שלום
                        """.replace("éé     333", "e\u0301e\u0301       333"));
    }

    @ParameterizedTest
    @CsvSource({"20, 'abcdefghi…         1'", "12, 'abc…       1'", "3, '…  1'"})
    void tableCutsTextBeforeNumbers(int width, String row) throws IOException {
        assertThat(LakeFolder.print(ENGINE, TABLE, "SELECT 'abcdefghijklmnopqrstuvwxyz' AS t, 1 AS number_n", width)
                        .lines()
                        .skip(2))
                .containsExactly(row);
    }

    @Test
    void tableNeverCutsAWideCharacterInHalf() throws IOException {
        assertThat(LakeFolder.print(ENGINE, TABLE, "SELECT '日本語日本語' AS t", 6)).isEqualTo("t\n------\n日本…\n");
    }

    @Test
    void tableDataCannotDriveTheTerminal() throws IOException {
        var sql = "SELECT chr(27) || '[31mred' || chr(7) || chr(10) || chr(9) || chr(155) || chr(8238) AS \"a\nb\"";
        assertThat(LakeFolder.print(ENGINE, TABLE, sql, 0))
                .isEqualTo("a\\nb\n" + "-".repeat(35) + "\n\\u001b[31mred\\u0007\\n\\t\\u009b\\u202e\n");
    }

    @Test
    void tableCountsRowsBesideTheData() throws IOException {
        for (var each : List.of("0 rows", "1 row", "2500 rows")) {
            var out = new StringWriter();
            var notes = new ByteArrayOutputStream();
            var printer = TABLE.printer(out, new PrintStream(notes, true, StandardCharsets.UTF_8), 0);
            ENGINE.run("SELECT range AS n FROM range(" + each.split(" ")[0] + ")", printer);
            assertThat(notes.toString(StandardCharsets.UTF_8).strip()).isEqualTo(each);
            assertThat(out.toString().lines().count()).isEqualTo(2 + Long.parseLong(each.split(" ")[0]));
        }
    }

    @Test
    void tableShowsAPlanAsDrawn() throws IOException {
        assertThat(LakeFolder.print(ENGINE, TABLE, "EXPLAIN SELECT 42", 0))
                .contains("physical_plan  ┌─", "physical_plan  │         PROJECTION        │")
                .doesNotContain("\\n");
    }

    @ParameterizedTest
    @CsvSource({"TABLE, 50000", "JSON, 100000", "CSV, 100000"})
    void aLargeResultIsPrintedWhole(ResultFormat format, int rows) throws IOException {
        printed(format, rows);
    }

    @Test
    @Deep
    void aResultLargerThanTheMemoryLimitIsPrintedWhole() throws IOException {
        printed(CSV, 700_000);
    }

    private static void printed(ResultFormat format, int rows) throws IOException {
        var out = new Counter();
        ENGINE.run(
                "SELECT range AS n, repeat('x', 500) AS t FROM range(" + rows + ")",
                format.printer(out, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), 0));
        assertThat(out.written).isGreaterThan(rows * 500L);
    }

    @Test
    void rowsKeepTheirOrder() throws IOException {
        var lines = LakeFolder.csv(ENGINE, "SELECT 99999 - range AS n FROM range(100000) ORDER BY n")
                .lines();
        assertThat(lines.skip(1).mapToInt(Integer::parseInt)).hasSize(100000).isSorted();
    }

    @Test
    void aFailureHalfWayPrintsNothing() {
        var out = new StringWriter();
        var sink = CSV.printer(out, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), 0);
        assertThatThrownBy(() -> ENGINE.run(
                        "SELECT CASE WHEN range = 900000 THEN error('half way') ELSE range END AS n FROM range(1000000)",
                        sink))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("half way");
        assertThat(out.toString()).isEmpty();
    }

    private static QueryEngine open() {
        try {
            return new DuckDbLake(Path.of("target/no-lake"), LakeFolder.OPEN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Counter extends java.io.Writer {
        private long written;

        @Override
        public void write(char[] buffer, int offset, int length) {
            written += length;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
