package dev.chartlake.duckdb.compaction;

import dev.chartlake.duckdb.DuckDb;
import dev.chartlake.duckdb.LakeViews;
import dev.chartlake.duckdb.QueryErrors;
import dev.chartlake.duckdb.TemporaryFolder;
import dev.chartlake.duckdb.files.ChangedLakeException;
import dev.chartlake.duckdb.files.CommittedDays;
import dev.chartlake.duckdb.files.Days;
import dev.chartlake.duckdb.files.LakeFiles;
import dev.chartlake.duckdb.files.Marker;
import dev.chartlake.duckdb.files.TableFiles;
import dev.chartlake.lake.Checksums;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Progress;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.query.SqlText;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore.Publish;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/**
 * Copies the days of closed months and years into one file a table and span, so that a query over years opens dozens of
 * files instead of thousands, and finds what belongs together side by side.
 *
 * <p>A month is closed once the lake holds days of a later one, a year once it holds days of two later months. They are
 * copied when together they have some dozens of days: so a daily transform seldom waits for it. Those of lists that are
 * snapshotted weekly save few files, and wait until they are hundreds of days. The files are a function of the days' files.
 * Killed at any moment, it leaves spans that are not compacted, never wrong ones: their marker is written last.
 */
public final class Compaction {
    /** Late files of December still come in the first days of January, and a year takes seconds. */
    private static final int LATER_MONTHS_OF_A_YEAR = 2;

    private static final String YEAR = "2026";

    /** DuckDB's own: smaller ones take longer to look through than the rows of a larger one. */
    private static final int ROW_GROUP = 60 * 2048;

    /** Fewer days are read about as fast without a copy, and a transform of one day is not to make one each month. */
    private static final int WORTHWHILE = 60;

    /** To copy two years of weekly charts takes longer than to compute them, and a query hardly gains by it. */
    private static final int SPARSE_WORTHWHILE = 200;

    /** A month, or a year, with fewer days in each month that has any, is sparse: a copy of it replaces few files. */
    private static final int DENSE = 10;

    private final LocalStore store;
    private final int least;
    private final int leastSparse;
    private final LakeViews views;

    /** Compacts the lake in {@code store} when it is worth while. */
    public Compaction(LocalStore store) {
        this(store, WORTHWHILE, SPARSE_WORTHWHILE);
    }

    /**
     * The same, when closed months and years have at least so many days that are not copied; {@code leastSparse} is for
     * those with few days.
     */
    public Compaction(LocalStore store, int least, int leastSparse) {
        this.store = store;
        this.least = least;
        this.leastSparse = leastSparse;
        this.views = new LakeViews(store.root(), false);
    }

    /**
     * What was done.
     *
     * @param compacted how many months and years
     * @param failures those that could not be written, with the reason; queries read their days
     * @param damaged those of which a day is not as it was committed, with the file and its cure
     */
    public record Result(int compacted, List<String> failures, List<String> damaged) {}

    /**
     * Compacts the closed months and years that have no copy, or a copy that does not match its marker. If all have one, it
     * reads two folders and the markers only.
     *
     * @throws IOException if DuckDB cannot start or nothing can be written; what came before that is done
     */
    public Result run(Progress progress) throws IOException {
        if (due().isEmpty() && monthsOfYears().isEmpty()) {
            return new Result(0, List.of(), List.of());
        }
        try (Closeable alone = store.exclusive("transform")) {
            var result = compactAll(progress);
            for (var name : monthsOfYears()) {
                DuckDb.delete(store.root().resolve(Span.ROOT + name));
            }
            return result;
        }
    }

    private Result compactAll(Progress progress) throws IOException {
        try (var folder = TemporaryFolder.make();
                var duckDb = DuckDb.connect()) {
            settings(duckDb, folder);
            return compact(duckDb, due(), folder.path(), progress);
        } catch (SQLException | LinkageError e) {
            throw new IOException("DuckDB cannot start: " + e.getMessage(), e);
        }
    }

    private static void settings(DuckDBConnection duckDb, TemporaryFolder folder) throws SQLException {
        try (var statement = duckDb.createStatement()) {
            // One thread: with more, the rows of a file would be grouped one way or another.
            statement.execute("SET TimeZone = 'UTC'; SET memory_limit = '128MB'; SET threads = 1; SET "
                    + String.join("; SET ", folder.settings(TemporaryFolder.USUAL_MOST)));
        }
    }

    private Result compact(DuckDBConnection duckDb, List<Span> due, Path folder, Progress progress) throws IOException {
        var failures = new ArrayList<String>();
        var damaged = new ArrayList<String>();
        int done = 0;
        for (var span : due) {
            try {
                compact(duckDb, span, folder);
            } catch (ChangedLakeException e) {
                damaged.add(span + ": " + e.getMessage());
            } catch (SQLException e) {
                failures.add(span + ": " + QueryErrors.shortened(e));
            }
            progress.at(++done, due.size());
        }
        return new Result(done - failures.size() - damaged.size(), List.copyOf(failures), List.copyOf(damaged));
    }

    private boolean isCompacted(Span span) {
        return Marker.of(store.root(), span)
                .filter(marker -> marker.isOf(store.root(), span, committed(span)))
                .isPresent();
    }

