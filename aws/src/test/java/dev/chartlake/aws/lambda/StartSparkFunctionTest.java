package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.aws.AwsJsonServer;
import dev.chartlake.aws.AwsJsonServer.Fault;
import dev.chartlake.aws.glue.GlueJob;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.GlueClient;

/** When the Glue job is started, by a server that speaks Glue's protocol, and which messages come again. */
class StartSparkFunctionTest {

    private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> states = new ArrayList<>();
    private final AwsJsonServer server;
    private LocalStore lake = new LocalStore(Path.of("."));

    StartSparkFunctionTest() throws IOException {
        server = new AwsJsonServer();
        server.on("AWSGlue.GetJobRuns", input -> {
            assertThat(input).containsEntry("JobName", "charts-transform");
            return Map.of(
                    "JobRuns",
                    states.stream()
                            .map(state -> Map.of("Id", "jr_" + state, "JobRunState", state))
                            .toList());
        });
        server.on("AWSGlue.StartJobRun", input -> {
            assertThat(input).containsEntry("JobName", "charts-transform").doesNotContainKey("Arguments");
            states.add(0, "STARTING");
            return Map.of("JobRunId", "jr_1");
        });
    }

    @BeforeEach
    void openLake() {
        lake = new LocalStore(folder.resolve("lake"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private StartSparkFunction function() {
        return new StartSparkFunction(
                lake,
                Harness.LAKE,
                () -> new GlueJob(server.client(GlueClient.builder()), "charts-transform"),
                new Log(new PrintStream(printed, true, StandardCharsets.UTF_8), "lake", Harness.CLOCK));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String put(String date, String list) throws IOException {
        String id = Answers.list(list);
        String key = "raw_data/to_process/" + date + "/spotify-web-api/" + id + "/120000Z.json";
        lake.put(key, Answers.page(id, Answers.rows(Dialect.LEGACY, 0, 2)).getBytes(StandardCharsets.UTF_8));
        return key;
    }

    private void transform() throws IOException {
        Lakeful.transformLocally(lake);
        states.set(0, "SUCCEEDED");
    }

    @Test
    void seventyListsStartOneRunAndTheirMessagesAreDoneAfterIt() throws Exception {
        List<String> keys = new ArrayList<>();
        for (int list = 0; list < 70; list++) {
            keys.add(put("2026-11-21", "list " + list));
        }
        StartSparkFunction function = function();
        String first = FakeContext.invoke(function, Harness.arrived(keys.subList(0, 40)));
        String second = FakeContext.invoke(function, Harness.arrived(keys.subList(40, 70)));
        assertThat(first.split("itemIdentifier", -1)).hasSize(41);
        assertThat(second.split("itemIdentifier", -1)).hasSize(31);
        transform();
        assertThat(FakeContext.invoke(function, Harness.arrived(keys))).isEqualTo(ALL_DONE);
        assertThat(server.counts()).containsEntry("StartJobRun", 1L);
        assertThat(printed())
                .contains(
                        "Started run jr_1 of the job charts-transform",
                        "Run jr_STARTING of the job charts-transform is under way: STARTING");
    }

    @Test
    void anObjectThatArrivesDuringARunIsTakenByTheNextOne() throws Exception {
        StartSparkFunction function = function();
        String early = Harness.arrived(List.of(put("2026-11-21", "early")));
        FakeContext.invoke(function, early);
        states.set(0, "RUNNING");
        Lakeful.transformLocally(lake);
        String late = Harness.arrived(List.of(put("2026-11-22", "late")));
        String again = "{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}";
        assertThat(FakeContext.invoke(function, late)).isEqualTo(again);
        assertThat(server.counts()).containsEntry("StartJobRun", 1L);
        states.set(0, "SUCCEEDED");
        assertThat(FakeContext.invoke(function, early)).isEqualTo(ALL_DONE);
        assertThat(FakeContext.invoke(function, late)).isEqualTo(again);
        assertThat(server.counts()).containsEntry("StartJobRun", 2L);
        transform();
        assertThat(FakeContext.invoke(function, late)).isEqualTo(ALL_DONE);
        assertThat(server.counts()).containsEntry("StartJobRun", 2L);
    }

    @Test
    void onlyTheMessagesOfTheDayThatWaitsComeAgain() throws Exception {
        List<String> keys = new ArrayList<>(List.of(put("2026-11-19", "a"), put("2026-11-20", "b")));
        Lakeful.transformLocally(lake);
        keys.add(put("2026-11-21", "c"));
        assertThat(FakeContext.invoke(function(), Harness.arrived(keys)))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}");
        assertThat(server.counts()).containsEntry("StartJobRun", 1L);
    }

    @Test
    void aRunThatFailedIsRepeated() throws Exception {
        StartSparkFunction function = function();
        String event = Harness.arrived(List.of(put("2026-11-21", "a")));
        for (String ended : List.of("FAILED", "TIMEOUT", "STOPPED", "ERROR")) {
            FakeContext.invoke(function, event);
            states.set(0, ended);
        }
        assertThat(server.counts()).containsEntry("StartJobRun", 4L);
    }

    @Test
    void aRunThatWaitsForCapacityIsUnderWay() throws Exception {
        states.add("WAITING");
        FakeContext.invoke(function(), Harness.arrived(List.of(put("2026-11-21", "a"))));
        assertThat(server.counts()).doesNotContainKey("StartJobRun");
    }

    @Test
    void whenGlueRefusesASecondRunTheMessagesComeAgain() throws Exception {
        server.on("AWSGlue.StartJobRun", input -> {
            throw new Fault(400, "ConcurrentRunsExceededException", "Concurrent runs exceeded");
        });
        assertThat(FakeContext.invoke(function(), Harness.arrived(List.of(put("2026-11-21", "a")))))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}");
        assertThat(printed()).contains("Another run of the job charts-transform has just started");
    }

    @Test
    void aJobThatMayNotBeStartedFailsTheInvocation() throws Exception {
        server.on("AWSGlue.StartJobRun", input -> {
            throw new Fault(400, "AccessDeniedException", "not authorized to perform glue:StartJobRun");
        });
        String event = Harness.arrived(List.of(put("2026-11-21", "a")));
        assertThatThrownBy(() -> FakeContext.invoke(function(), event))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("glue:StartJobRun");
    }

    @Test
    void looseFilesWaitUntilTheyAreAdopted() throws Exception {
        String id = Answers.list("top");
        String loose = "raw_data/to_process/old folder/spotify_raw_2023-05-19.json";
        lake.put(loose, Answers.page(id, Answers.rows(Dialect.LEGACY, 0, 2)).getBytes(StandardCharsets.UTF_8));
        lake.put("raw_data/to_process/2026-11-21/misnamed.json", "{}".getBytes(StandardCharsets.UTF_8));
        String event = Harness.arrived(List.of(loose));
        assertThat(FakeContext.invoke(function(), event))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}");
        lake.delete(loose);
        assertThat(FakeContext.invoke(function(), event)).isEqualTo(ALL_DONE);
        assertThat(server.counts()).containsEntry("StartJobRun", 1L);
    }

    @Test
    void whatIsNotOfThisLakeStartsNothing() throws Exception {
        String key = put("2026-11-21", "a");
        lake.delete(key);
        lake.put("raw_data/to_process/2026-11-21/misnamed.json", "{}".getBytes(StandardCharsets.UTF_8));
        String event = Events.batch(List.of(
                "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"charts\"}",
                Events.created("another", "of/mine/" + key),
                Events.created("charts", "of/mine/raw_data/to_process/2026-11-21/misnamed.json"),
                Events.created("charts", "of/mine/" + key)));
        assertThat(FakeContext.invoke(function(), event)).isEqualTo(ALL_DONE);
        assertThat(server.asked()).isEmpty();
        assertThat(printed().lines().filter(line -> line.startsWith("Ignored.")))
                .hasSize(3);
    }

    @Test
    void eventsOfS3ItselfStartARunToo() throws Exception {
        String event = Events.created("charts", "of/mine/" + put("2026-11-21", "a"));
        assertThat(FakeContext.invoke(function(), event)).isEqualTo(ALL_DONE);
        assertThat(server.counts()).containsEntry("StartJobRun", 1L);
    }
}
