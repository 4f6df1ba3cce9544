package dev.chartlake.app;

import static dev.chartlake.app.DocPages.fenced;
import static dev.chartlake.app.DocPages.files;
import static dev.chartlake.app.DocPages.matches;
import static dev.chartlake.app.DocPages.read;
import static dev.chartlake.app.DocPages.section;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.chartlake.app.settings.Settings;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.quality.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** What the code has is in the documentation, and what the documentation shows works. */
@ResourceLock(Resources.SYSTEM_OUT)
class DocsTest {

    private static final Path ROOT = DocPages.ROOT;
    private static final Path COOKBOOK = ROOT.resolve("docs/cookbook.md");
    private static final Pattern INPUT =
            Pattern.compile("`(\\w+[.]csv)` is\\n\\n```csv\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern COMMAND =
            Pattern.compile("^[.]/chartlake ([^\\n]+)$|^duckdb -csv -c \"(.*?)\"$", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    static Path folder;

    /** The lake that examples run on: the demo's, with the two charts of the tutorial. */
    @BeforeAll
    static void makeLake() throws IOException {
        Path lake = folder.resolve("lake");
        ok(CommandLineRun.of("demo", "--once", "--lake", lake.toString()));
        String tutorial = read(ROOT.resolve("docs/getting-started.md"));
        List<MatchResult> charts = Pattern.compile(
                        "^`inbox/(\\S+\\.csv)`\\n\\n```csv\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(tutorial)
                .results()
                .toList();
        assertThat(charts).hasSize(2);
        for (MatchResult chart : charts) {
            Files.writeString(folder.resolve(chart.group(1)), chart.group(2));
            ok(CommandLineRun.of(
                    "import",
                    "--lake",
                    lake.toString(),
                    folder.resolve(chart.group(1)).toString()));
        }
        ok(CommandLineRun.of("transform", "--lake", lake.toString()));
    }

    // What the code has

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsDocumentedWithItsOptions(String name) {
        String page = read(ROOT.resolve("docs/reference/commands.md"));
        String text = page.substring(0, page.indexOf("\n## ")) + section(page, name);
        for (OptionSpec option : options(name)) {
            for (String spelling : option.names()) {
                assertThat(text)
                        .describedAs("%s of %s in docs/reference/commands.md", spelling, name)
                        .containsPattern(Pattern.compile("(?m)^\\|.*`" + spelling + "[ `]"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noOptionIsDocumentedThatIsNotThere(String name) {
        Pattern row = Pattern.compile("^\\| `(--[a-z-]+)", Pattern.MULTILINE);
        List<String> documented = matches(row, section(read(ROOT.resolve("docs/reference/commands.md")), name));
        assertThat(options(name).stream().flatMap(option -> Stream.of(option.names())))
                .containsAll(documented);
    }

    /** Of a command and of those below it. */
    private static List<OptionSpec> options(String name) {
        CommandLine command =
                Objects.requireNonNull(commandLine().getSubcommands().get(name));
        List<OptionSpec> options = new ArrayList<>(command.getCommandSpec().options());
        command.getSubcommands()
                .values()
                .forEach(below -> options.addAll(below.getCommandSpec().options()));
        return options;
    }

    @Test
    void everyReportIsDocumented() {
        String text = section(read(ROOT.resolve("docs/reference/commands.md")), "report");
        assertThat(matches(Pattern.compile("^### report ([a-z-]+)$", Pattern.MULTILINE), text))
                .containsExactlyInAnyOrderElementsOf(
                        Objects.requireNonNull(commandLine().getSubcommands().get("report"))
                                .getSubcommands()
                                .keySet());
    }

    @Test
    void everyContractIsDocumentedWithItsSeverity() {
        String text = section(read(ROOT.resolve("docs/reference/quality.md")), "Contracts");
        assertThat(Pattern.compile("^\\| `([a-z_]+)` \\| (error|warning) \\|", Pattern.MULTILINE)
                        .matcher(text)
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2)))
                .containsExactly(Stream.of(Contract.values())
                        .map(contract ->
                                contract.text() + " " + contract.severity().text())
                        .toArray(String[]::new));
    }

    @Test
    void noCommandIsDocumentedThatIsNotThere() {
        assertThat(matches(
                        Pattern.compile("^## ([a-z]+)$", Pattern.MULTILINE),
                        read(ROOT.resolve("docs/reference/commands.md"))))
                .containsExactlyInAnyOrderElementsOf(commands().toList());
    }

    @Test
    void everyExitCodeIsDocumented() throws ReflectiveOperationException {
        List<String> codes = new ArrayList<>();
        for (var field : ExitCode.class.getDeclaredFields()) {
            codes.add(String.valueOf(field.get(null)));
        }
        String text = section(read(ROOT.resolve("docs/reference/commands.md")), "Exit codes");
        assertThat(matches(Pattern.compile("^\\| (\\d) \\|", Pattern.MULTILINE), text))
                .containsExactlyElementsOf(codes);
        assertThat(commandLine().getCommandSpec().usageMessage().exitCodeList().keySet())
                .containsExactlyElementsOf(codes);
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void everyTableIsDocumentedColumnByColumn(Table table) {
        String page = read(ROOT.resolve("docs/reference/tables.md"));
        assertThat(page).contains("| `" + table.sqlName() + "` | `" + table.folder() + "` |");
        String expected = table.columns().stream()
                .map(column -> column.name() + " " + column.type() + (column.required() ? " no" : " yes")
                        + (table.key().contains(column) ? " key" : ""))
                .collect(joining("\n"));
        String documented = Pattern.compile(
                        "^\\| `(\\w+)` \\| ([A-Z]+) \\| (no|yes) \\| (\\*\\*Key\\.\\*\\*)?", Pattern.MULTILINE)
                .matcher(section(page, table.sqlName()))
                .results()
                .map(m -> m.group(1) + " " + m.group(2) + " " + m.group(3) + (m.group(4) == null ? "" : " key"))
                .collect(joining("\n"));
        assertThat(documented).isEqualTo(expected);
    }

    @Test
    void everyViewIsDocumentedWithItsColumns() {
        String page = read(ROOT.resolve("docs/reference/tables.md")) + read(ROOT.resolve("docs/reference/views.md"));
        TreeMap<String, List<String>> views = new TreeMap<>();
        for (String column : lines(
                query("SELECT table_name || ' ' || column_name || ' ' || data_type FROM information_schema.columns"))) {
            String[] parts = column.split(" ", 2);
            views.computeIfAbsent(parts[0], view -> new ArrayList<>()).add(parts[1]);
        }
        List<String> ours = lines(query("SHOW TABLES"));
        views.keySet().retainAll(ours);
        assertThat(views.keySet()).containsExactlyInAnyOrderElementsOf(ours);
        views.forEach((view, columns) -> {
            assertThat(page)
                    .describedAs("the view %s in docs/reference/tables.md or views.md", view)
                    .contains("`" + view + "`");
            String section = Stream.of(Table.values())
                    .filter(table ->
                            bySong(view).equals(table.sqlName()) || bySong(view).equals(days(table)))
                    .findFirst()
                    .map(table -> section(page, table.sqlName()))
                    .orElseGet(() -> section(page, bySong(view)));
            for (String column : columns) {
                String[] parts = column.split(" ");
                String type = parts[1].equals("VARCHAR") ? ColumnType.TEXT.name() : parts[1];
                boolean everywhere = parts[0].equals(Table.SNAPSHOT_DATE.name())
                        || parts[0].equals("last_seen_on")
                        || !view.equals(bySong(view)) && parts[0].equals("recording_id");
                assertThat(everywhere ? page : section)
                        .describedAs("column %s of %s", parts[0], view)
                        .contains("| `" + parts[0] + "` | " + type + " |");
            }
        });
    }

    /** The view whose section says what a view by recording holds. */
    private static String bySong(String view) {
        return view.replace("_by_recording", "");
    }

    private static String days(Table table) {
        return table.sqlName().replaceFirst("s$", "") + "_days";
    }

    @Test
    void everyConfigurationKeyIsDocumented() {
        String text = section(read(ROOT.resolve("docs/reference/configuration.md")), "chartlake.yaml");
        assertThat(new TreeSet<>(matches(Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE), text)))
                .isEqualTo(Settings.KEYS);
    }

    @Test
    void everyVariableOfTheEnvironmentIsDocumented() {
        TreeSet<String> used = new TreeSet<>();
        Stream.of("app", "core")
                .flatMap(module -> files(ROOT.resolve(module + "/src/main/java"), ".java"))
                .forEach(file -> used.addAll(matches(
                        Pattern.compile("(?:getenv\\(|value\\(|= (?=\"(?:SPOTIFY|CHARTLAKE)_))\"([A-Z_]+)\""),
                        read(file))));
        used.addAll(matches(Pattern.compile("\\$\\{?([A-Z][A-Z_]+)"), read(ROOT.resolve("chartlake"))));
        used.remove("BASH_SOURCE");
        assertThat(used).contains("CHARTLAKE_LAKE", "SPOTIFY_CLIENT_ID", "NO_COLOR", "JAVA_HOME");
        String page = read(ROOT.resolve("docs/reference/configuration.md"));
        for (String variable : used) {
            assertThat(page)
                    .describedAs("%s in docs/reference/configuration.md", variable)
                    .containsPattern("(?m)^\\|.*`" + variable + "`.*\\|");
        }
    }

    @Test
    void everyManifestFieldIsDocumented() {
        String text = section(read(ROOT.resolve("docs/reference/lake.md")), "Manifests");
        String manifest = read(folder.resolve("lake/transformed_data/_days/2026-11-19.json"));
        for (String field : new TreeSet<>(matches(Pattern.compile("\"(\\w+)\":"), manifest))) {
            assertThat(text).contains("`" + field + "`");
        }
    }

    @Test
    void everyPackageIsOnTheMapOnce() {
        Pattern row = Pattern.compile("^\\| [a-z, ]+ \\| (`[a-z0-9.`, ]+`) \\|", Pattern.MULTILINE);
        Stream<String> onTheMap = matches(row, read(ROOT.resolve("ARCHITECTURE.md"))).stream()
                .flatMap(names -> matches(Pattern.compile("`([a-z0-9.]+)`"), names).stream());
        Pattern source = Pattern.compile("src/main/java/dev/chartlake/(.+)/package-info.java$");
        assertThat(onTheMap)
                .containsExactlyInAnyOrderElementsOf(files(ROOT, "package-info.java")
                        .flatMap(file -> matches(source, file.toString().replace('\\', '/')).stream())
                        .map(folder -> folder.replace('/', '.'))
                        .toList());
    }

    // What the documentation shows

    @Test
    void theReadmeNamesTheTwoCommandsToBeginWith() {
        assertThat(fenced(ROOT.resolve("README.md"), "sh"))
                .contains("git clone REPOSITORY chartlake\ncd chartlake\n./chartlake demo\n", "./mvnw verify\n");
    }

    @ParameterizedTest
    @MethodSource("dev.chartlake.app.DocPages#all")
    void everyQueryShownFindsSomething(Path page) {
        List<String> queries = new ArrayList<>(fenced(page, "sql"));
        for (String block : fenced(page, "sh")) {
            queries.addAll(matches(Pattern.compile("chartlake query [^\"\n]*\"([^\"]+)\""), block));
        }
        if (page.equals(COOKBOOK)) { // what these print is compared
            DocPages.examples(read(page)).forEach(example -> queries.remove(example.code()));
        }
        if (page.equals(ROOT.resolve("docs/how-to/account-export.md"))) {
            queries.clear(); // PlaysTest runs these on a lake with plays, which the demo does not have
        }
        for (String query : queries) {
            assertThat(new Lake(Path.of(lake())).rows(query))
                    .describedAs("%s in %s", query, page)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.chartlake.app.DocPages#all")
    void everyCommandShownExists(Path page) {
        for (String block : fenced(page, "sh")) {
            for (String line : block.replace("\\\n", " ").split("\n")) {
                int start = line.indexOf("./chartlake ");
                if (start >= 0) {
                    parse(line.substring(start + "./chartlake ".length()), page);
                }
            }
        }
    }

    private static void parse(String line, Path page) {
        try {
            commandLine().parseArgs(DocPages.words(line));
        } catch (ParameterException e) {
            fail("'%s' in %s: %s", line, page, e.getMessage());
        }
    }

    @Test
    void whatTheTutorialPrintsIsTrue() {
        String tutorial = read(ROOT.resolve("docs/getting-started.md"));
        String sql = "SELECT snapshot_date AS week, position, song_name, streams, reported_previous AS was"
                + " FROM playlist_entries";
        String printed = ok(CommandLineRun.of(
                        "query", "--lake", lake(), sql + " WHERE source = 'spotify-charts' ORDER BY ALL"))
                .out();
        assertThat(tutorial).contains(sql + " ORDER BY ALL", "```\n" + printed + "```");
    }

    @Test
    void theReadmeShowsWhatTheReportPrints() {
        String printed = ok(CommandLineRun.of("report", "chart", "--lake", lake(), "--list", "regional-no-weekly"))
                .out();
        assertThat(read(ROOT.resolve("README.md"))).contains("./chartlake report chart\n```\n```\n" + printed + "```");
    }

    static Stream<String> questions() {
        List<String> titles = matches(Pattern.compile("^## (\\d+[.] .+)$", Pattern.MULTILINE), read(COOKBOOK));
        assertThat(titles).hasSizeGreaterThanOrEqualTo(15);
        return titles.stream();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void theCookbookAnswersEachQuestionAsTheLakeDoes(String question) {
        List<DocPages.Example> examples = DocPages.examples(section(read(COOKBOOK), question));
        assertThat(examples).isNotEmpty();
        for (DocPages.Example example : examples) {
            assertThat(printed(example)).describedAs(example.code()).isEqualTo(example.printed());
        }
    }

    @Test
    void thePageOnReportsShowsWhatTheyPrint() {
        List<DocPages.Example> examples = DocPages.examples(read(ROOT.resolve("docs/reference/reports.md")));
        assertThat(examples)
                .hasSizeGreaterThan(3)
                .allSatisfy(example -> assertThat(printed(example)).isEqualTo(example.printed()));
    }

    /** What a block of the cookbook prints: a query, or commands in the folder of the lake. */
    private static String printed(DocPages.Example example) {
        if (example.language().equals("sql")) {
            return ok(CommandLineRun.of("query", "--lake", lake(), example.code()))
                    .out();
        }
        for (MatchResult file : INPUT.matcher(read(COOKBOOK)).results().toList()) {
            DocPages.write(folder.resolve(file.group(1)), file.group(2));
        }
        StringBuilder printed = new StringBuilder();
        for (MatchResult command : COMMAND.matcher(example.code()).results().toList()) {
            printed.append(
                    command.group(1) != null
                            ? ok(CommandLineRun.of(inFolder(DocPages.words(command.group(1)))))
                                    .out()
                            : DuckDbCommandLine.csv(inFolder(command.group(2))[0]));
        }
        return printed.toString();
    }

    private static String[] inFolder(String... words) {
        return Stream.of(words)
                .map(word -> word.replaceAll("\\bdemo-lake\\b", Matcher.quoteReplacement(lake()))
                        .replaceAll("(?<=^|')(\\w+[.]csv)(?=$|')", Matcher.quoteReplacement(folder + "/") + "$1"))
                .toArray(String[]::new);
    }

    // Tools

    static Stream<String> commands() {
        return commandLine().getSubcommands().keySet().stream();
    }

    private static CommandLine commandLine() {
        return Main.commandLine(Clock.systemUTC());
    }

    private static String lake() {
        return folder.resolve("lake").toString();
    }

    /** The result as CSV. */
    private static String query(String sql) {
        return ok(CommandLineRun.of("query", "--lake", lake(), "--output", "csv", sql))
                .out();
    }

    private static CommandLineRun ok(CommandLineRun run) {
        assertThat(run.code()).describedAs(run.err()).isZero();
        return run;
    }

    /** The lines behind the header. */
    private static List<String> lines(String csv) {
        return csv.lines().skip(1).toList();
    }
}
