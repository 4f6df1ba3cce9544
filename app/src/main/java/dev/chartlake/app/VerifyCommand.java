package dev.chartlake.app;

import dev.chartlake.app.lake.DateRange;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.OutputOption;
import dev.chartlake.duckdb.compaction.CopyVerification;
import dev.chartlake.http.Pause;
import dev.chartlake.lake.LakeStatus.Problem;
import dev.chartlake.lake.LakeVerification;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.print.Plurals;
import dev.chartlake.print.ProgressLine;
import dev.chartlake.print.ResultFormat;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code verify}: every committed byte against its manifest. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Reads every table file and every processed raw object, and compares it with the size and checksum in its day's"
                    + " manifest. Tells what is damaged, missing or in no manifest, with the cure for each.",
            "Changes nothing, and can run while a transform does. The exit code is 1 if anything differs."
        })
final class VerifyCommand implements Callable<Integer> {

    /** S3 cannot hold commits off; one takes less than this. */
    private static final Duration COMMIT_ON_S3 = Duration.ofSeconds(5);

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private DateRange range = new DateRange();

    @Override
    public Integer call() throws IOException {
        range.check();
        output.check();
        ObjectStore store = lake.existing();
        Duration settling = store instanceof LocalStore ? Duration.ZERO : COMMIT_ON_S3;
        ProgressLine progress = new ProgressLine(System.err, "Verifying");
        LakeVerification.Result result = new LakeVerification(
                        store, Runtime.getRuntime().availableProcessors(), settling, Pause.REAL)
                .run(range::contains, progress::at);
        progress.end();
        if (store instanceof LocalStore local) {
            result = result.and(CopyVerification.damage(local));
        }
        print(result);
        return result.problems().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private void print(LakeVerification.Result result) throws IOException {
        if (output.format() == ResultFormat.TABLE) {
            output.write(out -> page(result, out));
        } else {
            output.print(sink -> rows(result.problems(), sink));
            System.err.println(summary(result));
        }
    }

    private static void page(LakeVerification.Result result, Writer out) throws IOException {
        for (Problem problem : result.problems()) {
            out.write(problem.key() + " " + problem.problem() + ". " + problem.cure() + "\n");
        }
        out.write(summary(result) + "\n");
        out.flush();
    }

    private static String summary(LakeVerification.Result result) {
        return "Verified " + Plurals.count(result.days(), "day") + ": " + Plurals.count(result.files(), "file") + ", "
                + Plurals.count(result.bytes(), "byte") + ", "
                + Plurals.count(result.problems().size(), "problem") + ".";
    }

    private static void rows(List<Problem> problems, ResultSink sink) throws IOException {
        sink.columns(List.of(
                new ResultColumn("date", "DATE", false),
                new ResultColumn("key", "VARCHAR", false),
                new ResultColumn("problem", "VARCHAR", false),
                new ResultColumn("cure", "VARCHAR", false)));
        for (Problem problem : problems) {
            sink.row(Arrays.<@Nullable Object>asList(problem.date(), problem.key(), problem.problem(), problem.cure()));
        }
        sink.end();
    }
}
