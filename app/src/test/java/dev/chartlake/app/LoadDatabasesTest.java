package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.views.Views;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the command to the rows in a real Postgres, and in a DuckDB file. */
class LoadDatabasesTest {
    private static final String SECRET = "correct horse";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static Lake lake;

    @BeforeAll
    static void makeLake() throws Exception {
        postgres = EmbeddedPostgres.start();
        lake = new Lake(folder.resolve("lake"));
        Console.run(() -> Main.run("demo", "--once", "--lake", lake.root().toString()))
                .with(ExitCode.DONE);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void postgresHasTheLakesRowsAndViews() throws Exception {
        Map<String, String> environment = environment("rows");
        String planned = lake.run(environment, "load", "postgres", "--dry-run")
                .with(ExitCode.DONE)
                .out();
        assertThat(planned).contains("2026-11-21  ").endsWith(". Nothing was changed.\n");
        assertThat(lake.keys("_chartlake")).noneMatch(key -> key.contains("lake_id"));
        String loaded =
                lake.run(environment, "load", "postgres").with(ExitCode.DONE).out();
        assertThat(loaded).startsWith("Loaded ").contains(" days into postgres, ");
        assertThat(rowsIn(planned)).isEqualTo(rowsIn(loaded));
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            connection.setSchema("rows");
            compare(connection, lake);
        }
        assertThat(lake.run(environment, "load", "postgres").with(ExitCode.DONE).out())
                .isEqualTo("Nothing new for postgres.\n");
        Files.delete(lake.at("_chartlake/loads/postgres.json"));
        assertThat(lake.run(environment, "load", "postgres").with(ExitCode.DONE).out())
                .isEqualTo("Nothing new for postgres.\n");
    }

    private static String rowsIn(String told) {
        return told.replaceAll("(?s).*: ([0-9,]+ rows?)\\..*", "$1");
    }

    @Test
    void aDuckDbFileHasTheLakesRowsAndViews() throws Exception {
        Path config = folder.resolve("file.yaml");
        Files.writeString(config, "load:\n  duckdb:\n    path: charts.duckdb\n");
        lake.run(Map.of(), "load", "--config", config.toString()).with(ExitCode.DONE);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("charts.duckdb"))) {
            compare(connection, lake);
        }
        assertThat(lake.run(Map.of(), "load", "duckdb").with(ExitCode.USAGE).err())
                .contains("load duckdb needs a file: set load.duckdb.path");
    }

    @Test
    void aSqliteFileHasTheLakesRows() throws Exception {
        Path file = folder.resolve("charts.sqlite");
        lake.run(Map.of("CHARTLAKE_SQLITE_FILE", file.toString()), "load", "sqlite")
                .with(ExitCode.DONE);
        String entries = "SELECT CAST(snapshot_date AS VARCHAR), playlist_id, position, coalesce(song_id, '-'),"
                + " coalesce(song_name, '-'), CAST(observed_at AS VARCHAR) FROM playlist_entries";
        String songs =
                "SELECT song_id, song_name, popularity, CAST(last_seen_on AS VARCHAR) FROM songs WHERE popularity > 0";
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            for (String query : List.of(entries, songs)) {
                assertThat(rows(connection, query)).isNotEmpty().isEqualTo(sorted(lake.rows(query)));
            }
        }
    }

    @Test
    void ofRecordedInputEveryViewHasTheSameRows() throws Exception {
        String data = System.getenv("CHARTLAKE_REAL_DATA");
        assumeThat(data)
                .as("set CHARTLAKE_REAL_DATA to a folder with recorded input")
                .isNotNull();
        Lake recorded = new Lake(folder.resolve("recorded"));
        for (String part : List.of("history", "charts")) {
            recorded.importing(Path.of(data, part)).with(ExitCode.DONE);
        }
        recorded.transform().with(ExitCode.DONE);
        recorded.run(environment("recorded"), "load", "postgres").with(ExitCode.DONE);
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            connection.setSchema("recorded");
            compare(connection, recorded);
            for (String view : Views.names()) {
                String query = "SELECT " + columns(connection, view) + " FROM " + view;
                assertThat(rows(connection, query)).as(view).isEqualTo(sorted(recorded.rows(query)));
            }
            assertThat(rows(connection, "SELECT count(*) > 500 FROM chart_history"))
                    .containsExactly("t");
        }
    }

    /** All columns of a view as texts; of shares millionths, because engines write 0.0 and 0. */
    private static String columns(Connection connection, String view) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + view + " WHERE 1 = 0")) {
            for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
                String name = none.getMetaData().getColumnName(i);
                boolean share = none.getMetaData().getColumnType(i) == Types.DOUBLE;
                String value = share ? "CAST(1000000 * " + name + " AS BIGINT)" : name;
                columns.add("coalesce(CAST(" + value + " AS VARCHAR), '-')");
            }
        }
        return String.join(", ", columns);
    }

    /** Every table row by row, and a view of history. */
    private static void compare(Connection connection, Lake lake) throws Exception {
        for (Table table : Table.values()) {
            String columns = Stream.concat(Stream.of(Table.SNAPSHOT_DATE), table.columns().stream())
                    .map(Column::name)
                    .map(name -> "coalesce(CAST(" + name + " AS VARCHAR), '-')")
                    .collect(Collectors.joining(", "));
            String query = "SELECT " + columns + " FROM " + Views.days(table);
            assertThat(rows(connection, query)).as(table.sqlName()).isEqualTo(sorted(lake.rows(query)));
        }
        String history =
                "SELECT coalesce(market, '-'), playlist_id, CAST(snapshot_date AS VARCHAR), song_id, position, status,"
                        + " peak, periods, streak FROM chart_history_by_recording";
        assertThat(rows(connection, history)).isNotEmpty().isEqualTo(sorted(lake.rows(history)));
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = connection.createStatement().executeQuery(query)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join("|", row));
            }
        }
        return sorted(rows);
    }

    @Test
    void whatIsWrongIsToldWithItsExitCodeAndWithoutThePassword() throws Exception {
        Map<String, String> environment = environment("wrong");
        environment.put("PGPASSWORD", SECRET);
        environment.put("PGDATABASE", "elsewhere");
        Ended ended = lake.run(environment, "load", "postgres").with(ExitCode.USAGE);
        assertThat(ended.err())
                .contains("Not loaded into postgres: ", "database \"elsewhere\" does not exist")
                .doesNotContain(SECRET);
        environment.put("PGPORT", "1");
        ended = lake.run(environment, "load", "postgres").with(ExitCode.SOME_FAILED);
        assertThat(ended.err()).contains("Check PGHOST and PGPORT").doesNotContain(SECRET);
        Path config = folder.resolve("secret.yaml");
        Files.writeString(config, "load:\n  postgres:\n    password: " + SECRET + "\n");
        ended = lake.run(environment, "load", "--config", config.toString()).with(ExitCode.USAGE);
        assertThat(ended.err()).contains("unknown key 'load.postgres.password'").doesNotContain(SECRET);
    }

    /** A new schema, and how to reach it. */
    private static Map<String, String> environment(String schema) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        return new HashMap<>(Map.of(
                "PGHOST", "127.0.0.1",
                "PGPORT", Integer.toString(postgres.getPort()),
                "PGUSER", "postgres",
                "PGDATABASE", "postgres",
                "CHARTLAKE_POSTGRES_SCHEMA", schema));
    }
}
