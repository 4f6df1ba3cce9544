package dev.chartlake.warehouse.snowflake;

import static java.util.Map.entry;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A session: statements one after the other, and the transaction they are in. */
final class SnowflakeSession implements Closeable {
    private static final Pattern COPY = Pattern.compile(
            "COPY INTO (\\w+) \\(([^)]*)\\) FROM \\(SELECT (.*) FROM (@\\S+)\\) FILES = \\('([^']*)'\\)"
                    + " FILE_FORMAT = \\((.*)\\) FORCE = TRUE ON_ERROR = ABORT_STATEMENT",
            Pattern.DOTALL);
    private static final Pattern LIST = Pattern.compile("LIST '(@[^']*)'");
    private static final Pattern REMOVE = Pattern.compile("REMOVE (@\\S+)");
    private static final Pattern STREAM = Pattern.compile("CREATE STREAM IF NOT EXISTS (\\w+) ON TABLE (\\w+) .*");
    private static final Pattern OTHER = Pattern.compile(
            "(?:CREATE (?:FILE FORMAT|STAGE|PIPE|TASK) IF NOT EXISTS|CREATE OR REPLACE PROCEDURE|ALTER TASK) .*|USE (?:ROLE|WAREHOUSE|SCHEMA) .*",
            Pattern.DOTALL);
    private static final Pattern DEFINES =
            Pattern.compile("(?:CREATE|ALTER|DROP|COMMENT|TRUNCATE)\\b.*", Pattern.DOTALL);
    private static final Pattern KEY = Pattern.compile(",\\s*(?:PRIMARY KEY|UNIQUE) \\([^)]*\\)");

    /** What Snowflake calls otherwise than DuckDB. */
    private static final List<Map.Entry<Pattern, String>> WORDS = List.of(
            entry(Pattern.compile("\\bTIMESTAMP_NTZ\\(6\\)"), "TIMESTAMP"),
            entry(
                    Pattern.compile("CURRENT_TIMESTAMP\\(\\)::TIMESTAMP_NTZ"),
                    "CAST(now() AT TIME ZONE 'UTC' AS TIMESTAMP)"),
            entry(Pattern.compile("\\bVARIANT\\b"), "JSON"),
            entry(Pattern.compile("\\bTRY_TO_DATE\\((SPLIT_PART\\([^)]*\\))\\)"), "TRY_CAST($1 AS DATE)"),
            entry(Pattern.compile("\\bTO_DATE\\(\\?\\)"), "CAST(? AS DATE)"),
            entry(Pattern.compile("\\bTO_VARCHAR\\(([\\w.]+), 'YYYY-MM-DD'\\)"), "strftime($1, '%Y-%m-%d')"),
            entry(Pattern.compile("\\bRLIKE\\b"), "SIMILAR TO"),
            entry(Pattern.compile("\\bTO_JSON\\(manifest\\)"), "CAST(manifest AS VARCHAR)"),
            entry(Pattern.compile("\\bDATEADD\\(day, -30, ([^;]*)\\)$"), "($1 - INTERVAL 30 DAY)"),
            entry(Pattern.compile(" PRIMARY KEY\\b(?! \\()"), " NOT NULL"),
            entry(
                    Pattern.compile("SELECT column_name, data_type FROM information_schema.columns"),
                    "SELECT column_name, CASE data_type WHEN 'VARCHAR' THEN 'TEXT' WHEN 'INTEGER' THEN 'NUMBER'"
                            + " WHEN 'BIGINT' THEN 'NUMBER' WHEN 'TIMESTAMP' THEN 'TIMESTAMP_NTZ' ELSE data_type END"
                            + " FROM information_schema.columns"),
            entry(Pattern.compile("table_name = ('[^']*')"), "upper(table_name) = $1"),
            entry(
                    Pattern.compile("CURRENT_DATABASE\\(\\), CURRENT_SCHEMA\\(\\), CURRENT_WAREHOUSE\\(\\)"),
                    "'CHARTLAKE', 'PUBLIC', 'CHARTLAKE_WH'"),
            entry(Pattern.compile("CURRENT_SCHEMA\\(\\)"), "'main'"));

