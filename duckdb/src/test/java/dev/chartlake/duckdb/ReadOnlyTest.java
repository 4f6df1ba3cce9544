package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.model.Table;
import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class ReadOnlyTest {
    private Path root = Path.of("");
    private Path folder = Path.of("");
    private List<String> before = List.of();
    private QueryEngine engine = new Closed();

    @BeforeAll
    void fill(@TempDir Path root) throws IOException {
        this.root = root;
        folder = root.resolve("lake");
        Files.writeString(root.resolve("secret.csv"), "secret\n1\n");
        new LakeFolder(folder)
                .csv(Table.ARTISTS, "2021-03-25", "a,2021-03-25 12:00:00,A,")
                .parquet(Table.ARTISTS, "2021-03-26", "SELECT 'b' AS artist_id, 'B' AS artist_name");
        engine = new DuckDbLake(folder, LakeFolder.OPEN);
        before = files();
    }

    @AfterEach
    void nothingWasWrittenAndTheEngineStillWorks() throws IOException {
        assertThat(files()).isEqualTo(before);
        assertThat(LakeFolder.csv(engine, "SELECT count(*) AS n FROM artists")).isEqualTo("n\n2\n");
    }

    @AfterAll
    void close() throws IOException {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM artists",
                "select 1;",
                " -- why\n/* not */ SELECT 1 ; ; -- done",
                "(SELECT 1)",
                "WITH a AS (SELECT 1) FROM a",
                "FROM artists",
                "VALUES (1), (2)",
                "TABLE artists",
                "SHOW TABLES",
                "SHOW artists",
                "DESCRIBE artists",
                "DESCRIBE SELECT 1",
                "SUMMARIZE artists",
                "EXPLAIN SELECT * FROM artists",
                "EXPLAIN ANALYZE SELECT * FROM artists",
                "explain (analyze, format json) select 1",
                "PIVOT artist_days ON snapshot_date USING count(*)",
                "PIVOT artist_days ON snapshot_date USING count(*);\n",
                "PIVOT artist_days ON snapshot_date IN (DATE '2021-03-25') USING count(*)",
                "FROM (PIVOT artist_days ON snapshot_date USING count(*) GROUP BY artist_id)",
                "WITH p AS (PIVOT artist_days ON snapshot_date USING count(*)) FROM p",
                "UNPIVOT artists ON artist_name, url",
                "SELECT * FROM range(3)",
                "SELECT version()",
                "SELECT 'COPY x TO y; DROP TABLE z' AS \"INSERT\"",
                "SELECT artist_name AS query FROM artists WHERE artist_name ILIKE '%enable_logging%;%'",
                "SELECT * FROM artists ORDER BY ALL",
                "SELECT 1 WHERE false",
            })
    void aQueryRuns(String sql) throws IOException {
        assertThat(LakeFolder.csv(engine, sql)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY (SELECT 1) TO '%s/evil.csv'",
                "COPY artists TO '%s/evil.parquet'",
                "EXPLAIN ANALYZE COPY (SELECT 1) TO '%s/evil.csv'",
                "EXPLAIN (ANALYZE, FORMAT JSON) COPY (SELECT 1) TO '%s/evil.csv'",
                "/* x */ EXPLAIN ANALYZE COPY (SELECT 1) TO '%s/evil.csv'",
                "EXPLAIN EXPLAIN ANALYZE COPY (SELECT 1) TO '%s/evil.csv'",
                "INSERT INTO artists VALUES (1)",
                "UPDATE artists SET url = ''",
                "DELETE FROM artists",
                "MERGE INTO artists USING artists AS o ON true WHEN MATCHED THEN DELETE",
                "WITH a AS (SELECT 1) INSERT INTO artists FROM a",
                "CREATE TABLE t AS SELECT 1",
                "CREATE TEMP TABLE t AS SELECT 1",
                "CREATE OR REPLACE VIEW artists AS SELECT 1",
                "CREATE MACRO f() AS 1",
                "CREATE SECRET s (TYPE s3)",
                "DROP VIEW artists",
                "ALTER VIEW artists RENAME TO others",
                "ATTACH '%s/x.db'",
                "DETACH memory",
                "USE memory",
                "EXPORT DATABASE '%s/dump'",
                "IMPORT DATABASE '%s/dump'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET threads = 1",
                "SET VARIABLE x = 1",
                "RESET ALL",
                "SET lock_configuration = false",
                "PRAGMA enable_profiling",
                "PRAGMA version",
                "CALL enable_logging()",
                "CHECKPOINT",
                "VACUUM",
                "ANALYZE",
                "BEGIN",
                "COMMIT",
                "ROLLBACK",
                "PREPARE p AS SELECT 1",
                "EXECUTE p",
                "DEALLOCATE p",
            })
    void anythingElseIsRefused(String sql) {
        var inLake = sql.replace("%s", folder.resolve("transformed_data").toString());
        assertThatThrownBy(() -> LakeFolder.csv(engine, inLake))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("Only queries run here, and this statement is none: \"")
                .hasMessageContaining("Start with SELECT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 2",
                "SELECT 1; COPY (SELECT 1) TO '%s/evil.csv'",
                "COPY (SELECT 1) TO '%s/evil.csv'; SELECT 1",
                "PIVOT artist_days ON snapshot_date USING count(*); COPY (SELECT 1) TO '%s/evil.csv'",
                "FROM artists; PIVOT artist_days ON snapshot_date USING count(*)",
                "COPY (PIVOT artist_days ON snapshot_date USING count(*)) TO '%s/evil.csv'",
                "CREATE TABLE t AS PIVOT artist_days ON snapshot_date USING count(*)",
                "WITH pivot AS (SELECT 1) INSERT INTO artists FROM pivot",
                "SELECT * FROM enable_logging(storage = 'file', storage_path = '%s/log')",
                "SELECT * FROM enable_profiling(format = 'json', save_location = '%s/profile.json')",
                "FROM system.main.ENABLE_LOGGING()",
                "FROM \"enable_logging\"()",
                "SELECT (SELECT count(*) FROM enable_logging())",
                "DESCRIBE FROM enable_logging()",
                "EXPLAIN ANALYZE FROM enable_logging()",
                "FROM disable_logging()",
                "FROM checkpoint()",
                "FROM query('FROM enable_logging()')",
                "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
                "FROM (PIVOT (FROM enable_logging()) ON 1 USING count(*))",
                "PIVOT (FROM \"enable_logging\"()) ON 1 USING count(*)",
                "PIVOT (FROM query('FROM enable_' || 'logging()')) ON 1 USING count(*)",
                "FROM read_csv('/etc/passwd')",
                "FROM read_text('/etc/passwd')",
                "FROM read_blob('/etc/hostname')",
                "FROM sniff_csv('/etc/passwd')",
                "FROM '/etc/passwd'",
                "FROM '%s/../../secret.csv'",
                "FROM read_text('%s/../../secret.csv')",
                "FROM read_text('%s_other/x')",
                "FROM glob('/etc/*')",
                "FROM glob('%s/../*')",
                "FROM read_parquet('https://example.com/x.parquet')",
                "FROM read_parquet('s3://bucket/x.parquet')",
                "FROM read_duckdb('%s/x.db')",
                "FROM arrow_scan_dumb(NULL, NULL, NULL)",
                "SELECT getenv('HOME')",
                "SELECT ?",
                "SELECT $1",
                "SELECT FROM",
                "SELECT ((((",
                "",
                "  ",
                ";",
                "-- nothing",
                "\0",
            })
    void noWayAroundIt(String sql) {
        var inLake = sql.replace("%s", folder.resolve("transformed_data").toString());
        assertThatThrownBy(() -> LakeFolder.csv(engine, inLake))
                .isInstanceOf(QueryException.class)
                .message()
                .isNotBlank()
                .doesNotContain("\n", "unsuccessful or closed");
    }

    @Test
    void aVeryDeepQueryIsRefusedOrRunButNeverBreaksTheEngine() {
        for (var sql : List.of(
                "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000), "SELECT 1" + " + 1".repeat(20_000))) {
            try {
                LakeFolder.csv(engine, sql);
            } catch (QueryException e) {
                assertThat(e).hasMessageNotContaining("\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void anUnknownTableIsAnsweredWithTheViews() {
        assertThatThrownBy(() -> LakeFolder.csv(engine, "SELECT * FROM song"))
                .hasMessageStartingWith("Catalog Error: Table with name song does not exist!")
                .hasMessageContaining(" The views are: album_artists, album_days, album_stats,")
                .hasMessageEndingWith(" song_stats, song_stats_by_recording, songs.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT titel FROM artists", "SELECT a.titel FROM artists a", "FROM artists WHERE titel = 1"})
    void anUnknownColumnIsAnsweredWithTheViewsColumns(String sql) {
        assertThatThrownBy(() -> LakeFolder.csv(engine, sql))
                .hasMessageContaining("titel")
                .hasMessageEndingWith(
                        " The columns of artists are: last_seen_on, artist_id, observed_at, artist_name, url.");
    }

    @Test
    void aSyntaxErrorSaysWhere() {
        assertThatThrownBy(() -> LakeFolder.csv(engine, "SELEC 1"))
                .hasMessage("The query is not valid SQL: syntax error at or near \"SELEC\"");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    private static final class Closed implements QueryEngine {
        @Override
        public void run(String sql, ResultSink sink) {
            throw new IllegalStateException("not open yet");
        }

        @Override
        public void close() {}
    }
}
