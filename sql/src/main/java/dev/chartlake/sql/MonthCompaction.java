package dev.chartlake.sql;

import dev.chartlake.model.Months;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.transform.Manifest;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.duckdb.DuckDBConnection;

/**
 * Copies the days of closed months into one file a table and month, so that a query over years opens hundreds of files
 * instead of thousands, and finds what belongs together side by side.
 *
 * <p>A month is closed once the lake holds days of two later ones. Its files are a function of the days' files. Killed at
 * any moment, it leaves months that are not compacted, never wrong ones: their marker is written last.
 */
public final class MonthCompaction {
    /** Both later months must be there: late files of the last month still come in the first days of the next. */
    private static final int LATER_MONTHS = 2;

    /** A multiple of DuckDB's vectors; small enough that a query for one list skips most of a month. */
    private static final int ROW_GROUP = 20 * 2048;

    private final LocalStore store;
    private final LakeViews views;

    /** Compacts the lake in {@code store}. */
    public MonthCompaction(LocalStore store) {
        this.store = store;
        this.views = new LakeViews(store.root(), false);
    }

    /** Hears of each month that is done. */
    public interface Progress {
        /** {@code done} of {@code of} months are compacted. */
        void month(int done, int of);
    }

    /**
     * What was done.
     *
     * @param compacted how many months
     * @param failures the months whose days could not be read, with the reason; queries read their days
     */
    public record Result(int compacted, List<String> failures) {}

    /**
     * Compacts the closed months that are not. Where there are none, it looks at two folders and does nothing more.
     *
     * @throws IOException if DuckDB cannot start or nothing can be written; the months before that are done
     */
    public Result run(Progress progress) throws IOException {
        if (due().isEmpty()) {
            return new Result(0, List.of());
        }
        try (Closeable alone = store.exclusive("transform")) {
            var folder = DuckDb.temporaryFolder();
            try (var duckDb = DuckDb.connect()) {
                settings(duckDb, folder);
                return compact(duckDb, due(), folder, progress);
            } catch (SQLException | LinkageError e) {
                throw new IOException("DuckDB cannot start: " + e.getMessage(), e);
            } finally {
                DuckDb.delete(folder);
            }
        }
    }

    private static void settings(DuckDBConnection duckDb, Path folder) throws SQLException {
        try (var statement = duckDb.createStatement()) {
            // One thread: with more, the rows of a file would be grouped one way or another.
            statement.execute("SET TimeZone = 'UTC'; SET memory_limit = '256MB'; SET threads = 1; SET temp_directory = "
                    + LakeViews.literal(LakeViews.slashes(folder)));
        }
    }

    private Result compact(DuckDBConnection duckDb, List<YearMonth> due, Path folder, Progress progress)
            throws IOException {
        var failures = new ArrayList<String>();
        int done = 0;
        for (var month : due) {
            try {
                compact(duckDb, month, folder);
            } catch (SQLException e) {
                failures.add(month + ": " + QueryErrors.shortened(e));
            }
            progress.month(++done, due.size());
        }
        return new Result(done - failures.size(), List.copyOf(failures));
    }

    /** The closed months without a marker. */
    private List<YearMonth> due() {
        var months = new TreeSet<YearMonth>();
        int last = -1;
        var names = names(Manifest.ROOT);
        Arrays.sort(names);
        for (var name : names) {
            int month = month(name);
            if (month >= 0 && month != last) {
                months.add(YearMonth.of(month / 12, month % 12 + 1));
                last = month;
            }
        }
        for (int later = 0; later < LATER_MONTHS && !months.isEmpty(); later++) {
            months.pollLast();
        }
        var compacted = Set.of(names(Months.ROOT));
        months.removeIf(month -> compacted.contains(month + ".json"));
        return List.copyOf(months);
    }

    private String[] names(String key) {
        var names = new File(store.root().toFile(), key).list();
        return names == null ? new String[0] : names;
    }

    /** Months since the year 0, or -1 for what is no manifest. Every transform does this for all days there are. */
    private static int month(String manifest) {
        if (manifest.length() != "2026-11-21.json".length()) {
            return -1;
        }
        int year = TableFiles.digits(manifest, 0, 4);
        int month = TableFiles.digits(manifest, 5, 2);
        return year >= 0 && month >= 1 && month <= 12 ? year * 12 + month - 1 : -1;
    }

    private void compact(DuckDBConnection duckDb, YearMonth month, Path folder) throws IOException, SQLException {
        var marker = new MonthMarker(new EnumMap<>(Table.class));
        var parts = new ArrayList<Publish>();
        var obsolete = new HashSet<String>();
        try {
            for (var table : Table.values()) {
                var days = TableFiles.ofMonth(store.root(), table, month);
                marker.add(table, days);
                if (days.isEmpty()) {
                    obsolete.add(Months.file(month, table));
                    continue;
                }
                var file = folder.resolve(table.folder() + ".parquet");
                write(duckDb, views.sorted(table, days), file);
                var staged = store.stage();
                parts.add(new Publish(staged, Months.file(month, table)));
                Files.copy(file, staged.out());
                Files.delete(file);
            }
            // False if the marker is there by now: then somebody else has done the same.
            store.commit(parts, obsolete, Months.marker(month), marker.bytes(month), null);
        } finally {
            for (var part : parts) {
                part.staged().close();
            }
        }
    }

    private static void write(DuckDBConnection duckDb, String query, Path file) throws SQLException {
        try (var statement = duckDb.createStatement()) {
            statement.execute("COPY (" + query + ") TO " + LakeViews.literal(LakeViews.slashes(file))
                    + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + ROW_GROUP + ")");
        }
    }
}
