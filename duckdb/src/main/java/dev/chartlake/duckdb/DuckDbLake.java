package dev.chartlake.duckdb;

import dev.chartlake.duckdb.ReadOnlyCheck.Accepted;
import dev.chartlake.duckdb.ReadOnlyCheck.Kind;
import dev.chartlake.duckdb.files.ChangedLakeException;
import dev.chartlake.duckdb.files.LakeFiles;
import dev.chartlake.model.Table;
import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultSink;
import dev.chartlake.query.SqlText;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.views.Views;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * SQL over a lake in a local folder, with DuckDB inside this process.
 *
 * <p>Views: {@code playlists}, {@code playlist_entries}, {@code song_artists}, {@code album_artists}, {@code song_days},
 * {@code album_days} and {@code artist_days} hold every day's rows; {@code songs}, {@code albums} and {@code artists}
 * one row per id with the newest known value of each field; {@code artist_songs} a song with each of its artists; the
 * others, from {@code chart_history} on, what became of songs on lists. All exist, with the same columns and types,
 * whatever lies in the lake; {@code snapshot_date} comes first where there is one, or {@code last_seen_on}.
 *
 * <p>Each day of a table is one file, {@code part-0.parquet} or {@code part-0.csv}, and the two may be mixed. CSV is
 * UTF-8 with a header, the columns of {@link Table} in their order, RFC 4180 quoting and LF line ends; null is an empty
 * field and the empty text is {@code ""}; values look like {@code true}, {@code 2021-03-25} and
 * {@code 2021-03-25 12:00:00} (with up to six decimals, in UTC; {@code 2021-03-25T12:00:00Z} is read as well). Files are
 * read with the declared types and never guessed at.
 *
 * <p>Nothing a query does can write to the lake, leave its tables, reach the network or change a setting. The guard is
 * held while a query reads files, so that it sees one state of the lake. It is released before the first row is printed:
 * the rows wait in a temporary folder, so a reader who takes an hour over them keeps no transform waiting.
 */
public final class DuckDbLake implements QueryEngine {
    private static final String RECORDINGS = "kept_recordings";

    private final Path lake;
    private final ReadGuard guard;
    private final Closeable held;
    private final TemporaryFolder spill;
    private final DuckDBConnection duckDb;
    private final LakeViews views;
    private final LakeFiles files;
    private final ViewsInDuckDb made;
    private final boolean still;
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    /** The query of the songs that recordings are looked for among, and the one they were worked out for; null for all. */
    private @Nullable String songsOfList;

    private @Nullable String recordingsOf;

    /** Set up when SQL from elsewhere first comes. What it learns is the same for every lake. */
    private static final class Check {
        private static final ReadOnlyCheck OF_SQL = new ReadOnlyCheck();
    }

    /**
     * Opens a lake; nothing needs to be there yet.
     *
     * @param lake the folder that holds {@code transformed_data}
     * @param guard held while a query reads the lake, such as {@code store::shared}
     * @throws IOException if there is no room for temporary files
     */
    public DuckDbLake(Path lake, ReadGuard guard) throws IOException {
        this(lake, guard, ViewSettings.DEFAULT);
    }

    /** The same, with views as the configuration says. */
    public DuckDbLake(Path lake, ReadGuard guard, ViewSettings settings) throws IOException {
        this(lake, guard, settings, () -> {}, false, Use.ONE_QUERY);
    }

    /** What a lake is opened for. */
    private enum Use {
        ONE_QUERY("256MB", TemporaryFolder.USUAL_MOST),
        REPORT("256MB", TemporaryFolder.USUAL_MOST),
        SERVING("512MB", 2L << 30);

        private final String memory;
        private final long spill;

        /** With so many bytes of temporary files at most. */
        Use(String memory, long spill) {
            this.memory = memory;
            this.spill = spill;
        }
    }

    private DuckDbLake(Path lake, ReadGuard guard, ViewSettings settings, Closeable held, boolean still, Use use)
            throws IOException {
        this.lake = lake.toAbsolutePath().normalize();
        this.guard = guard;
        this.held = held;
        this.views = new LakeViews(this.lake, use != Use.ONE_QUERY);
        refuseColumnsInPath();
        this.spill = TemporaryFolder.make();
        this.files = new LakeFiles(this.lake, still);
        this.made = new ViewsInDuckDb(views, files, settings);
        this.still = still;
        try {
            if (still) {
                made.look(); // while DuckDB is opened on another processor
            }
            this.duckDb = DuckDb.connect();
            try {
                lock(still, use);
            } catch (SQLException e) {
                duckDb.close();
                throw e;
            }
        } catch (SQLException e) {
            spill.close();
            throw new IOException("DuckDB cannot start: " + e.getMessage(), e);
        } catch (IOException e) {
            spill.close();
            throw e;
        }
    }

    /** Removes this process's own temporary files while queries run; to be called when it is about to end. */
    public static void removeTemporaryFiles() {
        TemporaryFolder.removeAll();
    }

