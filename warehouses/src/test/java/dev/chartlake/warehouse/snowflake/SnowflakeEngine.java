package dev.chartlake.warehouse.snowflake;

import dev.chartlake.store.LocalStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import org.duckdb.DuckDBConnection;

/**
 * As much of Snowflake as Chartlake's statements need, on DuckDB: any statement that Chartlake does not send is refused. It has
 * Snowflake's own ways where they matter: what defines something ends the transaction, keys are not checked, the names of a
 * stage are prefixes, a stream moves on only when a transaction that read it is committed.
 */
final class SnowflakeEngine implements Closeable {
    private final DuckDBConnection database;
    private final Map<String, Path> stages = new TreeMap<>();
    private final Semaphore lock = new Semaphore(1);
    private final Map<String, String> streams = new TreeMap<>();
    private final Map<String, Long> offsets = new TreeMap<>();
    private final Set<String> made = new TreeSet<>();

    /** {@code lake} is what the external stage shows, {@code user} is the user's own stage. */
    SnowflakeEngine(Path lake, Path user) throws SQLException {
        database = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        try (var statement = database.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
        }
        stages.put("@chartlake_lake", lake.resolve("transformed_data"));
        stages.put("@~", user);
    }

    /** A lake's folder is what a bucket is. */
    static SnowflakeEngine of(LocalStore lake, Path user) throws SQLException {
        return new SnowflakeEngine(lake.root(), user);
    }

    SnowflakeSession session() throws SQLException {
        return new SnowflakeSession(this, database.duplicate());
    }

    /** A connection to look into the tables. */
    Connection inside() throws SQLException {
        return database.duplicate();
    }

    Semaphore lock() {
        return lock;
    }

    /** Where a location such as {@code @stage/folder/} is. */
    Path path(String location) throws SnowflakeFailure {
        for (Map.Entry<String, Path> stage : stages.entrySet()) {
            if (location.equals(stage.getKey()) || location.startsWith(stage.getKey() + "/")) {
                Path root = stage.getValue().toAbsolutePath().normalize();
                Path path = root.resolve(
                                location.substring(stage.getKey().length()).replaceFirst("^/", ""))
                        .normalize();
                if (path.startsWith(root)) {
                    return path;
                }
            }
        }
        throw new SnowflakeFailure(2003, "02000", "Stage '" + location + "' does not exist or not authorized.");
    }

    /** Notes what else is made, such as a pipe. */
    void made(String what) {
        made.add(what);
    }

    Set<String> made() {
        return made;
    }

    void stream(String name, String table) {
        streams.putIfAbsent(name, table);
        offsets.putIfAbsent(name, 0L);
    }

    Map<String, String> streams() {
        return streams;
    }

    long offset(String stream) {
        return offsets.getOrDefault(stream, 0L);
    }

    void read(String stream, long upTo) {
        offsets.put(stream, upTo);
    }

    /** As {@code SYSTEM$STREAM_HAS_DATA}. */
    boolean hasData(String stream) throws SQLException {
        try (Connection connection = inside();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT coalesce(max(rowid) + 1, 0) FROM " + streams.get(stream))) {
            rows.next();
            return rows.getLong(1) > offset(stream);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            database.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
