package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lists are called, from pages without names and a configuration to commands and reports. */
class ListNamesTest {

    private static final String NORWAY = "37i9dQZEVXbJvfa0Yxg7E7";
    private static final String SWEDEN = "37i9dQZEVXbLoATJ81JYXz";
    private static final String SWEDEN_WEEKS = "37i9dQZEVXbKVvfnL1Us06";
    private static final String OWN = Answers.list("names");
    private static final String CHART = "regional-dk-weekly";

    @TempDir
    static Path folder;

    private static Lake lake;

    @BeforeAll
    static void makeLake() throws IOException {
        lake = new Lake(folder.resolve("lake"));
        int song = 1;
        for (String list : List.of(NORWAY, SWEDEN, SWEDEN_WEEKS, OWN)) {
            Path file = lake.at("raw_data/to_process/2026-11-04/spotify-web-api/" + list + "/103000Z.json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, Answers.page(list, List.of(Answers.row(Dialect.LEGACY, Song.of(song++)))));
        }
        Path chart = Files.writeString(
                folder.resolve(CHART + "-2026-11-05.csv"),
                ChartFiles.current(true, List.of(ChartFiles.Row.of(1, Song.of(9)))));
        lake.importing(chart).with(0);
        lake.transform().with(0);
    }

    private static String config(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "chartlake", ".yaml"), text)
                .toString();
    }

    private static List<String> csv(String report, String... options) {
        String[] all =
                Stream.concat(Stream.of(options), Stream.of("--output", "csv")).toArray(String[]::new);
        return lake.report(report, all).with(0).out().lines().skip(1).toList();
    }

    @Test
    void pagesWithoutNamesAreCalledAsSpotifyCallsTheirLists() {
        assertThat(lake.rows("SELECT playlist_id, playlist_name, market, period, list_group FROM lists ORDER BY ALL"))
                .containsExactlyInAnyOrder(
                        NORWAY + "|Top 50 - Norway|NO|daily|-",
                        SWEDEN + "|Top 50 - Sweden|SE|daily|-",
                        SWEDEN_WEEKS + "|Top Songs - Sweden|SE|weekly|-",
                        OWN + "|-|-|-|-",
                        CHART + "|Weekly Top Songs - Denmark|DK|weekly|-");
        assertThat(lake.rows("SELECT DISTINCT playlist_name, market, period FROM chart_history"
                        + " WHERE source = 'spotify-web-api' AND playlist_id = '" + NORWAY + "'"))
                .containsExactly("Top 50 - Norway|NO|daily");
        assertThat(lake.run("status").with(0).out()).contains("Top 50 - Norway", "Weekly Top Songs - Denmark");
        assertThat(lake.run("status", "--output", "json").with(0).out()).contains("\"name\":\"Top 50 - Norway\"");
    }

    @Test
    void everyReportTakesAMarketAndTheBeginningOfAName() {
        for (String name : List.of("norway", "NO", "norway daily", "norw", "top 50 norway", NORWAY)) {
            assertThat(csv("chart", "--list", name))
                    .as(name)
                    .singleElement()
                    .asString()
                    .contains(NORWAY);
        }
        assertThat(csv("records", "--list", "norway")).isNotEmpty().allMatch(row -> row.contains(NORWAY));
        assertThat(csv("chart", "--list", "weekly sweden"))
                .singleElement()
                .asString()
                .contains(SWEDEN_WEEKS);
        assertThat(csv("chart", "--list", "denmark")).singleElement().asString().contains(CHART);
        assertThat(csv("compare", "--list", "norway", "--with", "sweden daily")).hasSize(2);
        assertThat(lake.report("quality", "--list", "norway", "--output", "csv")
                        .with(0)
                        .out())
                .doesNotContain(SWEDEN, OWN);
    }

    @Test
    void anAmbiguousNameListsWhatCanBeMeant() {
        for (String report : List.of("chart", "records", "quality")) {
            assertThat(lake.report(report, "--list", "sweden").with(2).err())
                    .contains("2 lists are of the market 'sweden'", "Top 50 - Sweden (spotify-web-api/" + SWEDEN + ")")
                    .contains("Top Songs - Sweden (spotify-web-api/" + SWEDEN_WEEKS + ")");
        }
        assertThat(lake.report("quality", "--list", "finland").with(2).err()).contains("No list is called 'finland'");
    }

    @Test
    void theConfigurationNamesLists() throws IOException {
        String config = config("""
                names:
                  %s: {name: Norge, aliases: [oslo, "1905"], group: Nordic}
                  https://open.spotify.com/playlist/%s: Ours
                  %s: {aliases: week, market: Sweden, period: daily}
                """.formatted(NORWAY, OWN, CHART));
        assertThat(lake.run(
                                "query",
                                "--config",
                                config,
                                "--output",
                                "csv",
                                "SELECT playlist_id, playlist_name, market, period, list_group FROM lists"
                                        + " WHERE playlist_id IN ('" + NORWAY + "', '" + OWN + "', '" + CHART
                                        + "') ORDER BY playlist_name")
                        .with(0)
                        .out()
                        .lines()
                        .skip(1))
                .containsExactly(
                        NORWAY + ",Norge,NO,daily,Nordic",
                        OWN + ",Ours,,,",
                        CHART + ",Weekly Top Songs - Denmark,SE,daily,");
        for (String name : List.of("oslo", "1905", "norge", "no")) {
            assertThat(csv("chart", "--list", name, "--config", config))
                    .as(name)
                    .singleElement()
                    .asString()
                    .contains(NORWAY + ",Norge,");
        }
        assertThat(csv("chart", "--list", "ours", "--config", config))
                .singleElement()
                .asString()
                .contains(OWN);
        assertThat(csv("chart", "--list", "WEEK", "--config", config))
                .singleElement()
                .asString()
                .contains(CHART);
        assertThat(lake.run("status", "--config", config).with(0).out()).contains("Norge", "Ours");
        assertThat(lake.report("quality", "--list", "oslo", "--config", config)
                        .with(0)
                        .err())
                .doesNotContain("No list");
        Path unnamed =
                Files.writeString(folder.resolve("rows.json"), "[" + Answers.row(Dialect.LEGACY, Song.of(20)) + "]");
        Lake other = new Lake(folder.resolve("other"));
        other.run("import", "--config", config, "--list", "oslo", "--date", "2026-11-06", unnamed.toString())
                .with(0);
        assertThat(other.keys("raw_data/to_process")).singleElement().asString().contains(NORWAY);
    }

    /** Each with what the message says. */
    private static final Map<String, String> WRONG = new LinkedHashMap<>();

    static {
        WRONG.put("names: Norway", "names is 'Norway'. Write a line for each list");
        WRONG.put("names: [a, b]", "names is '[a, b]'");
        WRONG.put("names: {'not a list': x}", "names.not a list is not a list. Give a playlist's id");
        WRONG.put("names: {%s: {title: x}}", "names.%s.title is not known. Known are name, aliases");
        WRONG.put("names: {%s: [x]}", "names.%s is '[x]'. Write a name, or lines");
        WRONG.put("names: {%s: ''}", "names.%s is empty");
        WRONG.put("names: {%s: {market: Norwegen}}", "names.%s.market is 'Norwegen', which is not a country. Give two");
        WRONG.put("names: {%s: {market: false}}", "names.%s.market is 'false', which is not a text");
        WRONG.put("names: {%s: {period: monthly}}", "names.%s.period is 'monthly'. Give daily or weekly");
        WRONG.put("names: {%s: {aliases: [a, 'b,c']}}", "names.%s.aliases has a comma in 'b,c'");
        WRONG.put("names: {%s: {aliases: [[a]]}}", "names.%s.aliases is '[a]', which is not a text");
        WRONG.put("names: {%s: {aliases: a}, other: {aliases: A}}", "names.other.aliases has 'A', and so has names.%s");
        WRONG.put("names: {%s: x, 'spotify:playlist:%s': y}", "is the list %s again. Keep one");
    }

    static Stream<String> commands() {
        return Main.commandLine(Clock.systemUTC()).getSubcommands().entrySet().stream()
                .filter(command -> command.getValue().getCommandSpec().findOption("--config") != null)
                .map(Map.Entry::getKey)
                // One tells of it among its findings, the other one writes the file.
                .filter(command -> !command.equals("doctor") && !command.equals("init"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void wrongNamesAreRefusedByEveryCommandWithTheFileAndTheCure(String command) throws IOException {
        List<String> arguments = switch (command) {
            case "import", "trigger" ->
                List.of(Files.writeString(folder.resolve("x.csv"), "x\n").toString());
            case "query" -> List.of("SELECT 1");
            case "purge" -> List.of("--retention");
            default -> List.of();
        };
        for (Map.Entry<String, String> wrong : WRONG.entrySet()) {
            String config = config(wrong.getKey().replace("%s", OWN));
            String[] all = Stream.concat(Stream.of("--config", config), arguments.stream())
                    .toArray(String[]::new);
            assertThat(lake.run(command, all).with(2).err())
                    .as(command)
                    .startsWith(config + ": ")
                    .contains(wrong.getValue().replace("%s", OWN));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.chartlake.app.ListNamesTest#wrongReports")
    void wrongNamesAreRefusedByEveryReport(String report) throws IOException {
        String config = config("names: {" + OWN + ": {period: monthly}}");
        Stream<String> song = report.equals("song") ? Stream.of("x") : Stream.of();
        assertThat(lake.report(
                                report,
                                Stream.concat(Stream.of("--config", config), song)
                                        .toArray(String[]::new))
                        .with(2)
                        .err())
                .startsWith(config + ": names." + OWN + ".period is 'monthly'");
    }

    static Stream<String> wrongReports() {
        return Objects.requireNonNull(
                Main.commandLine(Clock.systemUTC()).getSubcommands().get("report"))
                .getSubcommands()
                .keySet()
                .stream();
    }

    @Test
    void volumesOfTheConfigurationGoByAliasesToo() throws IOException {
        String config = config(
                "names: {%s: {aliases: oslo}}\nquality: {contracts: {volume_in_range: fail}, entries: {oslo: {min: 2}}}"
                        .formatted(NORWAY));
        Lake other = new Lake(folder.resolve("volumes"));
        Path file = other.at("raw_data/to_process/2026-11-04/spotify-web-api/" + NORWAY + "/103000Z.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, Answers.page(NORWAY, List.of(Answers.row(Dialect.LEGACY, Song.of(1)))));
        assertThat(other.transform("--config", config).with(5).err()).contains("at least 2 are allowed");
    }

    @Test
    void extractTakesNamesOfTheConfigurationAndOfSpotifysCharts() throws Exception {
        String config = config("names: {%s: {aliases: ours}}\nlists: [ours, sweden]".formatted(OWN));
        Map<String, String> spotify = Map.of("SPOTIFY_CLIENT_ID", "demo", "SPOTIFY_CLIENT_SECRET", "secret");
        Ended ended = lake.run(spotify, "extract", "--config", config);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains(
                        "2 lists are of the market 'sweden'. Name one of them: 'sweden daily' for Top 50 - Sweden ("
                                + SWEDEN + ")",
                        SWEDEN_WEEKS)
                .doesNotContain("'ours'");
        assertThat(lake.run(spotify, "extract", "--config", config, "no such name")
                        .err())
                .contains("Not a Spotify playlist: 'no such name'");
        Map<String, String> nowhere = new LinkedHashMap<>(spotify);
        nowhere.put("SPOTIFY_API_URL", "http://127.0.0.1:9/v1");
        nowhere.put("SPOTIFY_ACCOUNTS_URL", "http://127.0.0.1:9");
        nowhere.put("SPOTIFY_MAX_WAIT", "0");
        assertThat(lake.run(nowhere, "extract", "--config", config, "ours", "norway daily")
                        .err())
                .contains("of 2 lists archived");
    }
}
