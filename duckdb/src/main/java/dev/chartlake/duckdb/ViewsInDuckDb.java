package dev.chartlake.duckdb;

import dev.chartlake.duckdb.files.LakeFiles;
import dev.chartlake.duckdb.files.TableFiles;
import dev.chartlake.model.Table;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.views.Views;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The views that are in one DuckDB. Each is made when a query first names it, for DuckDB opens files to make one. */
final class ViewsInDuckDb {
    private final LakeViews views;
    private final LakeFiles files;
    private final ViewSettings settings;
    private final Map<Table, TableFiles> days = new EnumMap<>(Table.class);
    private final Set<String> made = new HashSet<>();

    ViewsInDuckDb(LakeViews views, LakeFiles files, ViewSettings settings) {
        this.views = views;
        this.files = files;
        this.settings = settings;
    }

    /** The query of a view that depends on the configuration; null for other views. */
    @Nullable String configured(String name) {
        return settings.query(name);
    }

    /** Looks at the lake for what nearly every report reads. Nothing depends on it but time. */
    synchronized void look() throws IOException {
        files.table(Table.PLAYLISTS);
        files.table(Table.PLAYLIST_ENTRIES);
        Views.sources("chart_history");
    }

    /**
     * Makes the views that a query reads as the lake is now. Under the guard, so it stays true until the query has run.
     * Throws {@link dev.chartlake.duckdb.files.ChangedLakeException} if a file is not as it was committed.
     *
     * @param tables what the query names; with a name that is no view's, all views are made, as they are without names
     */
    synchronized void make(Connection duckDb, Optional<Set<String>> tables) throws IOException, SQLException {
        var all = Set.copyOf(Views.everyName());
        var wanted = new HashSet<>(tables.filter(all::containsAll).orElse(all));
        List.copyOf(wanted).forEach(name -> wanted.addAll(Views.sources(name)));
        files.begin();
        var changed = changed(wanted);
        if (made.containsAll(wanted) && changed.isEmpty()) {
            return;
        }
        // At once: a query on another connection must not see a view that is half-way.
        try (var statement = duckDb.createStatement()) {
            statement.execute("BEGIN TRANSACTION");
            try {
                var derived = derive(wanted, statement);
                for (var table : changed.entrySet()) {
                    statement.execute(views.daysView(table.getKey(), table.getValue()));
                }
                statement.execute("COMMIT");
                made.addAll(derived);
                days.putAll(changed);
            } catch (SQLException e) {
                rollBack(duckDb, e);
                throw e;
            }
        }
    }

    /** By a statement of its own: the driver closes one that has failed. */
    private static void rollBack(Connection duckDb, SQLException failure) {
        try (var statement = duckDb.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** The query of a view that depends on the lake's files or the configuration, as they are now; null for other views. */
    synchronized @Nullable String rows(String name) throws IOException {
        var configured = configured(name);
        if (configured != null) {
            return configured;
        }
        for (var table : Table.values()) {
            if (Views.days(table).equals(name)) {
                return views.rows(table, files.table(table));
            }
        }
        return null;
    }

    /** The tables whose view has to be made, with their files: all that are wanted, if there is a view to be derived. */
    private Map<Table, TableFiles> changed(Set<String> wanted) throws IOException {
        var changed = new EnumMap<Table, TableFiles>(Table.class);
        boolean derive = !made.containsAll(wanted);
        for (var table : Table.values()) {
            if (wanted.contains(Views.days(table))) {
                var found = files.table(table);
                if (derive || !found.equals(days.get(table))) {
                    changed.put(table, found);
                }
            }
        }
        return changed;
    }

    /** DuckDB opens the files of a table for each view that reads it when it makes the view: so there are none meanwhile. */
    private Set<String> derive(Set<String> wanted, Statement statement) throws SQLException {
        var derived = new HashSet<String>();
        if (made.containsAll(wanted)) {
            return derived;
        }
        for (var table : Table.values()) {
            if (wanted.contains(Views.days(table))) {
                statement.execute(LakeViews.emptyView(table));
                derived.add(Views.days(table));
            }
        }
        for (var view : Views.names()) {
            if (wanted.contains(view) && !made.contains(view)) {
                var configured = configured(view);
                statement.execute(
                        "CREATE VIEW " + view + " AS " + (configured == null ? Views.queryOfDuckDb(view) : configured));
                derived.add(view);
            }
        }
        return derived;
    }
}
