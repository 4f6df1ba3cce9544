package dev.chartlake.app;

import dev.chartlake.sql.CellStyle;
import dev.chartlake.sql.DuckDbLake;
import dev.chartlake.sql.QueryException;
import dev.chartlake.sql.ResultColumn;
import dev.chartlake.sql.ResultFormat;
import dev.chartlake.sql.ResultSink;
import dev.chartlake.sql.VisibleText;
import dev.chartlake.sql.report.Parameter;
import dev.chartlake.sql.report.PreparedReport;
import dev.chartlake.sql.report.Report;
import dev.chartlake.sql.report.ReportRequest;
import dev.chartlake.sql.report.ReportTable;
import dev.chartlake.sql.report.Reports;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code report chart} and the other reports over the views of history: a command for each {@link Report}. */
final class ReportRun implements Callable<Integer> {

    private final Report report;
    private final LakeOptions lake = new LakeOptions();
    private final OutputOption output = new OutputOption();
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private ReportRun(Report report) {
        this.report = report;
        spec.name(report.text()).mixinStandardHelpOptions(true);
        spec.addMixin("lake", CommandSpec.forAnnotatedObject(lake));
        spec.addMixin("output", CommandSpec.forAnnotatedObject(output));
        spec.usageMessage().description(report.description());
        report.parameters().forEach(parameter -> spec.add(argument(parameter)));
    }

    /** The command {@code report} with the report that is named, or with all. */
    static CommandLine all(@Nullable String name, CommandLine.IFactory factory) {
        CommandLine command = new CommandLine(ReportCommand.class, factory);
        for (Report report : Report.values()) {
            if (report.text().equals(name)) {
                return command.addSubcommand(new ReportRun(report).spec);
            }
        }
        for (Report report : Report.values()) {
            command.addSubcommand(new ReportRun(report).spec);
        }
        return command.addSubcommand(QualityReport.class);
    }

    private ArgSpec argument(Parameter parameter) {
        String description = report.description(parameter);
        if (parameter == Parameter.SONG) {
            return PositionalParamSpec.builder()
                    .paramLabel(parameter.label())
                    .description(description)
                    .type(String.class)
                    .index("0")
                    .required(true)
                    .build();
        }
        return OptionSpec.builder("--" + parameter.text())
                .paramLabel(parameter.label())
                .description(description)
                .type(String.class)
                .build();
    }

    @Override
    public Integer call() throws IOException {
        LocalStore store = lake.readable();
        ResultFormat format = output.format();
        Kept rows = new Kept();
        PreparedReport prepared;
        try (DuckDbLake duckDb = DuckDbLake.still(store.root(), store::shared)) {
            prepared = new Reports(duckDb).prepare(request());
            prepared.run(duckDb, rows);
        } catch (QueryException e) {
            throw new Failure(ExitCode.USAGE, VisibleText.of(String.valueOf(e.getMessage())));
        }
        prepared.notes().forEach(note -> System.err.println(VisibleText.of(note)));
        if (rows.rows.isEmpty()) {
            System.err.println(VisibleText.of(prepared.empty()));
        }
        rows.print(format == ResultFormat.TABLE ? table(prepared) : output.printer());
        return ExitCode.DONE;
    }

    private ReportRequest request() {
        ReportRequest request = ReportRequest.of(report);
        for (Parameter parameter : report.parameters()) {
            @Nullable ArgSpec argument = parameter == Parameter.SONG
                    ? spec.positionalParameters().get(0)
                    : spec.findOption("--" + parameter.text());
            @Nullable String value = argument == null ? null : argument.getValue();
            if (value != null) {
                request = request.with(parameter, value);
            }
        }
        return request;
    }

    private static ResultSink table(PreparedReport prepared) {
        Writer out = OutputOption.writer();
        CellStyle style = Terminal.decorated() ? new MoveColours() : CellStyle.PLAIN;
        return new ReportTable(prepared, out, ResultFormat.table(out, System.err, Terminal.width(), style));
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
