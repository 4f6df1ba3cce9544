package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.publish.CommitLog;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.FileCorpus;
import dev.chartlake.testkit.S3Server;
import dev.chartlake.trials.Deep;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** From the command line to the bytes on S3, which are those of a folder. Each command is a process of its own. */
class S3LakeTest {

    private static final int KILLS = Depth.of(2, 5);
    private static final int MOST_KILLS = 200;
    private static final int FILES = 1_200;
    private static final String SQL =
            "SELECT snapshot_date, position, song_id, song_name FROM playlist_entries ORDER BY ALL";

    private static S3Server server;
    private static S3Client client;

    @TempDir
    Path folder;

    private int said;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start();
        client = server.client();
        client.createBucket(to -> to.bucket("lakes"));
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_S3",
                server.endpoint().toString(),
                "AWS_REGION",
                "eu-north-1",
                "AWS_ACCESS_KEY_ID",
                S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET_KEY,
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "CHARTLAKE_CACHE",
                folder.resolve("cache").toString()));
    }

    private Lake.Child start(Map<String, String> environment, String... words) throws IOException {
        return Lake.Child.of(Steps.class, List.of("-Xmx256m"), environment, words);
    }

    private Ended run(String... words) throws IOException, InterruptedException {
        return start(environment(), words).end();
    }

    private Path corpus() throws IOException {
        Path in = folder.resolve("in");
        System.out.println("S3LakeTest: corpus of seed 4711");
        FileCorpus.write(in, 4711, Depth.of(3, 4), Depth.of(12, 30));
        Files.writeString(
                in.resolve("broken_2024-03-02T10-00-00.json"),
                Answers.page(Answers.list("broken"), Answers.rows(Dialect.LEGACY, 0, 9))
                        .substring(0, 3000));
        return in;
    }

    /** What is on S3 below {@code name/}, as {@link Lake#data} of a folder. */
    private static Map<String, String> data(String name) throws IOException {
        Map<String, String> data = new TreeMap<>();
        for (S3Object object : objects(name)) {
            String key = object.key().substring(name.length() + 1);
            if (!key.startsWith("_chartlake/") && !key.startsWith(CommitLog.ROOT)) {
                byte[] bytes = client.getObjectAsBytes(to -> to.bucket("lakes").key(object.key()))
                        .asByteArray();
                CRC32 crc = new CRC32();
                crc.update(bytes);
                data.put(key, bytes.length + " bytes, " + Long.toHexString(crc.getValue()));
            }
        }
        return data;
    }

    private static List<S3Object> objects(String name) {
        return client.listObjectsV2Paginator(to -> to.bucket("lakes").prefix(name + "/")).contents().stream()
                .toList();
    }

    @Test
    @Deep
    void aListIsPurgedAsInAFolder() throws Exception {
        Path in = corpus();
        String top = Answers.list("top");
        Lake lake = new Lake(folder.resolve("folder"));
        lake.importing(in).with(ExitCode.SOME_FAILED);
        lake.transform().with(ExitCode.DONE);
        run("import", "--lake", "s3://lakes/purged", in.toString()).with(ExitCode.SOME_FAILED);
        run("transform", "--lake", "s3://lakes/purged").with(ExitCode.DONE);
        assertThat(data("purged")).isEqualTo(lake.data());
        lake.run("purge", "--list", top, "--yes").with(ExitCode.DONE);
        assertThat(run("purge", "--list", top, "--lake", "s3://lakes/purged", "--yes")
                        .with(ExitCode.DONE)
                        .err())
                .contains("Removed ");
        assertThat(data("purged")).isNotEmpty().isEqualTo(lake.data());
        run("purge", "--before", "2030-01-01", "--lake", "s3://lakes/purged", "--yes")
                .with(ExitCode.DONE);
        assertThat(data("purged").keySet()).noneMatch(key -> key.contains("2024-"));
        assertThat(objects("purged")).noneMatch(object -> object.key().contains("_commits"));
    }

    @Test
    void theWholeJourneyIsThatOfAFolder() throws Exception {
        Path in = corpus();
        Lake local = new Lake(folder.resolve("local"));
        local.importing(in).with(1);
        local.transform().with(0);
        String expected = local.run("query", "--output", "csv", SQL).with(0).out();

        String lake = "s3://lakes/journey";
        Ended filled = run("import", "--lake", lake, in.toString(), "+", "transform", "--lake", lake);
        assertThat(filled.with(1).err()).contains("Set aside", "broken").doesNotContain("SLF4J");
        assertThat(data("journey")).isEqualTo(local.sound().data());
        assertThat(objects("journey")).noneMatch(object -> object.key().contains("_chartlake/"));

        assertThat(run("query", "--lake", lake, "--output", "csv", SQL).with(0))
                .isEqualTo(new Ended(0, "ready\n" + expected, ""));
        Ended status = run("status", "--lake", lake, "+", "report", "quality", "--lake", lake)
                .with(0);
        String own = local.run("status").with(0).out();
        assertThat(status.out())
                .startsWith("ready\n"
                        + own.replace(local.root().toString(), lake)
                                .replaceAll(" --lake \\S+", " --lake " + lake)
                                .lines()
                                .findFirst()
                                .orElseThrow());
        assertThat(status.out()).contains(local.report("quality").with(0).out());
        // All again changes nothing.
        run("import", "--lake", lake, in.toString(), "+", "transform", "--all", "--lake", lake);
        assertThat(data("journey")).isEqualTo(local.data());
    }

    /** The raw objects of a folder, as an import leaves them on S3. */
    private static void upload(Lake local, List<String> keys, String name) {
        keys.stream()
                .parallel()
                .forEach(key -> client.putObject(
                        to -> to.bucket("lakes").key(name + "/" + key), RequestBody.fromFile(local.at(key))));
    }

    @Test
    @Deep
    void killedAtAnyMomentAndRunAgainItIsTheSame() throws Exception {
        Path in = corpus();
        Lake local = new Lake(folder.resolve("local"));
        local.importing(in).with(1);
        Lake waiting = new Lake(folder.resolve("waiting"));
        waiting.importing(in).with(1);
        local.transform().with(0);
        Map<String, String> expected = local.data();
        long tables = expected.keySet().stream()
                .filter(key -> key.startsWith("transformed_data/"))
                .count();
        Random random = new Random(); // for moments: they are not the same again with the same seed
        TreeSet<Long> moments = new TreeSet<>();
        boolean inTheMiddle = false;
        for (int i = 0; i < KILLS || !inTheMiddle && i < MOST_KILLS; i++) {
            String name = "killed-" + i;
            upload(waiting, waiting.keys("raw_data"), name);
            Lake.Child child = start(environment(), "transform", "--lake", "s3://lakes/" + name);
            long until = i % KILLS * tables / KILLS;
            while (child.process().isAlive() && tables(name) < Math.max(1, until)) {
                Thread.sleep(random.nextInt(3) + 1);
            }
            child.process().destroyForcibly();
            child.end();
            long made = tables(name);
            moments.add(made);
            inTheMiddle |= made > 0 && made < tables;
            leasesAreOver(name);
            run("transform", "--lake", "s3://lakes/" + name);
            assertThat(data(name)).as("killed after " + until + " tables").isEqualTo(expected);
        }
        System.out.println("S3LakeTest: killed after " + moments + " of " + tables + " tables");
        assertThat(inTheMiddle).as("a kill in the middle").isTrue();
    }

    /** As half a minute later. */
    private static void leasesAreOver(String name) {
        objects(name + "/_chartlake")
                .forEach(lease -> client.deleteObject(to -> to.bucket("lakes").key(lease.key())));
    }

    private static long tables(String name) {
        return objects(name + "/transformed_data").stream()
                .filter(object -> !object.key().contains(CommitLog.ROOT))
                .count();
    }

    @Test
    @Deep
    void aDayOfMoreFilesThanAListingHolds() throws Exception {
        String list = Answers.list("many");
        String page = Answers.page(list, Answers.rows(Dialect.LEGACY, 0, 2));
        IntStream.range(0, FILES).parallel().forEach(i -> {
            String name = String.format("%02d%02d%02dZ.json", i / 3600, i / 60 % 60, i % 60);
            client.putObject(
                    to -> to.bucket("lakes")
                            .key("many/raw_data/to_process/2024-03-03/spotify-web-api/" + list + "/" + name),
                    RequestBody.fromString(page));
        });
        String lake = "s3://lakes/many";
        assertThat(run("transform", "--lake", lake).with(0).out())
                .contains(String.format("%,d entries of %,d raw objects", 2 * FILES, FILES));
        List<String> raw = new ArrayList<>();
        objects("many/raw_data").forEach(object -> raw.add(object.key()));
        assertThat(raw).hasSize(FILES).allMatch(key -> key.startsWith("many/raw_data/processed/"));
    }

    @Test
    @Thorough
    void whatIsWrongIsToldWithItsExitCodeAndWithoutSecrets() throws Exception {
        Path in = folder.resolve("page_2024-03-02T10-00-00.json");
        Files.writeString(in, Answers.page(Answers.list("one"), Answers.rows(Dialect.LEGACY, 0, 2)));
        assertSays(environment(), "s3://no-such-bucket/x", 2, "No bucket", "no-such-bucket");
        assertSays(environment(), "s3://", 2, "It looks like s3://bucket/prefix");
        Map<String, String> wrong = environment();
        wrong.put("AWS_SECRET_ACCESS_KEY", "another-secret-never-shown");
        assertSays(wrong, "s3://lakes/x", 3, "does not accept the credentials", "s3://lakes/x");
        Map<String, String> none = environment();
        none.put("AWS_ACCESS_KEY_ID", "");
        none.put("AWS_SECRET_ACCESS_KEY", "");
        none.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
        none.put("AWS_CONFIG_FILE", folder.resolve("none").toString());
        assertSays(none, "s3://lakes/x", 3, "No AWS credentials", "AWS_PROFILE");
        Map<String, String> nowhere = new HashMap<>(none);
        nowhere.put("AWS_REGION", "");
        assertSays(nowhere, "s3://lakes/x", 2, "No AWS region", "AWS_REGION=");
        Map<String, String> unreachable = environment();
        unreachable.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9");
        assertSays(unreachable, "s3://lakes/x", 1, "cannot be reached");
        assertThat(CommandLineRun.of("demo", "--once", "--lake", "s3://lakes/x").code())
                .isEqualTo(ExitCode.USAGE);
    }

    /** By one that writes and one that reads a copy; in the short form by one of them, in turns. */
    private void assertSays(Map<String, String> environment, String lake, int code, String... words) throws Exception {
        List<String[]> commands =
                List.of(new String[] {"transform", "--lake", lake}, new String[] {"query", "--lake", lake, "SELECT 1"});
        int first = Depth.of(said++ % 2, 0);
        for (String[] command : commands.subList(first, Depth.of(first + 1, 2))) {
            Ended ended = start(environment, command).end().with(code);
            assertThat(ended.err()).contains(words).doesNotContain("never-shown", "Exception", S3Server.ACCESS_KEY);
            assertThat(ended.out()).isEqualTo("ready\n");
        }
    }
}
