package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Hang;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What real processes leave in the temporary folder, and which processes they leave, when signals end them. */
@Timeout(Hang.SECONDS)
class TemporaryFilesTest {

    private static final String PREFIX = "chartlake-query-";
    private static final String SPILLING = "SELECT repeat(i::VARCHAR, 10) AS a FROM range(9000000000) t(i) ORDER BY a";

    @TempDir
    Path folder;

    private Path temporary = Path.of("");

    @BeforeEach
    void makeTemporaryFolder() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
        Files.createDirectory(folder.resolve("lake"));
    }

    @Test
    void aDashboardLeavesNothingWhenASignalEndsIt() throws Exception {
        Lake.Child dashboard = dashboard();
        ask(dashboard, DashboardSqlTest.ENDLESS);
        List<ProcessHandle> processes = workers(dashboard);
        dashboard.process().destroy();
        dashboard.end();
        assertThat(left()).isEmpty();
        processes.forEach(process -> await(() -> !process.isAlive()));
    }

    @Test
    void whatAKilledDashboardLeavesIsRemovedByTheNextQueryAndItsProcessesEnd() throws Exception {
        Lake.Child dashboard = dashboard();
        ask(dashboard, DashboardSqlTest.ENDLESS);
        List<ProcessHandle> processes = workers(dashboard);
        dashboard.process().destroyForcibly();
        dashboard.end();
        processes.forEach(process -> await(() -> !process.isAlive()));
        assertThat(left()).isNotEmpty();
        assertThat(run("query", "SELECT 42").code()).isEqualTo(ExitCode.DONE);
        assertThat(left()).isEmpty();
    }

    @Test
    void aQueryThatSpillsLeavesNothingWhenASignalEndsIt() throws Exception {
        Lake.Child query = child("query", SPILLING);
        await(() -> spilled() > 0);
        query.process().destroy();
        query.end();
        assertThat(left()).isEmpty();
    }

    @Test
    void whatAKilledQuerySpilledIsRemovedByTheNextReport() throws Exception {
        Lake.Child query = child("query", SPILLING);
        await(() -> spilled() > 0);
        query.process().destroyForcibly();
        query.end();
        assertThat(left()).isNotEmpty();
        run("report", "records");
        assertThat(left()).isEmpty();
    }

    /** Earlier versions had no locks. */
    @Test
    void foldersOfLivingProcessesStayAndThoseOfEndedOnesGo() throws Exception {
        Lake.Child dashboard = dashboard();
        List<String> living = left();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path old = Files.createDirectory(temporary.resolve("chartlake-query-" + ended.pid() + "-1"));
        Files.writeString(old.resolve("duckdb_temp_storage-0.tmp"), "left");
        long me = ProcessHandle.current().pid();
        Path mine = Files.createDirectory(temporary.resolve("chartlake-query-" + me + "-1"));
        Path linked = Files.createDirectory(folder.resolve("linked"));
        Files.writeString(linked.resolve("kept"), "");
        Files.createSymbolicLink(temporary.resolve("chartlake-query-" + ended.pid() + "-2"), linked);
        assertThat(run("query", "SELECT 42").code()).isEqualTo(ExitCode.DONE);
        assertThat(old).doesNotExist();
        assertThat(linked.resolve("kept")).exists();
        assertThat(left()).containsAll(living).contains(mine.getFileName().toString());
        dashboard.process().destroy();
        dashboard.end();
    }

    @Test
    @Thorough
    void oneValueThatDoesNotFitIntoMemoryIsRefusedWithASentence() throws Exception {
        for (String format : Depth.some(1, List.of("table", "csv", "json"))) {
            Ended ended = run("query", "--output", format, "SELECT repeat('a', 200000000) AS a");
            assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
            assertThat(ended.out()).doesNotContain("aaa");
            assertThat(ended.err()).startsWith("The query needs more memory").hasLineCount(1);
        }
    }

    private Lake.Child child(String command, String... arguments) throws IOException {
        List<String> options = List.of("-Xmx320m", "-Djava.io.tmpdir=" + temporary);
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--lake", folder.resolve("lake").toString()));
        return Lake.Child.of(Main.class, options, Map.of(), all.toArray(String[]::new));
    }

    private Ended run(String command, String... arguments) throws Exception {
        return child(command, arguments).end();
    }

    private Lake.Child dashboard() throws IOException {
        Lake.Child dashboard = child("dashboard", "--port", "0");
        await(() -> read(dashboard.out()).contains("Dashboard: "));
        return dashboard;
    }

    /** Asks and does not wait for the answer. */
    private static void ask(Lake.Child dashboard, String sql) {
        String at = read(dashboard.out()).replaceFirst("(?s)Dashboard: (\\S+).*", "$1");
        HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(at + "api/sql"))
                                .header("Content-Type", "application/sql")
                                .POST(HttpRequest.BodyPublishers.ofString(sql))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    /** The dashboard's processes for SQL, once one of them has temporary files of its own within those of the dashboard. */
    private List<ProcessHandle> workers(Lake.Child dashboard) {
        await(() -> left().stream().anyMatch(name -> {
            String[] inside = temporary.resolve(name).toFile().list((parent, file) -> file.startsWith(PREFIX));
            return inside != null && inside.length > 0;
        }));
        List<ProcessHandle> workers = dashboard.process().descendants().toList();
        assertThat(workers).isNotEmpty();
        return workers;
    }

    private List<String> left() {
        try (Stream<Path> all = Files.list(temporary)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(PREFIX))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many files queries have put into their folders. */
    private long spilled() {
        return left().stream()
                .mapToLong(name -> {
                    String[] files = temporary.resolve(name).toFile().list();
                    return files == null ? 0 : files.length;
                })
                .sum();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