    private final SnowflakeEngine engine;
    private final Connection duckDb;
    private final Map<String, Long> streamsRead = new HashMap<>();
    private boolean autoCommit = true;
    private boolean begun;
    private boolean locked;

    SnowflakeSession(SnowflakeEngine engine, Connection duckDb) {
        this.engine = engine;
        this.duckDb = duckDb;
    }

    SnowflakeResult execute(String text, List<@Nullable String> binds)
            throws SnowflakeFailure, SQLException, IOException {
        String sql = text.replaceAll("/\\*.*?\\*/", "")
                .strip()
                .replaceFirst(";$", "")
                .strip();
        switch (sql.toLowerCase(java.util.Locale.ROOT)) {
            case "begin transaction", "begin" -> begun = true;
            case "commit" -> end("COMMIT");
            case "rollback" -> end("ROLLBACK");
            default -> {
                return statement(sql, binds);
            }
        }
        return SnowflakeResult.DONE;
    }

    private SnowflakeResult statement(String sql, List<@Nullable String> binds)
            throws SnowflakeFailure, SQLException, IOException {
        if (sql.toLowerCase(java.util.Locale.ROOT).startsWith("alter session ")) {
            Matcher setting =
                    Pattern.compile("(?i)autocommit\\s*=\\s*(true|false)").matcher(sql);
            if (setting.find()) {
                end("COMMIT");
                autoCommit = Boolean.parseBoolean(setting.group(1));
            }
            return SnowflakeResult.DONE;
        }
        if (DEFINES.matcher(sql).matches() || OTHER.matcher(sql).matches()) {
            end("COMMIT");
            // As there, it waits for transactions that change tables; two of them at once would fail here.
            engine.lock().acquireUninterruptibly();
            try {
                define(sql);
            } finally {
                engine.lock().release();
            }
            return SnowflakeResult.DONE;
        }
        if (sql.equals(SnowflakeDatabase.TAKE_LOCK) && !locked) {
            engine.lock().acquireUninterruptibly();
            locked = true;
        }
        begin();
        try {
            return inTransaction(sql, binds);
        } finally {
            if (autoCommit && !begun) {
                end("COMMIT");
            }
        }
    }

    private boolean under;

    private void begin() throws SQLException {
        if (!under) {
            run("BEGIN TRANSACTION");
            under = true;
        }
    }

    private void end(String how) throws SQLException {
        begun = false;
        try {
            if (under) {
                under = false;
                run(how);
                if (how.equals("COMMIT")) {
                    streamsRead.forEach(engine::read);
                }
            }
        } finally {
            streamsRead.clear();
            if (locked) {
                locked = false;
                engine.lock().release();
            }
        }
    }

    private void define(String sql) throws SnowflakeFailure, SQLException {
        Matcher stream = STREAM.matcher(sql);
        if (stream.matches()) {
            engine.stream(stream.group(1), stream.group(2));
        } else if (OTHER.matcher(sql).matches()) {
            engine.made(sql);
        } else {
            try {
                run(KEY.matcher(words(sql)).replaceAll(""));
            } catch (SQLException e) {
                throw explained(e);
            }
        }
    }

    private SnowflakeResult inTransaction(String sql, List<@Nullable String> binds)
            throws SnowflakeFailure, SQLException, IOException {
        Matcher copy = COPY.matcher(sql);
        if (copy.matches()) {
            return SnowflakeResult.changed(copy(copy));
        }
        Matcher list = LIST.matcher(sql);
        if (list.matches()) {
            return SnowflakeStages.list(engine, list.group(1));
        }
        Matcher remove = REMOVE.matcher(sql);
        if (remove.matches()) {
            Files.deleteIfExists(engine.path(remove.group(1)));
            return SnowflakeResult.DONE;
        }
        if (!sql.matches("(?s)(SELECT|INSERT INTO|UPDATE|DELETE FROM)\\b.*")) {
            throw new SnowflakeFailure(1003, "42000", "SQL compilation error:\nunexpected '" + sql + "'.");
        }
        return plain(sql, binds);
    }

