package dev.chartlake.sql.report;

import dev.chartlake.sql.QueryEngine;
import dev.chartlake.sql.ResultColumn;
import dev.chartlake.sql.ResultSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The few rows of a query, in memory. */
final class Rows implements ResultSink {
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private Rows() {}

    static List<List<@Nullable Object>> of(QueryEngine lake, String sql) throws IOException {
        var sink = new Rows();
        lake.runSmall(sql, sink);
        return sink.rows;
    }

    /** The first column, as texts. */
    static List<String> texts(QueryEngine lake, String sql) throws IOException {
        return of(lake, sql).stream().map(row -> String.valueOf(row.get(0))).toList();
    }

    @Override
    public void columns(List<ResultColumn> columns) {}

    @Override
    public void row(List<@Nullable Object> values) {
        rows.add(values);
    }

    @Override
    public void end() {}
}
