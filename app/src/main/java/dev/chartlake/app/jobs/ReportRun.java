package dev.chartlake.app.jobs;

import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.MoveColours;
import dev.chartlake.app.print.OutputOption;
import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.CellStyle;
import dev.chartlake.print.ResultFormat;
import dev.chartlake.print.VisibleText;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.report.Parameter;
import dev.chartlake.report.PreparedReport;
import dev.chartlake.report.Report;
import dev.chartlake.report.ReportRequest;
import dev.chartlake.report.ReportTable;
import dev.chartlake.report.Reports;
import dev.chartlake.store.LocalStore;
import dev.chartlake.views.ViewSettings;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** {@code report chart} and the other reports over the views of history. */
public final class ReportRun implements Callable<Integer> {

    private final Report report;
    private final Map<Parameter, String> values;
    private final LakeOptions lake;
    private final OutputOption output;

    /** {@code values} are what was said, for parameters that the report has. */
    public ReportRun(Report report, Map<Parameter, String> values, LakeOptions lake, OutputOption output) {
        this.report = report;
        this.values = values;
        this.lake = lake;
        this.output = output;
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        LocalStore store = lake.readable();
        Kept rows = new Kept();
        PreparedReport prepared;
        ViewSettings views = lake.settings().views();
        try (DuckDbLake duckDb = DuckDbLake.still(store.root(), store::shared, views)) {
            prepared = new Reports(duckDb, views.labels()).prepare(new ReportRequest(report, values));
            prepared.run(duckDb, rows);
        } catch (QueryException e) {
            throw new Failure(ExitCode.USAGE, VisibleText.of(String.valueOf(e.getMessage())));
        }
        prepared.notes().forEach(note -> System.err.println(VisibleText.of(note)));
        if (rows.rows.isEmpty()) {
            System.err.println(VisibleText.of(prepared.empty()));
        }
        output.write(
                out -> rows.print(output.format() == ResultFormat.TABLE ? table(prepared, out) : output.printer(out)));
        return ExitCode.DONE;
    }

    private ResultSink table(PreparedReport prepared, Writer out) {
        CellStyle style = output.decorated() ? new MoveColours() : CellStyle.PLAIN;
        return new ReportTable(prepared, out, ResultFormat.table(out, System.err, output.width(), style));
    }

    /** Keeps the rows until the lake is closed: whoever takes an hour to read them keeps no commit waiting. */
    private static final class Kept implements ResultSink {

        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private List<ResultColumn> columns = List.of();

        @Override
        public void columns(List<ResultColumn> all) {
            columns = all;
        }

        @Override
        public void row(List<@Nullable Object> values) {
            rows.add(values);
        }

        @Override
        public void end() {}

        void print(ResultSink to) throws IOException {
            to.columns(columns);
            for (List<@Nullable Object> row : rows) {
                to.row(row);
            }
            to.end();
        }
    }
}
