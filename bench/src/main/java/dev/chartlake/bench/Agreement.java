package dev.chartlake.bench;

import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what the peer and Chartlake wrote, so that neither is fast by leaving something out. */
final class Agreement {

    /** The tables that the peer writes. */
    static final List<Table> TABLES = List.of(Table.PLAYLIST_ENTRIES, Table.SONGS, Table.ALBUMS, Table.ARTISTS);

    private Agreement() {}

    /**
     * Where the two differ, in one line each; empty if every day has the same rows and these the same values in the
     * columns that both have.
     *
     * @param peer the folder with the peer's table folders
     * @param chartlake the folder with Chartlake's, {@code transformed_data}
     */
    static List<String> differences(Path peer, Path chartlake) throws SQLException {
        return differences(peer, chartlake, TABLES);
    }

    /** As {@link #differences(Path, Path)}, for some of the tables. */
    static List<String> differences(Path peer, Path chartlake, List<Table> tables) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (Table table : tables) {
                statement.execute("CREATE OR REPLACE VIEW peer AS " + files(peer, table));
                statement.execute("CREATE OR REPLACE VIEW chartlake AS " + files(chartlake, table));
                compareDays(statement, table, found);
                compareValues(statement, table, found);
            }
        }
        return found;
    }

    private static String files(Path root, Table table) {
        return "SELECT * FROM read_parquet("
                + DuckDbPeer.text(root.resolve(table.folder()).resolve("*/*.parquet")) + ", hive_partitioning = true)";
    }

    private static void compareDays(Statement statement, Table table, List<String> found) throws SQLException {
        String counts = "(SELECT snapshot_date, count(*) AS n, count(DISTINCT (" + keys(table) + ")) AS k FROM ";
        try (ResultSet days =
                statement.executeQuery("SELECT snapshot_date, coalesce(p.n, 0), coalesce(c.n, 0), coalesce(c.k, 0)"
                        + " FROM " + counts + "peer GROUP BY ALL) p FULL JOIN " + counts
                        + "chartlake GROUP BY ALL) c USING (snapshot_date)"
                        + " WHERE p.n IS DISTINCT FROM c.n OR p.k IS DISTINCT FROM c.k ORDER BY snapshot_date")) {
            while (days.next()) {
                found.add(table.sqlName() + " of " + days.getString(1) + ": peer " + days.getLong(2)
                        + " rows, chartlake " + days.getLong(3) + " with " + days.getLong(4) + " keys");
            }
        }
    }

    private static void compareValues(Statement statement, Table table, List<String> found) throws SQLException {
        Set<String> shared = columns(statement, "peer");
        shared.retainAll(columns(statement, "chartlake"));
        List<String> names = table.columns().stream()
                .filter(column -> !table.key().contains(column))
                .map(Column::name)
                .filter(shared::contains)
                .toList();
        String sums = names.stream()
                .map(name -> "count(*) FILTER (p." + name + "::VARCHAR IS DISTINCT FROM c." + name + "::VARCHAR)")
                .collect(Collectors.joining(", "));
        try (ResultSet row = statement.executeQuery(
                "SELECT " + sums + " FROM peer p JOIN chartlake c USING (snapshot_date, " + keys(table) + ")")) {
            row.next();
            for (int i = 0; i < names.size(); i++) {
                if (row.getLong(i + 1) > 0) {
                    found.add(table.sqlName() + "." + names.get(i) + " differs in " + row.getLong(i + 1) + " rows");
                }
            }
        }
    }

    private static Set<String> columns(Statement statement, String view) throws SQLException {
        Set<String> names = new HashSet<>();
        try (ResultSet columns = statement.executeQuery("DESCRIBE " + view)) {
            while (columns.next()) {
                names.add(columns.getString(1));
            }
        }
        return names;
    }

    private static String keys(Table table) {
        return table.key().stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