    private SnowflakeResult plain(String sql, List<@Nullable String> binds) throws SnowflakeFailure, SQLException {
        String rewritten = words(sql);
        for (Map.Entry<String, String> stream : engine.streams().entrySet()) {
            if (rewritten.contains("FROM " + stream.getKey())) {
                long upTo = Long.parseLong(
                        String.valueOf(query("SELECT coalesce(max(rowid) + 1, 0) FROM " + stream.getValue(), List.of())
                                .rows()
                                .get(0)
                                .get(0)));
                if (!sql.startsWith("SELECT")) {
                    streamsRead.put(stream.getKey(), upTo);
                }
                rewritten = rewritten.replace(
                        "FROM " + stream.getKey(),
                        "FROM (SELECT * FROM " + stream.getValue() + " WHERE rowid >= " + engine.offset(stream.getKey())
                                + ")");
            }
        }
        try {
            return query(rewritten, binds);
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    private long copy(Matcher copy) throws SnowflakeFailure, SQLException {
        boolean csv = copy.group(6).contains("CSV") || copy.group(6).contains("_csv");
        Path file = engine.path(copy.group(4)).resolve(copy.group(5));
        if (!Files.isRegularFile(file)) {
            throw new SnowflakeFailure(91016, "22000", "Remote file '" + copy.group(5) + "' was not found.");
        }
        String values = csv
                ? copy.group(3).replaceAll("\\$(\\d+)::", "c$1::")
                : copy.group(3).replaceAll("\\$1:(\\w+)::", "$1::");
        String from = csv
                ? "read_csv('" + file
                        + "', header = false, skip = 1, all_varchar = true, quote = '\"', escape = '\"', delim = ',',"
                        + " null_padding = true, max_line_size = 100000000, names = ["
                        + names(copy.group(3)) + "], allow_quoted_nulls = false)"
                : "read_parquet('" + file + "', hive_partitioning = false)";
        try {
            return query(
                            "INSERT INTO " + copy.group(1) + " (" + copy.group(2) + ") SELECT " + words(values)
                                    + " FROM " + from,
                            List.of())
                    .changed();
        } catch (SQLException e) {
            throw new SnowflakeFailure(100038, "22018", String.valueOf(e.getMessage()));
        }
    }

    private static String names(String values) {
        List<String> names = new ArrayList<>();
        for (Matcher column = Pattern.compile("\\$(\\d+)::").matcher(values); column.find(); ) {
            names.add("'c" + column.group(1) + "'");
        }
        return String.join(", ", names);
    }

    private static String words(String sql) {
        String text = sql;
        for (Map.Entry<Pattern, String> word : WORDS) {
            text = word.getKey().matcher(text).replaceAll(word.getValue());
        }
        return text;
    }

    private void run(String sql) throws SQLException {
        try (var statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    private SnowflakeResult query(String sql, List<@Nullable String> binds) throws SQLException {
        try (var statement = duckDb.prepareStatement(sql)) {
            for (int i = 0; i < binds.size(); i++) {
                statement.setString(i + 1, binds.get(i));
            }
            if (!statement.execute()) {
                return SnowflakeResult.changed(statement.getLargeUpdateCount());
            }
            try (var rows = statement.getResultSet()) {
                if (!sql.startsWith("SELECT")) {
                    rows.next();
                    return SnowflakeResult.changed(rows.getLong(1));
                }
                return SnowflakeStages.result(rows);
            }
        }
    }

    private static SnowflakeFailure explained(SQLException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("does not exist")) {
            return new SnowflakeFailure(
                    2003, "42S02", "SQL compilation error:\nObject does not exist or not authorized: " + said);
        }
        return new SnowflakeFailure(904, "42000", "SQL compilation error:\n" + said);
    }

    @Override
    public void close() throws IOException {
        try {
            end("ROLLBACK");
            duckDb.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