    /** The days of a span that have a manifest. */
    private Days committed(Span span) {
        return CommittedDays.years(new File(store.root().toFile(), Manifest.ROOT), 0, ".json".length())
                .getOrDefault(span.year(), new Days())
                .in(span.month());
    }

    /** The closed years, and the closed months of other years, without a copy; none if they have few days. */
    private List<Span> due() {
        var manifests = names(Manifest.ROOT);
        var months = months(manifests);
        var spans = new ArrayList<Span>();
        for (int i = 0; i < months.size(); i++) {
            var month = months.get(i);
            boolean newYear = i == 0 || months.get(i - 1).year() != month.year();
            if (closed(month.year(), months)) {
                if (newYear) {
                    spans.add(new Span(month.year(), 0));
                }
            } else if (i + 1 < months.size()) {
                spans.add(month);
            }
        }
        spans.removeIf(this::isCompacted);
        return worthwhile(spans, manifests);
    }

    private List<Span> worthwhile(List<Span> spans, String[] manifests) {
        var days = new HashMap<Span, Long>();
        for (var span : spans) {
            days.put(
                    span,
                    Stream.of(manifests)
                            .filter(name -> name.startsWith(span.toString()))
                            .count());
        }
        var filled = months(manifests);
        Predicate<Span> dense = span -> days.getOrDefault(span, 0L)
                >= DENSE
                        * filled.stream()
                                .filter(month -> month.toString().startsWith(span.toString()))
                                .count();
        long sparse = spans.stream()
                .filter(dense.negate())
                .mapToLong(span -> days.getOrDefault(span, 0L))
                .sum();
        var due = spans.stream()
                .filter(span -> sparse >= leastSparse || dense.test(span))
                .toList();
        long all = due.stream().mapToLong(span -> days.getOrDefault(span, 0L)).sum();
        return all < least ? List.of() : due;
    }

    private static boolean closed(int year, List<Span> months) {
        return months.stream().filter(month -> month.year() > year).count() >= LATER_MONTHS_OF_A_YEAR;
    }

    /** The months with manifests, in order. */
    private static List<Span> months(String[] manifests) {
        var months = new TreeSet<Integer>();
        int last = -1;
        for (var name : manifests) {
            int month = month(name);
            if (month >= 0 && month != last) {
                months.add(month);
                last = month;
            }
        }
        return months.stream()
                .map(month -> new Span(month / 12, month % 12 + 1))
                .toList();
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
        int year = CommittedDays.digits(manifest, 0, 4);
        int month = CommittedDays.digits(manifest, 5, 2);
        return year >= 0 && month >= 1 && month <= 12 ? year * 12 + month - 1 : -1;
    }

    /** Throws {@link ChangedLakeException} if a day is not as it was committed: a copy would be wrong for ever. */
    private void compact(DuckDBConnection duckDb, Span span, Path folder) throws IOException, SQLException {
        var lake = new LakeFiles(store.root(), true);
        var days = committed(span);
        var marker = new Marker(days, new EnumMap<>(Table.class));
        var parts = new ArrayList<Publish>();
        var obsolete = new HashSet<String>();
        try {
            for (var table : Table.values()) {
                var files = lake.days(table, span.year(), days);
                var copied = new Days();
                files.days().values().forEach(some -> some.forEach(file -> copied.add(file.month(), file.day())));
                if (copied.isEmpty()) {
                    marker.copies().put(table, Marker.NONE);
                    obsolete.add(span.file(table));
                    continue;
                }
                requireWhole(files);
                var file = folder.resolve(table.folder() + ".parquet");
                write(duckDb, views.sorted(table, files.days()), file);
                var staged = store.stage();
                parts.add(new Publish(staged, span.file(table)));
                var out = new Checksums.Out(staged.out());
                Files.copy(file, out);
                Files.delete(file);
                marker.copies().put(table, new Marker.Copy(copied, new Checksums.Sum(out.size(), out.crc32c())));
            }
            store.delete(span.marker());
            // False if the marker is there by now: then somebody else has done the same.
            store.commit(parts, obsolete, span.marker(), marker.bytes(span), null);
        } finally {
            for (var part : parts) {
                part.staged().close();
            }
        }
    }

    private void requireWhole(TableFiles files) throws ChangedLakeException {
        var damage = LakeFiles.damage(store.root(), files.committed());
        if (damage != null) {
            throw new ChangedLakeException(damage);
        }
    }

    /** What there still is of the months of compacted years, markers first: nothing reads it. */
    private List<String> monthsOfYears() {
        var names = new TreeSet<>(Arrays.asList(names(Span.ROOT)));
        return names.stream()
                .filter(name -> name.length() > YEAR.length()
                        && name.charAt(YEAR.length()) == '-'
                        && names.contains(name.substring(0, YEAR.length()) + ".json"))
                .sorted(Comparator.comparing((String name) -> name.endsWith(".json") ? 0 : 1)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static void write(DuckDBConnection duckDb, String query, Path file) throws SQLException {
        try (var statement = duckDb.createStatement()) {
            statement.execute("COPY (" + query + ") TO " + SqlText.literal(LakeViews.slashes(file))
                    + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + ROW_GROUP + ")");
        }
    }
}
