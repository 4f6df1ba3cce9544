package dev.chartlake.app.jobs;

import dev.chartlake.app.lake.Compacting;
import dev.chartlake.app.lake.DateRange;
import dev.chartlake.app.print.MetricFiles;
import dev.chartlake.app.settings.Environment;
import dev.chartlake.app.settings.Settings;
import dev.chartlake.format.TableFormat;
import dev.chartlake.jobs.TransformJob;
import dev.chartlake.jobs.print.TransformLines;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.publish.FilePublisher;
import dev.chartlake.publish.RawChanges;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.Hint;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.TableFormats;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Options to a {@link TransformJob}, and what it did to words and an exit code. */
public final class Transforming {

    private final ObjectStore store;
    private final TableFormat format;
    private final QualityRules rules;
    private final PrintStream out;

    /** Says on {@code out} what was done, and on stderr what went wrong. */
    public Transforming(ObjectStore store, TableFormat format, QualityRules rules, PrintStream out) {
        this.store = store;
        this.format = format;
        this.rules = rules;
        this.out = out;
    }

    /** Picks the format: flag, environment, file, default. */
    public static TableFormat tableFormat(@Nullable String flag, Settings settings) {
        String name = flag != null ? flag : settings.format();
        return TableFormats.named(name)
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE, "No such format: " + name + ". There are: " + TableFormats.NAMES + "."));
    }

    /** Computes what is new, and returns the exit code. */
    public int run() throws IOException {
        return run(TransformJob.Days.NEW, new DateRange(), RawChanges.REFUSE);
    }

    /** Computes these days, as far as they are in the range, and returns the exit code. */
    public int run(TransformJob.Days days, DateRange range, RawChanges rawChanges) throws IOException {
        Runtime machine = Runtime.getRuntime();
        Transformer transformer = new Transformer(
                store,
                new FilePublisher(store, format),
                machine.availableProcessors(),
                machine.maxMemory() / 5 * 4,
                rules,
                rawChanges);
        Metrics metrics = new Metrics();
        TransformLines lines = new TransformLines(out, System.err, Hint.command("report quality", store));
        TransformJob.Result result = new TransformJob(store, transformer, metrics, lines).run(days, range::contains);
        MetricFiles.write(Environment.variables(), "transform", store.name(), metrics);
        boolean whole = !(store instanceof LocalStore local) || Compacting.run(local);
        if (result.transformed().contractBroke()) {
            return ExitCode.CONTRACT;
        }
        return whole && result.clean() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
}
