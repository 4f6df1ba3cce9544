package dev.chartlake.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.aws.s3.S3Address;
import dev.chartlake.aws.s3.S3Store;
import dev.chartlake.jobs.TransformJob;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.testkit.S3Server;
import dev.chartlake.trials.Deep;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Hang;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The jar as it is submitted, in processes of its own: its libraries are relocated there, and it can be killed. */
@Thorough
@Timeout(Hang.SECONDS)
class SubmittedJarTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String TWO = "local[2]";
    private static final int DAYS = 3;

    @TempDir
    private static Path folder;

    private static Path raw;
    private static Map<String, Long> expected;

    /** How a process ended, and what it said. */
    private record Ended(int code, String out, String err) {}

    @BeforeAll
    static void transformHere() throws IOException {
        raw = Lakes.raw(folder, new Random(4712), DAYS, 40);
        Path lake = Lakes.copy(raw);
        Lakes.transform(new LocalStore(lake), TransformJob.Days.NEW);
        expected = Lakes.contents(lake);
    }

    private static Ended end(Process process, Path out, Path err) throws IOException, InterruptedException {
        assertThat(process.waitFor(Hang.SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    private static Ended submit(Map<String, String> environment, String... words) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        return end(start(environment, out, err, words), out, err);
    }

    private static Process start(Map<String, String> environment, Path out, Path err, String... words)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve("spark/submit").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().remove("CHARTLAKE_LAKE");
        builder.environment().putAll(environment);
        return builder.start();
    }

    @Test
    void theJobLeavesTheLakeThatTransformLeaves() throws Exception {
        Path lake = Lakes.copy(raw);
        Ended ended = submit(Map.of("CHARTLAKE_LAKE", lake.toString()), "--master", TWO);
        assertThat(ended.out()).startsWith("Transformed " + DAYS + " days, 2024-03-01 to 2024-03-03: ");
        assertThat(ended.code()).isOne(); // raw objects were set aside
        assertThat(ended.err()).contains("Set aside raw_data/quarantine/").doesNotContain("\tat ");
        assertThat(Lakes.contents(lake)).isEqualTo(expected);

        Ended again = submit(Map.of(), "--lake", "file:" + lake, "--master", TWO);
        assertThat(again.out()).isEqualTo("Nothing to transform.\n");
        assertThat(again.code()).isZero();

        Ended sql = submit(Map.of(), "sql", "--lake", lake.toString());
        assertThat(sql.out())
                .startsWith("-- The tables and views of the lake at file://" + lake + ".\n")
                .contains("PARTITION (snapshot_date = '2024-03-03')", "CREATE OR REPLACE VIEW chart_history AS\n");
        assertThat(sql.code()).isZero();
    }

    @Test
    @Deep
    void onlyTheDaysThatAreAskedFor() throws Exception {
        Path lake = Lakes.copy(raw);
        Ended one = submit(
                Map.of(),
                "--lake",
                lake.toString(),
                "--since",
                "2024-03-02",
                "--until",
                "2024-03-02",
                "--format",
                "csv",
                "--conf",
                "spark.master=" + TWO);
        assertThat(one.out()).startsWith("Transformed 1 day, 2024-03-02: ");
        assertThat(Lakes.contents(lake).keySet())
                .contains("transformed_data/_days/2024-03-02.json")
                .anyMatch(key -> key.endsWith("snapshot_date=2024-03-02/part-0.csv"))
                .noneMatch(key -> key.endsWith("_days/2024-03-01.json"));
    }

    @Test
    void whatIsWrongIsSaidInASentence() throws Exception {
        wrong("There is no lake at " + folder.resolve("none"), "--lake", folder + "/none");
        wrong("--master yarn needs the spark-submit of that cluster", "--master", "yarn");
        if (!Depth.isThorough()) {
            return;
        }
        Path file = Files.createFile(folder.resolve("file"));
        wrong("Not a folder: " + file, "--lake", file.toString());
        wrong("A lake cannot be at 'hdfs://name/lake'", "--lake", "hdfs://name/lake");
        wrong("No such format: orc. There are: parquet, csv.", "--lake", raw.toString(), "--format", "orc");
        wrong("The span ends before it begins", "--since", "2024-03-02", "--until", "2024-03-01");
        wrong("Unknown option: '--day'", "--day");
        wrong("--master needs a value.", "--master");
    }

    private static void wrong(String sentence, String... words) throws Exception {
        Ended ended = submit(Map.of(), words);
        assertThat(ended.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    /** A server in a process of its own: its libraries and Spark's do not go together. */
    private static Process s3() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String libraries = Files.readString(ROOT.resolve("testkit/target/testkit.classpath"));
        return new ProcessBuilder(
                        java, "-cp", ROOT.resolve("testkit/target/classes") + ":" + libraries, S3Server.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    @Deep
    void aLakeOnS3IsTheSame() throws Exception {
        Process server = s3();
        String endpoint = server.inputReader(UTF_8).readLine();
        try (S3Client client = S3Server.client(URI.create(endpoint))) {
            client.createBucket(request -> request.bucket("charts"));
            S3Store store = new S3Store(client, S3Address.parse("s3://charts/lake"));
            LocalStore local = new LocalStore(raw);
            for (ObjectInfo info : local.list("raw_data/")) {
                store.put(info.key(), local.read(info.key()).orElseThrow().bytes());
            }
            Map<String, String> environment = Map.of(
                    "AWS_ENDPOINT_URL",
                    endpoint,
                    "AWS_REGION",
                    "eu-north-1",
                    "AWS_ACCESS_KEY_ID",
                    S3Server.ACCESS_KEY,
                    "AWS_SECRET_ACCESS_KEY",
                    S3Server.SECRET_KEY);
            Ended ended = submit(environment, "--lake", "s3a://charts/lake", "--master", TWO);
            assertThat(ended.out()).startsWith("Transformed " + DAYS + " days");
            assertThat(ended.err()).doesNotContain("\tat ").doesNotContain(S3Server.SECRET_KEY);
            assertThat(Lakes.contents(store)).isEqualTo(expected);

            Ended refused = submit(
                    Map.of(
                            "AWS_ENDPOINT_URL",
                            endpoint,
                            "AWS_REGION",
                            "eu-north-1",
                            "AWS_ACCESS_KEY_ID",
                            S3Server.ACCESS_KEY,
                            "AWS_SECRET_ACCESS_KEY",
                            "wrong"),
                    "--lake",
                    "s3://charts/lake",
                    "--master",
                    TWO);
            assertThat(refused.code()).isOne();
            assertThat(refused.err()).isNotBlank().doesNotContain("\tat ");
        } finally {
            server.destroy();
        }
    }

    @Test
    @Deep
    void aKilledJobIsDoneByTheNextOne() {
        Seeded.run(5, random -> {
            Path lake = Lakes.copy(raw);
            Path out = Files.createTempFile(folder, "out", "");
            Path err = Files.createTempFile(folder, "err", "");
            Process process = start(Map.of(), out, err, "--lake", lake.toString(), "--master", TWO);
            // Spark starts in three seconds or more, and the days take less than one.
            process.waitFor(2500 + random.nextInt(2500), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            Ended next = submit(Map.of(), "--lake", lake.toString(), "--master", TWO);
            assertThat(next.code()).as(next.err()).isIn(0, 1);
            assertThat(Lakes.contents(lake)).isEqualTo(expected);
        });
    }

    @Test
    @Deep
    void aClusterLeavesTheSameLakeAlsoWhenItLosesExecutors() throws Exception {
        try (StandaloneCluster cluster = new StandaloneCluster(Files.createTempDirectory(folder, "cluster"))) {
            Path lake = Lakes.copy(raw);
            run(cluster, "--lake", lake.toString());
            assertThat(Lakes.contents(lake)).isEqualTo(expected);

            Path large = Files.createTempDirectory(folder, "large");
            LargeDay.write(large);
            Path here = Lakes.copy(large);
            Lakes.transform(new LocalStore(here), TransformJob.Days.NEW);
            run(cluster, "--lake", large.toString(), "--split-megabytes", "1");
            assertThat(Lakes.contents(large)).isEqualTo(Lakes.contents(here));

            Seeded.run(4, random -> {
                Path out = Files.createTempFile(folder, "out", "");
                Process job = cluster.submit(out, "--lake", large.toString(), "--split-megabytes", "1", "--all");
                job.waitFor(4000 + random.nextInt(4000), TimeUnit.MILLISECONDS);
                cluster.killExecutor();
                assertThat(job.waitFor(Hang.SECONDS, TimeUnit.SECONDS)).isTrue();
                assertThat(job.exitValue()).as(StandaloneCluster.text(out)).isZero();
                assertThat(Lakes.contents(large)).isEqualTo(Lakes.contents(here));
            });
        }
    }

    private static void run(StandaloneCluster cluster, String... words) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Process job = cluster.submit(out, words);
        assertThat(job.waitFor(Hang.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(StandaloneCluster.text(out)).contains("Transformed ");
        assertThat(job.exitValue()).isIn(0, 1); // raw objects may have been set aside
    }
}
