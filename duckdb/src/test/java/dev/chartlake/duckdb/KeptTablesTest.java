package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.print.ResultFormat;
import dev.chartlake.query.QueryException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are kept in memory. */
@SuppressWarnings("NullAway.Init")
class KeptTablesTest {

    private DuckDbLake lake;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        lake = new DuckDbLake(folder, () -> () -> {});
    }

    @AfterEach
    void close() throws IOException {
        lake.close();
    }

    @Test
    void whatIsKeptCanBeQueriedUntilItIsForgotten() throws IOException {
        lake.keep("kept_a", "SELECT 1 AS n");
        lake.keep("kept_a", "SELECT 2 AS n UNION ALL SELECT 3 FROM songs");
        assertThat(csv("SELECT n FROM kept_a")).isEqualTo("n\n2\n");
        lake.forget("kept_a");
        lake.forget("kept_a");
        assertThatThrownBy(() -> csv("SELECT n FROM kept_a")).isInstanceOf(QueryException.class);
    }

    @Test
    void onlyQueriesAreKeptAndUnderNamesOfTheirOwn() {
        assertThatThrownBy(() -> lake.keep("songs", "SELECT 1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lake.keep("a; DROP", "SELECT 1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lake.keep("kept_b", "DROP VIEW songs")).isInstanceOf(QueryException.class);
    }

    private String csv(String sql) throws IOException {
        StringWriter out = new StringWriter();
        lake.run(sql, ResultFormat.CSV.printer(out, notes(), 0));
        return out.toString();
    }

    private static PrintStream notes() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }
}
