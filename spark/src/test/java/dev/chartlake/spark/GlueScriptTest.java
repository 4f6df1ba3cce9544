package dev.chartlake.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.jobs.TransformJob;
import dev.chartlake.store.LocalStore;
import dev.chartlake.trials.Deep;
import dev.chartlake.trials.Hang;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the Glue job: compiled as AWS Glue does it, and called with arguments as it passes them. */
class GlueScriptTest {

    private static final Path SCRIPT = Path.of("../deploy/terraform/spark/ChartlakeTransform.scala");
    private static final String CLASSPATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir
    private static Path folder;

    private static Path classes = Path.of(".");

    private record Ended(int code, String text) {}

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        classes = Files.createDirectory(folder.resolve("classes"));
        Ended compiled = java(
                Map.of(),
                List.of(
                        "-cp",
                        CLASSPATH,
                        "scala.tools.nsc.Main",
                        "-usejavacp",
                        "-deprecation",
                        "-Xfatal-warnings",
                        "-d",
                        classes.toString(),
                        SCRIPT.toString()));
        assertThat(compiled.code()).describedAs(compiled.text()).isZero();
    }

    private static Ended java(Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(arguments);
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("CHARTLAKE_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(Hang.SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }

    /** With Glue's own arguments before, between and after those of the job. */
    private static Ended run(Map<String, String> environment, String... job) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "-Dspark.master=local[2]",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.driver.bindAddress=127.0.0.1",
                "-Dlog4j2.configurationFile=" + Path.of("log4j2.properties").toAbsolutePath(),
                "-cp",
                classes + File.pathSeparator + CLASSPATH,
                "ChartlakeTransform",
                "true",
                "--job-bookmark-option",
                "job-bookmark-disable",
                "--JOB_ID",
                "j_1",
                "--conf",
                "spark.executorEnv.AWS_REGION=eu-north-1"));
        arguments.addAll(List.of(job));
        arguments.addAll(List.of("--user-jars-first", "true", "--JOB_RUN_ID", "jr_1", "--JOB_NAME", "chartlake-spark"));
        return java(environment, arguments);
    }

    @Test
    void itTransformsAsTheCommandLineDoes() throws Exception {
        Path lake = Lakes.raw(folder, new Random(1), 2, 10);
        Path expected = Lakes.copy(lake);
        Lakes.transform(new LocalStore(expected), TransformJob.Days.NEW);
        run(Map.of(), "--region", "eu-north-1", "--lake", lake.toString(), "--format", "parquet");
        assertThat(Lakes.contents(lake)).isEqualTo(Lakes.contents(expected));
        Ended again = run(Map.of(), "--format", "csv", "--lake", lake.toString(), "--all", "true");
        assertThat(again.code()).describedAs(again.text()).isZero();
        assertThat(Lakes.contents(lake).keySet()).anyMatch(key -> key.endsWith(".csv") && key.contains("song_data"));
    }

    @Test
    void whatIsWrongFailsTheRun() throws Exception {
        Ended ended = run(Map.of(), "--lake", folder.resolve("no-lake").toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.text()).contains("There is no lake at");
    }

    @Test
    @Deep
    void theDriverKnowsTheRegion() throws Exception {
        Map<String, String> nowhere = Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                "AWS_ACCESS_KEY_ID", "key",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_CONFIG_FILE", folder.resolve("none").toString(),
                "AWS_EC2_METADATA_DISABLED", "true");
        Ended without = run(nowhere, "--lake", "s3://bucket/lake");
        assertThat(without.text()).contains("No AWS region is set");
        Ended with = run(nowhere, "--region", "eu-north-1", "--lake", "s3://bucket/lake");
        assertThat(with.code()).isNotZero();
        assertThat(with.text()).contains("127.0.0.1").doesNotContain("No AWS region is set");
    }
}
