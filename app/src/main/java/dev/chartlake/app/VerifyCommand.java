package dev.chartlake.app;

import dev.chartlake.extract.Pause;
import dev.chartlake.sql.CopyVerification;
import dev.chartlake.sql.ResultColumn;
import dev.chartlake.sql.ResultFormat;
import dev.chartlake.sql.ResultSink;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.LakeStatus.Problem;
import dev.chartlake.transform.LakeVerification;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(names = "--since", paramLabel = "DATE", description = "Only days from this one on (UTC, YYYY-MM-DD)")
    private @Nullable LocalDate since;

    @Option(names = "--until", paramLabel = "DATE", description = "Only days up to this one (UTC, YYYY-MM-DD)")
    private @Nullable LocalDate until;

    @Override
    public Integer call() throws IOException {
        ResultFormat format = output.format();
        ObjectStore store = lake.store();
        Duration settling = store instanceof LocalStore ? Duration.ZERO : COMMIT_ON_S3;
        Progress progress = new Progress(System.err, "Verifying");
        LakeVerification.Result result = new LakeVerification(
                        store, Runtime.getRuntime().availableProcessors(), settling, Pause.REAL)
                .run(this::wanted, progress::at);
        progress.end();
        if (store instanceof LocalStore local) {
            result = result.and(CopyVerification.damage(local));
        }
        if (format == ResultFormat.TABLE) {
            page(result);
        } else {
            rows(result.problems(), output.printer());
            System.err.println(summary(result));
        }
        return result.problems().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private boolean wanted(LocalDate date) {
        return (since == null || !date.isBefore(since)) && (until == null || !date.isAfter(until));
    }

    private static void page(LakeVerification.Result result) throws IOException {
        Writer out = OutputOption.writer();
        for (Problem problem : result.problems()) {
            out.write(problem.key() + " " + problem.problem() + ". " + problem.cure() + "\n");
        }
        out.write(summary(result) + "\n");
        out.flush();
    }

    private static String summary(LakeVerification.Result result) {
        return "Verified " + Words.count(result.days(), "day") + ": " + Words.count(result.files(), "file") + ", "
                + Words.count(result.bytes(), "byte") + ", "
                + Words.count(result.problems().size(), "problem") + ".";
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
