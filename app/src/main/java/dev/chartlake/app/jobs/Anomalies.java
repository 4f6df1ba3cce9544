package dev.chartlake.app.jobs;

import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.duckdb.files.ChangedLakeException;
import dev.chartlake.lake.LakeQuality;
import dev.chartlake.lake.LakeQuality.Level;
import dev.chartlake.lake.LakeQuality.Row;
import dev.chartlake.lake.LakeQuality.Scope;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.store.LocalStore;
import dev.chartlake.text.Printable;
import dev.chartlake.views.ViewSettings;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The snapshots that do not fit those around them, as rows of {@code report quality}. */
final class Anomalies implements ResultSink {

    /** As the report names it. */
    static final String CHECK = "snapshot_fits";

    private static final String SQL =
            "SELECT snapshot_date, source, playlist_id, entries, strays, missing FROM chart_anomalies";

    private final Scope scope;
    private final List<Row> rows = new ArrayList<>();

    private Anomalies(Scope scope) {
        this.scope = scope;
    }

    /** The report with these rows too. Tables that cannot be read have none, which stderr says. */
    static LakeQuality added(LakeQuality quality, LocalStore store, ViewSettings views, Scope scope)
            throws IOException {
        Anomalies anomalies = new Anomalies(scope);
        try (DuckDbLake lake = DuckDbLake.still(store.root(), store::shared, views)) {
            lake.runSmall(SQL, anomalies);
        } catch (ChangedLakeException | QueryException e) {
            System.err.println("Snapshots were not compared with those around them: " + e.getMessage());
            return quality;
        }
        List<Row> all = new ArrayList<>(quality.rows());
        all.addAll(anomalies.rows);
        all.sort(Comparator.comparing(Row::date));
        return new LakeQuality(quality.days(), List.copyOf(all));
    }

    @Override
    public void columns(List<ResultColumn> columns) {}

    @Override
    public void row(List<@Nullable Object> values) {
        LocalDate date = LocalDate.parse(String.valueOf(values.get(0)));
        String list = String.valueOf(values.get(2));
        boolean wanted = (scope.list() == null || scope.list().equals(list))
                && (scope.since() == null || !date.isBefore(scope.since()))
                && (scope.until() == null || !date.isAfter(scope.until()));
        if (wanted) {
            String message = values.get(4) + " of its " + values.get(3)
                    + " songs are in no snapshot next to it, and it lacks " + values.get(5) + " songs that both have";
            long strays = Long.parseLong(String.valueOf(values.get(4)));
            rows.add(new Row(
                    date, Level.WARNING, CHECK, String.valueOf(values.get(1)), Printable.text(list), strays, message));
        }
    }

    @Override
    public void end() {}
}
