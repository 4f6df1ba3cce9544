package dev.chartlake.spark;

import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.KnownManifests;
import dev.chartlake.lake.RecentDays;
import dev.chartlake.model.Progress;
import dev.chartlake.spark.DayResult.Todo;
import dev.chartlake.spark.Runs.Run;
import dev.chartlake.transform.DayOutcomes;
import dev.chartlake.transform.DayRunner;
import dev.chartlake.transform.SingleDay;
import dev.chartlake.transform.TransformResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** Computes days by Spark: a usual day is one task, a large one several and one more that makes the day of theirs. */
final class SparkRunner implements DayRunner {

    private static final long LOOK_MILLIS = 200;

    private final JavaSparkContext spark;
    private final JobLake lake;
    private final long splitAbove;

    /** Splits days with more than {@code splitAbove} bytes of raw objects into runs of at most that size. */
    SparkRunner(JavaSparkContext spark, JobLake lake, long splitAbove) {
        this.spark = spark;
        this.lake = lake;
        this.splitAbove = splitAbove;
    }

    @Override
    public TransformResult run(List<LocalDate> days, Progress progress) throws IOException {
        DayOutcomes outcomes = new DayOutcomes((done, of) -> {}, days.size());
        if (days.isEmpty()) {
            return outcomes.result();
        }
        // Before the first day is committed, so that it does not matter which one that is.
        Broadcast<RecentDays> recent =
                spark.broadcast(RecentDays.before(Collections.max(days), lake.store(), new KnownManifests()));
        JavaRDD<DayResult> tasks = spark.parallelize(days, days.size()).map(new DayTask(lake, recent, splitAbove));
        List<LocalDate> large = new ArrayList<>();
        for (DayResult result : wait(tasks, progress, days.size())) {
            if (result.todo() == Todo.SPLIT) {
                large.add(result.day());
            } else {
                add(result, outcomes);
            }
        }
        for (LocalDate day : large) {
            try {
                add(split(day, recent, progress), outcomes);
            } catch (IOException e) {
                outcomes.failed(day, e);
            }
        }
        return outcomes.result();
    }

    private static void add(DayResult result, DayOutcomes outcomes) {
        if (result.committed() != null) {
            outcomes.done(result.committed());
        } else {
            outcomes.failed(result.day(), Objects.requireNonNullElse(result.failure(), ""), result.broken());
        }
    }

    private DayResult split(LocalDate day, Broadcast<RecentDays> recent, Progress progress) throws IOException {
        for (int attempt = 1; attempt <= SingleDay.TRIES; attempt++) {
            DayObjects found = DayObjects.list(lake.store(), day);
            List<Run> runs = Runs.of(found.objects(), splitAbove);
            Broadcast<DayObjects> told = spark.broadcast(found);
            JavaRDD<DayResult> tasks = spark.parallelize(runs, runs.size())
                    .flatMap(new RunTask(lake, day))
                    .coalesce(1, true)
                    .mapPartitions(new MergeTask(lake, day, told, runs.size(), recent));
            List<DayResult> results = wait(tasks, progress, runs.size() + 1);
            told.unpersist();
            DayResult result = results.get(0);
            if (result.todo() != Todo.AGAIN) {
                return result;
            }
        }
        return DayResult.failed(day, SingleDay.changedTooOften(day));
    }

    /** Waits for all tasks, and tells how many are done. */
    private List<DayResult> wait(JavaRDD<DayResult> tasks, Progress progress, int of) throws IOException {
        JavaFutureAction<List<DayResult>> running = tasks.collectAsync();
        while (true) {
            try {
                return running.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                progress.at(done(running), of);
            } catch (ExecutionException e) {
                throw new IOException("Spark gave up: " + firstLine(e.getCause()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while Spark was working");
            }
        }
    }

    /** Spark's messages are stack traces. */
    private static String firstLine(@Nullable Throwable e) {
        String text = e == null ? "" : Objects.requireNonNullElse(e.getMessage(), "");
        return text.lines().findFirst().orElse("no reason was given") + " Run the same job again to go on.";
    }

    private int done(JavaFutureAction<List<DayResult>> running) {
        int done = 0;
        for (int job : running.jobIds()) {
            var info = spark.statusTracker().getJobInfo(job);
            for (int stage : info == null ? new int[0] : info.stageIds()) {
                @Nullable SparkStageInfo tasks = spark.statusTracker().getStageInfo(stage);
                done += tasks == null ? 0 : tasks.numCompletedTasks();
            }
        }
        return done;
    }
}
