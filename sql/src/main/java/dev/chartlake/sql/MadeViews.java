package dev.chartlake.sql;

import dev.chartlake.model.Table;
import java.sql.Connection;
import java.sql.SQLException;
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
    private final Map<Table, TableFiles> days = new EnumMap<>(Table.class);
    private final Set<String> derived = new HashSet<>();

    MadeViews(LakeViews views, Connection duckDb) {
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
        List.copyOf(wanted).forEach(name -> wanted.addAll(LakeViews.sources(name)));
        try (var statement = duckDb.createStatement()) {
            for (var table : Table.values()) {
                if (wanted.contains(LakeViews.days(table))) {
                    var found = views.files(table);
                    if (!found.equals(days.get(table))) {
                        statement.execute(views.daysView(table, found));
                        days.put(table, found);
                    }
                }
            }
            for (var name : LakeViews.DERIVED) {
                if (wanted.contains(name) && !derived.contains(name)) {
                    statement.execute(LakeViews.derivedView(name));
                    derived.add(name);
                }
            }
        }
    }
}