    /** Begins to open DuckDB in the background, for the lake that is opened next. Nothing depends on it but time. */
    public static void prepare() {
        DuckDb.prepare();
    }

    /**
     * Opens a lake and holds the guard until it is closed, so that several queries see one state of it, and what the first
     * one learns of the files is true for the next ones. To be closed soon, because commits wait for it.
     */
    public static DuckDbLake still(Path lake, ReadGuard guard, ViewSettings settings) throws IOException {
        Closeable held = guard.hold();
        try {
            return new DuckDbLake(lake, () -> () -> {}, settings, held, true, Use.REPORT);
        } catch (IOException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /** Opens a lake for somebody who asks for hours, mostly about whole histories, and keeps tables. */
    public static DuckDbLake serving(Path lake, ReadGuard guard, ViewSettings settings) throws IOException {
        return new DuckDbLake(lake, guard, settings, () -> {}, false, Use.SERVING);
    }

    @Override
    public void run(String sql, ResultSink sink) throws IOException {
        run(sql, sink, 0);
    }

    /**
     * As {@link #run(String, ResultSink)}, for whoever must not keep this process busy.
     *
     * @param limit in whole seconds, at least one; a query that takes longer is stopped and a {@link QueryException}
     */
    public void run(String sql, ResultSink sink, Duration limit) throws IOException {
        run(sql, sink, Math.toIntExact(Math.max(1, limit.toSeconds())));
    }

    /** Not checked, because the application itself wrote it, and to look at it takes as long as to run it. */
    @Override
    public void runSmall(String sql, ResultSink sink) throws IOException {
        // To make views for one query or two takes longer than to read them as parts of it.
        runSmall(
                still ? Optional.of(Set.of()) : named(sql),
                () -> still ? DayQueries.inlined(sql, this::rows) : sql,
                sql,
                sink);
    }

    @Override
    public synchronized void recordingsOf(String source, String playlistId) {
        songsOfList = "SELECT song_id FROM playlist_entries WHERE source = " + SqlText.literal(source)
                + " AND playlist_id = " + SqlText.literal(playlistId);
    }

    /** What stands for a view in queries over a lake that is still: which ids are one recording is worked out once. */
    private @Nullable String rows(String view) throws IOException {
        return view.equals("recordings") ? "FROM " + recordings() : made.rows(view);
    }

    private synchronized String recordings() throws IOException {
        var sql = "SELECT * FROM recordings";
        var songs = songsOfList;
        var instead = songs == null ? null : ofSongs(songs);
        if (!Objects.equals(songs, recordingsOf) || kept.add(RECORDINGS)) {
            try (Connection connection = duckDb.duplicate();
                    var statement = connection.createStatement()) {
                var query = DayQueries.inlined(
                        sql, view -> instead != null && view.equals("song_days") ? instead : made.rows(view));
                statement.execute("CREATE OR REPLACE TABLE " + RECORDINGS + " AS " + query);
                kept.add(RECORDINGS);
                recordingsOf = songs;
            } catch (SQLException e) {
                throw explain(e, sql);
            }
        }
        return RECORDINGS;
    }

    /** The rows of {@code song_days} of these songs. */
    private String ofSongs(String songs) throws IOException {
        return "SELECT * FROM (" + made.rows("song_days") + ") AS days WHERE song_id IN ("
                + DayQueries.inlined(songs, made::rows) + ")";
    }

    /** As {@link #runSmall(String, ResultSink)}, with kept tables {@code instead} of views, as in {@link #keep(String, String, Map)}. */
    public void runSmall(String sql, Map<String, String> instead, ResultSink sink) throws IOException {
        var whole = with(instead, sql);
        var read = named(whole).map(names -> {
            var tables = new HashSet<>(instead.isEmpty() ? names : LakeViews.ofTables(names));
            tables.removeAll(instead.keySet());
            return (Set<String>) tables;
        });
        runSmall(read, () -> whole, sql, sink);
    }

    private void runSmall(Optional<Set<String>> tables, Current whole, String sql, ResultSink sink) throws IOException {
        try (Connection connection = duckDb.duplicate()) {
            run(
                    connection,
                    () -> DayQueries.withDays(whole.now(), views, files),
                    new Accepted(Kind.SMALL, tables),
                    sink,
                    0);
        } catch (SQLException e) {
            throw explain(e, sql);
        }
    }

    private String with(Map<String, String> instead, String sql) throws IOException {
        return instead.isEmpty()
                ? sql
                : DayQueries.inlined(
                        sql, view -> instead.containsKey(view) ? "FROM " + instead.get(view) : made.configured(view));
    }

    /** Without a limit for 0 seconds. */
    private void run(String sql, ResultSink sink, int seconds) throws IOException {
        try (Connection connection = duckDb.duplicate()) {
            run(connection, () -> sql, Check.OF_SQL.accept(connection, sql), sink, seconds);
        } catch (SQLException e) {
            throw explain(e, sql);
        }
    }

    /** A query that depends on the lake's files. */
    @FunctionalInterface
    private interface Current {
        String now() throws IOException;
    }

    /** With {@code sql} as the lake's files are while they are held. */
    private void run(Connection connection, Current sql, Accepted accepted, ResultSink sink, int seconds)
            throws IOException, SQLException {
        DuckDbResult result;
        try (Closeable reading = guard.hold()) {
            made.make(duckDb, views(accepted.tables()));
            result = DuckDbResult.of(connection, sql.now(), accepted.kind(), seconds);
        }
        try {
            result.print(sink);
        } catch (OutOfMemoryError e) {
            throw QueryErrors.tooLarge(e);
        }
    }

    /** Where DuckDB fails to read a file, it often does not say which: it is one that has not the bytes that were committed. */
    private QueryException explain(SQLException failure, String sql) throws IOException {
        if (QueryErrors.canBeOfFiles(failure)) {
            try (Closeable reading = guard.hold()) {
                var damage = files.damage();
                if (damage != null) {
                    throw new ChangedLakeException(damage);
                }
            }
        }
        return QueryErrors.explain(failure, sql, duckDb, lake);
    }

    /** What a query of the application's own names; in the catalogue is every view. */
    private static Optional<Set<String>> named(String sql) {
        return sql.contains("duckdb_") ? Optional.empty() : Optional.of(Views.named(sql));
    }

    /** As {@link #keep(String, String, Map)}, from the views as they are. */
    public void keep(String name, String sql) throws IOException {
        keep(name, sql, Map.of());
    }

    /**
     * Keeps the rows of a query of the application's own under a name that later queries can read from, without the lake's
     * files and as they are now. A table kept under this name before is replaced.
     *
     * @param name letters, digits and underscores, and no view's name
     * @param instead kept tables that have the rows of views, by the views' names: they are read instead, also by views
     * @throws QueryException if the query is wrong or fails
     */
    public void keep(String name, String sql, Map<String, String> instead) throws IOException {
        if (!name.matches("\\w+") || Views.everyName().contains(name)) {
            throw new IllegalArgumentException("Not a name for a table of its own: " + name);
        }
        var whole = with(instead, sql);
        try (Connection connection = duckDb.duplicate();
                var statement = connection.createStatement()) {
            try (Closeable reading = guard.hold()) {
                made.make(duckDb, named(whole).map(names -> instead.isEmpty() ? names : LakeViews.ofTables(names)));
                statement.execute(
                        "CREATE OR REPLACE TABLE " + name + " AS " + DayQueries.withDays(whole, views, files));
                kept.add(name);
            }
        } catch (SQLException e) {
            throw explain(e, sql);
        }
    }

    /** Gives up a kept table; without effect if there is none of that name. */
    public void forget(String name) throws IOException {
        if (kept.remove(name)) {
            try (Connection connection = duckDb.duplicate();
                    var statement = connection.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS " + name);
            } catch (SQLException e) {
                throw explain(e, "DROP TABLE " + name);
            }
        }
    }

    private Optional<Set<String>> views(Optional<Set<String>> tables) {
        return tables.map(names -> {
            var views = new HashSet<>(names);
            views.removeAll(kept);
            return views;
        });
    }

    @Override
    public void close() throws IOException {
        try {
            duckDb.close();
        } catch (SQLException e) {
            throw new IOException("DuckDB did not close: " + e.getMessage(), e);
        } finally {
            try (held) {
                spill.close();
            }
        }
    }

    private void lock(boolean still, Use use) throws SQLException {
        var settings = new ArrayList<>(spill.settings(use.spill));
        settings.addAll(List.of(
                "TimeZone = 'UTC'",
                "memory_limit = " + SqlText.literal(use.memory),
                "threads = " + Runtime.getRuntime().availableProcessors(),
                // A partition can be replaced by one of the same size within a second; a cache might not notice.
                "enable_external_file_cache = false",
                "parquet_metadata_cache = " + still,
                "autoinstall_known_extensions = false",
                "autoload_known_extensions = false",
                "allow_community_extensions = false",
                "allowed_directories = " + views.folders(),
                "enable_external_access = false",
                "lock_configuration = true"));
        try (var statement = duckDb.createStatement()) {
            statement.execute("SET " + String.join("; SET ", settings));
        }
    }

    /** DuckDB takes every {@code name=value} folder for a column, and prefers it to the file's own. */
    private void refuseColumnsInPath() throws IOException {
        for (var part : lake) {
            var name = part.toString().split("=", 2)[0];
            for (var table : Table.values()) {
                if (part.toString().contains("=")
                        && (name.equals(Table.SNAPSHOT_DATE.name())
                                || table.columns().stream()
                                        .anyMatch(column -> column.name().equals(name)))) {
                    throw new IOException("The lake cannot be queried at " + lake + ": the folder " + part
                            + " looks like a value of the column " + name + ". Move the lake or rename the folder.");
                }
            }
        }
    }
}
