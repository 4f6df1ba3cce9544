package dev.chartlake.spark;

import dev.chartlake.jobs.TransformJob;
import dev.chartlake.jobs.print.TransformLines;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.publish.RawChanges;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.Hint;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.TableFormats;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The job: {@code transform}, computed by Spark. */
@Command(
        name = "spark/submit",
        version = "chartlake 0.1.0",
        mixinStandardHelpOptions = true,
        description = {
            "Turns raw objects into tables, one partition a day, computed by Spark.",
            "It does what ./chartlake transform does, with the same result. Without options: the days in which something"
                    + " waits. A day with more raw data than --split-megabytes is computed by several tasks."
        },
        footer = {
            "",
            "--master, --deploy-mode, --conf, --properties-file, --name, --queue, --num-executors, --executor-cores,"
                    + " --executor-memory, --driver-memory and --total-executor-cores go to spark-submit."
        },
        subcommands = SparkSqlCommand.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:some work failed, the rest was done",
            "2:usage or configuration",
            "5:counts do not add up, or a data contract broke"
        })
public final class SparkTransform implements Callable<Integer> {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
    private static final long MEGABYTE = 1 << 20;

    @Option(
            names = "--lake",
            paramLabel = "DIR|s3://…",
            description = "Folder of the lake that all machines have, or s3://bucket/prefix. Default: CHARTLAKE_LAKE")
    private @Nullable String lake;

    @Mixin
    private Span span = new Span();

    @Option(names = "--all", description = "Also the days that are done already")
    private boolean all;

    @Option(names = "--format", paramLabel = "parquet|csv", description = "Format of the tables. Default: parquet")
    private @Nullable String format;

    @Option(
            names = "--split-megabytes",
            paramLabel = "N",
            defaultValue = "256",
            description = "Largest size of a task's raw data. Default: ${DEFAULT-VALUE}")
    private long splitMegabytes;

    /** To be set by picocli. */
    public SparkTransform() {}

    /** Runs the job. Ends the process where it was not done: the exit code is the command line's. */
    public static void main(String[] args) {
        int code = run(args);
        if (code != ExitCode.DONE) {
            System.exit(code);
        }
    }

    /** Runs the job and returns its exit code. */
    static int run(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new SparkTransform())
                .setParameterExceptionHandler((e, words) -> {
                    e.getCommandLine().getErr().println(e.getMessage() + ". All options: spark/submit --help");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, commandLine, parsed) -> {
                    commandLine.getErr().println(ErrorText.of(e));
                    return e instanceof Failure failure ? failure.exitCode() : ExitCode.SOME_FAILED;
                });
    }

    @Override
    public Integer call() throws IOException {
        span.check();
        if (splitMegabytes < 1) {
            throw new Failure(ExitCode.USAGE, "--split-megabytes is " + splitMegabytes + ". Name at least 1.");
        }
        JobLake job = JobLake.of(
                where(lake),
                format != null ? format : System.getenv().getOrDefault("CHARTLAKE_FORMAT", TableFormats.USUAL));
        job.requireThere();
        SparkConf conf = new SparkConf()
                .setIfMissing("spark.master", "local[*]")
                .setIfMissing("spark.app.name", "chartlake transform")
                .setIfMissing("spark.ui.enabled", "false")
                .setIfMissing("spark.ui.showConsoleProgress", "false");
        try (JavaSparkContext spark = new JavaSparkContext(conf)) {
            requireVersion(spark.version());
            return run(spark, job);
        }
    }

    /** The lake of the option, else of the environment. */
    static String where(@Nullable String lake) {
        return lake != null ? lake : System.getenv().getOrDefault("CHARTLAKE_LAKE", "./lake");
    }

    /** What was tried: 3.5 and 4. Throws {@link Failure} for others. */
    static void requireVersion(String version) {
        Matcher numbers = VERSION.matcher(version);
        int major = numbers.matches() ? Integer.parseInt(numbers.group(1)) : 0;
        int minor = numbers.matches() ? Integer.parseInt(numbers.group(2)) : 0;
        if (major < 3 || major == 3 && minor < 5 || major > 4) {
            throw new Failure(
                    ExitCode.USAGE,
                    "This is Spark " + version
                            + ". The job runs on Spark 3.5 and Spark 4: set SPARK_HOME to one of them.");
        }
    }

    private int run(JavaSparkContext spark, JobLake job) throws IOException {
        ObjectStore store = job.store();
        // It finds the days, and computes none.
        Transformer finder = new Transformer(
                store, job.publisher(), 1, Runtime.getRuntime().maxMemory(), QualityRules.DEFAULT, RawChanges.REFUSE);
        TransformLines lines = new TransformLines(System.out, System.err, Hint.command("report quality", store));
        TransformJob.Result result = new TransformJob(
                        store, finder, new SparkRunner(spark, job, splitMegabytes * MEGABYTE), new Metrics(), lines)
                .run(all ? TransformJob.Days.ALL : TransformJob.Days.NEW, span);
        if (result.transformed().contractBroke()) {
            return ExitCode.CONTRACT;
        }
        return result.clean() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
}
