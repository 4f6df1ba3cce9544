package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.print.ResultFormat;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultSink;
import dev.chartlake.trials.Hang;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query that takes too long is stopped, and the next one runs. */
class TimeLimitTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Timeout(Hang.SECONDS)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM range(100000000000) AS t(i) WHERE i * 7 % 3 = 1",
                "SELECT i FROM range(100000000000) AS t(i) WHERE i % 1000000007 = 5",
                "SELECT count(*) FROM range(1000000) AS a(i), range(1000000) AS b(j) WHERE i * j % 1000003 = 7",
                "EXPLAIN ANALYZE SELECT count(*) FROM range(100000000000)",
                "WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t) SELECT max(i) FROM t"
            })
    void aLongQueryIsStopped(String sql) throws IOException {
        try (var lake = new DuckDbLake(folder, () -> () -> {})) {
            assertThatThrownBy(() -> lake.run(sql, sink(new StringWriter()), LIMIT))
                    .isInstanceOf(QueryException.class)
                    .hasMessageStartingWith("The query took longer than it may here.");
            var out = new StringWriter();
            lake.run("SELECT count(*) AS n FROM songs", sink(out), Hang.LIMIT);
            assertThat(out.toString()).isEqualTo("n\n0\n");
        }
    }

    private static ResultSink sink(StringWriter out) {
        return ResultFormat.CSV.printer(
                out, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), 0);
    }
}
