package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the lake is, what the configuration file says, and what is told of a wrong one. */
class ConfigurationTest {

    /** Each command that reads the configuration, with what it needs besides. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("dashboard", "--export", "site"),
            List.of("extract", "4ChartLakeNorwayTop50A"),
            List.of("import", "FILE"),
            List.of("load", "dynamodb"),
            List.of("query", "SELECT 1"),
            List.of("query", "--engine", "duckdb", "SELECT 1"),
            List.of("report", "chart"),
            List.of("report", "quality"),
            List.of("run", "4ChartLakeNorwayTop50A"),
            List.of("status"),
            List.of("transform"),
            List.of("transform", "--all", "--format", "csv"),
            List.of("trigger", "FILE"),
            List.of("verify"));

    @TempDir
    Path folder;

    private Path csv;

    @BeforeEach
    void write() throws IOException {
        csv = folder.resolve("regional-no-weekly-2026-11-12.csv");
        Files.writeString(csv, "playlist_uri\n4ChartLakeNorwayTop50A\n");
    }

    private Path config(String name, String yaml) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, yaml);
    }

    private static Ended run(String... words) {
        return Console.run(() -> Main.run(words));
    }

    @Test
    void everyCommandRefusesAWrongValueOfTheFileAndNamesTheCure() throws IOException {
        Map<String, String> wrong = new HashMap<>(Map.of(
                "load: {dynamodb: {keys: name}}", "load.dynamodb.keys is 'name'. There are: uri, id.",
                "load: {dynamodb: {urls: API}}", "load.dynamodb.urls is 'API'. There are: page, api."));
        wrong.putAll(Map.of(
                "format: xml", "format is 'xml'. There are: parquet, csv.",
                "format: [csv]", "format is '[csv]'. One value is expected: format: VALUE.",
                "load: {oracle: {}}",
                        "No such warehouse: oracle. There are: duckdb, dynamodb, glue, postgres, snowflake, sqlite.",
                "load: {glue: {databse: a}}",
                        "unknown key 'load.glue.databse'. Known keys: [database, output, workgroup].",
                "load: {dynamodb: {prefix: [a]}}", "load.dynamodb.prefix is '[a]'. One value is expected",
                "lake: [a, b]", "lake is '[a, b]'. One value is expected: lake: VALUE.",
                "lake: {folder: a}", "lake is '{folder=a}'. One value is expected",
                "lake: gs://bucket/lake", "'gs://bucket/lake' is not a place for a lake. Name a folder, or s3://bucket",
                "quality: {contracts: {keys_unique: no}}", "quality.contracts.keys_unique is 'no'",
                "laek: a", "unknown key 'laek'. Known keys: ["));
        for (Map.Entry<String, String> entry : wrong.entrySet()) {
            Path file = config("wrong.yaml", entry.getKey() + "\n");
            for (List<String> command : COMMANDS) {
                // Where the flag says the lake, the file's own value is wrong all the same.
                for (List<String> lake : List.of(List.<String>of(), List.of("--lake", folder + "/lake"))) {
                    List<String> words = new ArrayList<>(command);
                    words.replaceAll(word -> word.equals("FILE") ? csv.toString() : word);
                    words.addAll(List.of("--config", file.toString()));
                    words.addAll(lake);
                    Ended ended = run(words.toArray(String[]::new));
                    assertThat(ended.err())
                            .as("%s: %s", words, entry.getKey())
                            .startsWith(file + ": " + entry.getValue());
                    assertThat(ended.code()).as("%s: %s", words, entry.getKey()).isEqualTo(2);
                    assertThat(ended.out()).isEmpty();
                }
            }
        }
        assertThat(folder.resolve("lake")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "gs://bucket/lake", "S3://bucket/lake", "s3:/bucket", "file:///lake", "~nobody/lake"})
    void aLakeThatIsNoPlaceIsRefused(String lake) {
        for (String command : List.of("status", "transform", "verify")) {
            Ended ended = run(command, "--lake", lake);
            assertThat(ended.with(2).err()).as(command).startsWith("--lake: ").doesNotContain("Exception");
        }
        assertThat(run("demo", "--once", "--lake", lake).with(2).err()).startsWith("--lake: ");
        assertThat(run("query", "SELECT 1", "--lake", lake).with(2).err()).startsWith("--lake: ");
    }

    @Test
    void aFileWhereTheLakeBelongsIsRefusedByEveryCommand() {
        for (List<String> command : COMMANDS) {
            if (List.of("extract", "run", "trigger", "load").contains(command.get(0))) {
                continue; // they look at their credentials first
            }
            List<String> words = new ArrayList<>(command);
            words.replaceAll(word -> word.equals("FILE") ? csv.toString() : word);
            words.addAll(List.of("--lake", csv.toString()));
            assertThat(run(words.toArray(String[]::new)).with(2).err())
                    .as("%s", words)
                    .startsWith("Not a folder: " + csv);
        }
    }

    @Test
    void aFolderInTheFileIsRelativeToTheFile() throws IOException {
        Files.writeString(
                csv,
                "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n"
                        + "1,spotify:track:0ChartlakeSampleSong01,A,B,C,1,1,1,1\n");
        Path file = config("etc/here.yaml", "lake: ../data/my lake\n");
        run("import", csv.toString(), "--config", file.toString()).with(0);
        assertThat(run("transform", "--config", file.toString()).with(0).out()).startsWith("Transformed 1 day");
        assertThat(folder.resolve("data/my lake/transformed_data")).isDirectory();
        Path absolute = config("other/there.yaml", "lake: " + folder.resolve("data/my lake") + "\n");
        assertThat(run("query", "SELECT count(*) AS n FROM songs", "--config", absolute.toString(), "--output", "csv")
                        .with(0)
                        .out())
                .isEqualTo("n\n1\n");
        // The flag is relative to the current folder, and wins.
        assertThat(run("status", "--config", file.toString(), "--lake", folder + "/empty")
                        .with(0)
                        .out())
                .contains("--lake " + folder + "/empty");
    }

    @Test
    void textThatIsNoUtf8AndFoldersAreExplained() throws IOException {
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, "lake: Måneskinn\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(run("status", "--config", latin.toString()).with(2).err())
                .isEqualTo("Cannot read " + latin + ": it is not UTF-8. Save it as UTF-8.\n");
        assertThat(run("status", "--config", folder.toString()).with(2).err())
                .startsWith("Cannot read " + folder + ": ");
        assertThat(run("status", "--config", folder + "/none.yaml").with(2).err())
                .startsWith("No configuration file " + folder + "/none.yaml");
        Path broken = config("broken.yaml", "lake: [a\nformat: csv\n");
        assertThat(run("status", "--config", broken.toString()).with(2).err())
                .startsWith("Cannot read " + broken)
                .contains("line 2")
                .doesNotContain("org.");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theTildeIsTheHomeFolder() throws Exception {
        Installation clone = Installation.in(folder.resolve("clone"));
        Path home = Files.createDirectories(folder.resolve("home of me"));
        clone.set("HOME", home.toString());
        Files.writeString(clone.root().resolve("chartlake.yaml"), "lake: ~/charts\n");
        clone.bash("./chartlake import docs/sample").with(0);
        assertThat(home.resolve("charts/raw_data")).isDirectory();
        clone.bash("./chartlake import docs/sample --lake=~/flag").with(0);
        assertThat(home.resolve("flag/raw_data")).isDirectory();
        clone.bash("CHARTLAKE_LAKE='~/variable' ./chartlake import docs/sample").with(0);
        assertThat(home.resolve("variable/raw_data")).isDirectory();
        assertThat(clone.root().resolve("~")).doesNotExist();
        assertThat(clone.bash("CHARTLAKE_LAKE=gs://a/b ./chartlake status")
                        .with(2)
                        .err())
                .startsWith("CHARTLAKE_LAKE: 'gs://a/b' is not a place");
        assertThat(clone.bash("CHARTLAKE_FORMAT=xml ./chartlake status").with(2).err())
                .isEqualTo("CHARTLAKE_FORMAT is 'xml'. There are: parquet, csv.\n");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theShortNameIsReadToo() throws Exception {
        Installation clone = Installation.in(folder.resolve("clone"));
        Files.writeString(clone.root().resolve("chartlake.yml"), "lake: short\n");
        clone.bash("./chartlake import docs/sample").with(0);
        assertThat(clone.root().resolve("short/raw_data")).isDirectory();
        Files.writeString(clone.root().resolve("chartlake.yaml"), "lake: long\n");
        assertThat(clone.bash("./chartlake status").with(2).err())
                .startsWith("There are two configuration files, chartlake.yaml and chartlake.yml.");
        clone.bash("./chartlake status --config chartlake.yml").with(0);
    }
}
