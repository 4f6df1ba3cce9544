package dev.chartlake.sql;

import static java.util.stream.Collectors.joining;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The SQL of the views over one lake folder.
 *
 * <p>The relations that hold every day's rows derive from {@link Table}; the views on top of them are the {@code .sql}
 * files in {@code views/}. A relation reads its files by pattern, so a new day needs no new view. Only a format that
 * appears for the first time, or is gone, does, because a pattern that matches no file is an error in DuckDB.
 */
final class LakeViews {
    /** Each view in {@code views/}, after those it reads from. */
    static final List<String> DERIVED = List.of("songs", "albums", "artists", "artist_songs");

    private static final Pattern DAY = Pattern.compile("snapshot_date=\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final String DAY_GLOB = "snapshot_date=????-??-??";

    /** The formats a partition can have. */
    enum Format {
        PARQUET,
        CSV;

        String file() {
            return this == PARQUET ? "part-0.parquet" : "part-0.csv";
        }
    }

    private final Path tables;

    LakeViews(Path lake) {
        this.tables = lake.resolve(Table.ROOT);
    }

    /** The view that holds every day's rows of a table: the table's own name, or {@code song_days} for {@code songs}. */
    static String days(Table table) {
        return switch (table) {
            case SONGS -> "song_days";
            case ALBUMS -> "album_days";
            case ARTISTS -> "artist_days";
            default -> table.sqlName();
        };
    }

    /** All views, sorted. */
    static List<String> names() {
        var names = new ArrayList<String>();
        for (var table : Table.values()) {
            names.add(days(table));
        }
        names.addAll(DERIVED);
        Collections.sort(names);
        return names;
    }

    /** The views that the view {@code name} reads, and those that these read. */
    static Set<String> sources(String name) {
        var sources = new HashSet<String>();
        if (DERIVED.contains(name)) {
            WORD.matcher(derivedView(name)).results().forEach(word -> sources.add(word.group()));
            sources.retainAll(names());
            sources.remove(name);
            List.copyOf(sources).forEach(source -> sources.addAll(sources(source)));
        }
        return sources;
    }

    /** Which formats a table has in the lake now. Looks at names alone; no file is opened. */
    Set<Format> formats(Table table) {
        var folder = new File(tables.toFile(), table.folder());
        var found = EnumSet.noneOf(Format.class);
        var days = folder.list();
        for (var day : days == null ? new String[0] : days) {
            if (!DAY.matcher(day).matches()) {
                continue;
            }
            for (var format : EnumSet.complementOf(found)) {
                if (new File(folder, day + "/" + format.file()).exists()) {
                    found.add(format);
                }
            }
            if (found.size() == Format.values().length) {
                break;
            }
        }
        return found;
    }

    /** The statement that makes the view of every day's rows, for the formats that are there. */
    String daysView(Table table, Set<Format> formats) {
        var select = "SELECT "
                + columns(table)
                        .map(column -> "CAST(%1$s AS %2$s) AS %1$s".formatted(column.name(), type(column.type())))
                        .collect(joining(", "));
        var rows = formats.isEmpty()
                ? "SELECT "
                        + columns(table)
                                .map(column ->
                                        "CAST(NULL AS %2$s) AS %1$s".formatted(column.name(), type(column.type())))
                                .collect(joining(", "))
                        + " WHERE false"
                : formats.stream()
                        .map(format -> select + " FROM " + read(table, format))
                        .collect(joining(" UNION ALL "));
        return "CREATE OR REPLACE VIEW " + days(table) + " AS " + rows;
    }

    /** The statement that makes one of {@link #DERIVED}. */
    static String derivedView(String name) {
        return "CREATE OR REPLACE VIEW " + name + " AS " + resource("views/" + name + ".sql");
    }

    /** The folder of all tables as a list for {@code allowed_directories}, which compares patterns as they are written. */
    String folders() {
        return "[" + literal(slashes(tables)) + ", " + literal(glob(tables)) + "]";
    }

    private String read(Table table, Format format) {
        var files = literal(glob(tables) + "/" + table.folder() + "/" + DAY_GLOB + "/" + format.file());
        var partition = "hive_partitioning = true, hive_types = {'snapshot_date': DATE}";
        if (format == Format.PARQUET) {
            return "read_parquet(" + files + ", " + partition + ")";
        }
        var schema = table.columns().stream()
                .map(column -> literal(column.name()) + ": " + literal(type(column.type())))
                .collect(joining(", ", "{", "}"));
        return "read_csv(" + files + ", " + partition + ", columns = " + schema
                + ", auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', new_line = '\\n'"
                + ", nullstr = '', allow_quoted_nulls = false)";
    }

    private static Stream<Column> columns(Table table) {
        return Stream.concat(Stream.of(Table.SNAPSHOT_DATE), table.columns().stream());
    }

    private static String type(ColumnType type) {
        return type == ColumnType.TEXT ? "VARCHAR" : type.name();
    }

    /** The path with forward slashes, and with brackets around characters that are patterns. */
    private static String glob(Path path) {
        return slashes(path).replaceAll("[\\[*?]", "[$0]");
    }

    static String slashes(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String resource(String name) {
        try (InputStream in = LakeViews.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is missing from the application");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
