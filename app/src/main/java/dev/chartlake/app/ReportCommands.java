package dev.chartlake.app;

import dev.chartlake.app.jobs.QualityReport;
import dev.chartlake.app.jobs.ReportRun;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.OutputOption;
import dev.chartlake.report.Parameter;
import dev.chartlake.report.Report;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command of a {@link Report}. */
final class ReportCommands implements Callable<Integer> {

    private final Report report;
    private final LakeOptions lake = new LakeOptions();
    private final OutputOption output = new OutputOption();
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private ReportCommands(Report report) {
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
                return command.addSubcommand(new ReportCommands(report).spec);
            }
        }
        for (Report report : Report.values()) {
            command.addSubcommand(new ReportCommands(report).spec);
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
        Map<Parameter, String> values = new EnumMap<>(Parameter.class);
        for (Parameter parameter : report.parameters()) {
            @Nullable ArgSpec argument = parameter == Parameter.SONG
                    ? spec.positionalParameters().get(0)
                    : spec.findOption("--" + parameter.text());
            @Nullable String value = argument == null ? null : argument.getValue();
            if (value != null) {
                values.put(parameter, value);
            }
        }
        return new ReportRun(report, values, lake, output).call();
    }
}
