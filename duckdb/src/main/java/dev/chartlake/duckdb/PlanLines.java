package dev.chartlake.duckdb;

import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the drawing that EXPLAIN returns in one value into a row for each line, so that a table shows it as drawn. */
final class PlanLines implements ResultSink {
    private final ResultSink sink;

    PlanLines(ResultSink sink) {
        this.sink = sink;
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
        sink.columns(columns);
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        int last = values.size() - 1;
        for (var line : String.valueOf(values.get(last)).split("\n")) {
            var row = new ArrayList<@Nullable Object>(values);
            row.set(last, line);
            sink.row(row);
        }
    }

    @Override
    public void end() throws IOException {
        sink.end();
    }
}
