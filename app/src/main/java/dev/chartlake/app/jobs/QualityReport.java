package dev.chartlake.app.jobs;

import dev.chartlake.app.lake.DateRange;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.OutputOption;
import dev.chartlake.lake.LakeQuality;
import dev.chartlake.lake.LakeQuality.Level;
import dev.chartlake.lake.LakeQuality.Row;
import dev.chartlake.lake.LakeQuality.Scope;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.Plurals;
import dev.chartlake.print.ResultFormat;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report quality}: what the manifests say of the quality of the days. */
@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        description = {
            "Shows, by day and list: contracts that are broken, with their first example; unusual volumes; fields that the"
                    + " sources have anew or no more; objects in quarantine; and for each list how many entries are usual.",
            "Reads manifests, and of the tables only what tells whether a snapshot fits those around it. Contracts that the configuration turns off are left out."
        })
public final class QualityReport implements Callable<Integer> {

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Option(names = "--list", paramLabel = "LIST", description = "Only this list: its id, name, alias or market")
    private @Nullable String list;

    @Mixin
    private DateRange range = new DateRange();

    @Option(
            names = "--fail-on",
            paramLabel = "error|warning",
            description = "End with 5 if the report has errors, or with 'warning' errors or warnings")
    private @Nullable String failOn;

    @Override
    public Integer call() throws IOException {
        range.check();
        output.check();
        @Nullable Level worst = level();
        QualityRules rules = lake.settings().quality();
        LocalStore store = lake.readable();
        Scope scope = new Scope(list == null ? null : lake.listId(list), range.since(), range.until());
        LakeQuality quality = Anomalies.added(
                LakeQuality.of(store, rules, scope), store, lake.settings().views(), scope);
        output.print(sink -> print(quality, sink));
        if (output.format() == ResultFormat.TABLE) {
            System.err.println(Plurals.count(quality.days(), "day") + ": "
                    + Plurals.count(quality.count(Level.ERROR), "error") + ", "
                    + Plurals.count(quality.count(Level.WARNING), "warning") + ".");
        }
        boolean failed = worst != null
                && quality.rows().stream().anyMatch(row -> row.level().compareTo(worst) <= 0);
        return failed ? ExitCode.CONTRACT : ExitCode.DONE;
    }

    private @Nullable Level level() {
        if (failOn == null) {
            return null;
        }
        return switch (failOn.toLowerCase(Locale.ROOT)) {
            case "error" -> Level.ERROR;
            case "warning" -> Level.WARNING;
            default -> throw new Failure(ExitCode.USAGE, "No such level: " + failOn + ". There are: error, warning.");
        };
    }

    private static void print(LakeQuality quality, ResultSink sink) throws IOException {
        sink.columns(List.of(
                new ResultColumn("date", "DATE", false),
                new ResultColumn("level", "VARCHAR", false),
                new ResultColumn("check", "VARCHAR", false),
                new ResultColumn("source", "VARCHAR", false),
                new ResultColumn("list", "VARCHAR", false),
                new ResultColumn("count", "BIGINT", true),
                new ResultColumn("message", "VARCHAR", false)));
        for (Row row : quality.rows()) {
            sink.row(Arrays.<@Nullable Object>asList(
                    row.date(), row.level().text(), row.check(), row.source(), row.list(), row.count(), row.message()));
        }
        sink.end();
    }
}
