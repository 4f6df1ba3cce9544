package dev.chartlake.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.jobs.TransformJob;
import dev.chartlake.jobs.print.TransformLines;
import dev.chartlake.lake.Manifest;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.publish.RawChanges;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.FileCorpus;
import dev.chartlake.transform.TableFormats;
import dev.chartlake.transform.Transformer;
import dev.chartlake.trials.Seeded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days computed by Spark are the days that {@code transform} computes, byte for byte. */
class SparkRunnerTest {

    private static final long NEVER_SPLIT = Long.MAX_VALUE;

    private static JavaSparkContext spark;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        spark = new JavaSparkContext(new SparkConf()
                .setMaster("local[2]")
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1"));
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private static TransformJob.Result transform(Path lake, long splitAbove, TransformJob.Days days) throws Exception {
        JobLake job = JobLake.of(lake.toString(), TableFormats.USUAL);
        Transformer finder =
                new Transformer(job.store(), job.publisher(), 1, 256 << 20, QualityRules.DEFAULT, RawChanges.REFUSE);
        TransformLines lines = new TransformLines(System.out, System.err, "report");
        return new TransformJob(job.store(), finder, new SparkRunner(spark, job, splitAbove), new Metrics(), lines)
                .run(days, day -> true);
    }

    @Test
    void theSameBytesAsFromOneProcess() {
        Seeded.run(3, random -> {
            Path here = Lakes.raw(folder, random, 3 + random.nextInt(3), 5 + random.nextInt(60));
            Path whole = Lakes.copy(here);
            Path split = Lakes.copy(here);
            Lakes.transform(new LocalStore(here), TransformJob.Days.NEW);
            Map<String, Long> expected = Lakes.contents(here);

            transform(whole, NEVER_SPLIT, TransformJob.Days.NEW);
            assertThat(Lakes.contents(whole)).isEqualTo(expected);

            transform(split, 1 + random.nextInt(100_000), TransformJob.Days.NEW);
            assertThat(Lakes.contents(split)).isEqualTo(expected);

            transform(whole, 20_000, TransformJob.Days.ALL);
            assertThat(Lakes.contents(whole)).isEqualTo(expected);
        });
    }

    @Test
    void whatIsDoneIsNotDoneAgain() throws Exception {
        Path lake = Lakes.raw(folder, new java.util.Random(1), 2, 10);
        assertThat(transform(lake, NEVER_SPLIT, TransformJob.Days.NEW)
                        .transformed()
                        .days())
                .hasSize(2);
        assertThat(transform(lake, NEVER_SPLIT, TransformJob.Days.NEW)
                        .transformed()
                        .days())
                .isEmpty();
        Files.delete(lake.resolve(Manifest.key(FileCorpus.FIRST)));
        assertThat(transform(lake, 10_000, TransformJob.Days.NEW).transformed().days())
                .singleElement()
                .satisfies(day -> assertThat(day.date()).isEqualTo(FileCorpus.FIRST));
    }

    @Test
    void twoJobsAndATransformAtOnceLeaveTheSameLake() throws Exception {
        Path here = Lakes.raw(folder, new java.util.Random(2), 3, 20);
        Path lake = Lakes.copy(here);
        Lakes.transform(new LocalStore(here), TransformJob.Days.NEW);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<TransformJob.Result> split = threads.submit(job(lake, 20_000));
            Future<TransformJob.Result> whole = threads.submit(job(lake, NEVER_SPLIT));
            Lakes.transform(new LocalStore(lake), TransformJob.Days.ALL);
            split.get();
            whole.get();
        } finally {
            threads.shutdownNow();
        }
        transform(lake, NEVER_SPLIT, TransformJob.Days.NEW);
        assertThat(Lakes.contents(lake)).isEqualTo(Lakes.contents(here));
    }

    private static Callable<TransformJob.Result> job(Path lake, long splitAbove) {
        return () -> transform(lake, splitAbove, TransformJob.Days.ALL);
    }

    @Test
    void aDayWhoseRawObjectsWereEditedFailsAndTheOthersAreCommitted() throws Exception {
        Path lake = Lakes.raw(folder, new java.util.Random(3), 2, 10);
        transform(lake, NEVER_SPLIT, TransformJob.Days.NEW);
        try (var files = Files.walk(lake.resolve("raw_data/processed/" + FileCorpus.FIRST))) {
            Files.delete(files.filter(Files::isRegularFile).findFirst().orElseThrow());
        }
        for (long splitAbove : new long[] {10_000, NEVER_SPLIT}) {
            TransformJob.Result result = transform(lake, splitAbove, TransformJob.Days.ALL);
            assertThat(result.transformed().days()).hasSize(1);
            assertThat(result.transformed().failures())
                    .singleElement()
                    .asString()
                    .startsWith("Day " + FileCorpus.FIRST + ": ");
        }
    }
}
