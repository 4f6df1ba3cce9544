package dev.chartlake.sql;

import dev.chartlake.model.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The views that are in one DuckDB. Each is made when a query first names it, for DuckDB opens files to make one. */
final class MadeViews {
    private final LakeViews views;
    private final Connection duckDb;
    private final boolean still;
    private final Map<Table, TableFiles> seen = new EnumMap<>(Table.class);
    private final Map<Table, TableFiles> days = new EnumMap<>(Table.class);
    private final Set<String> made = new HashSet<>();

    /** With {@code still} the lake does not change meanwhile, and is looked at once. */
    MadeViews(LakeViews views, Connection duckDb, boolean still) {
        this.still = still;
        this.views = views;
        this.duckDb = duckDb;
    }

    /**
     * Makes the views that a query reads as the lake is now. Under the guard, so it stays true until the query has run.
     *
     * @param tables what the query names; with a name that is no view's, all views are made, as they are without names
     */
    synchronized void make(Optional<Set<String>> tables) throws SQLException {
        var all = Set.copyOf(LakeViews.names());
        var wanted = new HashSet<>(tables.filter(all::containsAll).orElse(all));
        List.copyOf(wanted).forEach(name -> wanted.addAll(DerivedViews.sources(name)));
        try (var statement = duckDb.createStatement()) {
            if (!made.containsAll(wanted)) {
                derive(wanted, statement);
            }
            for (var table : Table.values()) {
                if (wanted.contains(LakeViews.days(table))) {
                    var found = files(table);
                    if (!found.equals(days.get(table))) {
                        statement.execute(views.daysView(table, found));
                        days.put(table, found);
                    }
                }
            }
        }
    }

    private TableFiles files(Table table) {
        return still ? seen.computeIfAbsent(table, views::files) : views.files(table);
    }

    /** DuckDB opens the files of a table for each view that reads it when it makes the view: so there are none meanwhile. */
    private void derive(Set<String> wanted, Statement statement) throws SQLException {
        for (var table : Table.values()) {
            if (wanted.contains(LakeViews.days(table))) {
                statement.execute(LakeViews.emptyView(table));
                days.remove(table);
                made.add(LakeViews.days(table));
            }
        }
        for (var view : DerivedViews.all().entrySet()) {
            if (wanted.contains(view.getKey()) && made.add(view.getKey())) {
                statement.execute("CREATE VIEW " + view.getKey() + " AS " + view.getValue());
            }
        }
    }
}
