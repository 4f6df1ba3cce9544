package dev.chartlake.report;

import dev.chartlake.query.QueryEngine;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The few rows of a query, in memory. */
final class FewRows implements ResultSink {
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private FewRows() {}

    static List<List<@Nullable Object>> of(QueryEngine lake, String sql) throws IOException {
        var sink = new FewRows();
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
