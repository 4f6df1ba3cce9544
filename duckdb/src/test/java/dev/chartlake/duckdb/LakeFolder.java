package dev.chartlake.duckdb;

import dev.chartlake.lake.Checksums;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.print.ResultFormat;
import dev.chartlake.query.QueryEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A lake on disk, filled by hand: Parquet with DuckDB, CSV as text. */
record LakeFolder(Path root) {
    static final ReadGuard OPEN = () -> () -> {};

    /** Writes a day of Parquet; {@code rows} is a SELECT with any of the table's columns, the rest are null. */
    LakeFolder parquet(Table table, String day, String rows) {
        var columns = table.columns().stream()
                .map(column -> "CAST(" + column.name() + " AS " + type(column) + ") AS " + column.name())
                .collect(Collectors.joining(", "));
        var nothing = table.columns().stream()
                .map(column -> "NULL AS " + column.name())
                .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
        var file = file(table, day, "part-0.parquet").toString().replace("'", "''");
        try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckDb.createStatement()) {
            statement.execute("COPY (SELECT " + columns + " FROM (" + nothing + " UNION ALL BY NAME " + rows + ")) TO '"
                    + file + "' (FORMAT parquet)");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return commit(day);
    }

    /** Writes a day of CSV: the header, then {@code lines} as they are. */
    LakeFolder csv(Table table, String day, String... lines) {
        var header = table.columns().stream().map(Column::name).collect(Collectors.joining(","));
        try {
            Files.writeString(file(table, day, "part-0.csv"), header + "\n" + String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return commit(day);
    }

    /** Writes the manifest of a day whose files are right as they are. */
    LakeFolder commit(String day) {
        var date = LocalDate.parse(day);
        try {
            var parts = new ArrayList<TablePart>();
            for (var table : Table.values()) {
                parts.add(part(table, date));
            }
            var manifest = root.resolve(Manifest.key(date));
            Files.createDirectories(manifest.getParent());
            Files.write(
                    manifest,
                    ManifestFile.write(new Manifest(date, List.of(), parts, 0, 0, 0, List.of(), List.of(), List.of())));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TablePart part(Table table, LocalDate date) throws IOException {
        for (var name : List.of("part-0.parquet", "part-0.csv")) {
            var key = table.partition(date) + name;
            if (Files.exists(root.resolve(key))) {
                var sum = Checksums.of(() -> Files.newInputStream(root.resolve(key)));
                return new TablePart(table.sqlName(), 1, key, sum.size(), sum.crc32c());
            }
        }
        return new TablePart(table.sqlName(), 0, "", 0, "");
    }

    Path file(Table table, String day, String name) {
        try {
            var folder = root.resolve(table.partition(LocalDate.parse(day)));
            Files.createDirectories(folder);
            return folder.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one query and returns what the CSV printer prints. */
    String query(String sql) {
        try (var engine = new DuckDbLake(root, OPEN)) {
            return csv(engine, sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String csv(QueryEngine engine, String sql) throws IOException {
        return print(engine, ResultFormat.CSV, sql, 0);
    }

    static String print(QueryEngine engine, ResultFormat format, String sql, int width) throws IOException {
        var out = new StringWriter();
        var notes = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        engine.run(sql, format.printer(out, notes, width));
        return out.toString();
    }

    private static String type(Column column) {
        return column.type() == ColumnType.TEXT ? "VARCHAR" : column.type().name();
    }
}
