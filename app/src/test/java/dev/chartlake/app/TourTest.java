package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.trials.Deep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What README, tutorial and the page on scheduling show, typed line by line into a shell, prints what they say. */
@DisabledOnOs(OS.WINDOWS)
class TourTest {

    /** A block for the shell, and what stands right below it, which it prints. */
    private static final Pattern STEP =
            Pattern.compile("^```sh\\n(.*?)^```\\n(?:```\\n(.*?)^```\\n)?", Pattern.DOTALL | Pattern.MULTILINE);

    private static final String SCHEDULING = "docs/how-to/scheduling.md";
    private static final Pattern UNIT = Pattern.compile(
            "^`~/[.]config/systemd/user/(\\S+)`\\n\\n```ini\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Path SYSTEMD_ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    Path folder;

    private final Simulator spotify = Simulator.start(SimulatorOptions.defaults());

    @AfterEach
    void stopSpotify() {
        spotify.close();
    }

    @Test
    void theReadmeDoesWhatItSays() throws Exception {
        Installation clone = clone("chartlake");
        List<String> done = new ArrayList<>();
        for (MatchResult step : STEP.matcher(page("README.md")).results().toList()) {
            done.add(step.group(1));
            if (!step.group(1).equals("./mvnw verify\n")) {
                run(clone, step);
            }
        }
        assertThat(done.get(0)).startsWith("git clone ").endsWith(" chartlake\ncd chartlake\n./chartlake demo\n");
        assertThat(String.join("", done)).contains(" import ", " transform", " query ", " report ", " run ", " status");
        assertThat(clone.bash("./chartlake query --output csv 'SELECT count(*) FROM lists'")
                        .with(0)
                        .out())
                .endsWith("2\n");
    }

    @Test
    @Deep
    void theTutorialDoesWhatItSays() throws Exception {
        Installation clone = clone("a clone");
        String tutorial = page("docs/getting-started.md");
        Path inbox = Files.createDirectory(clone.root().resolve("inbox"));
        for (MatchResult file : Pattern.compile(
                        "^`inbox/(\\S+\\.csv)`\\n\\n```csv\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(tutorial)
                .results()
                .toList()) {
            assertThat(clone.root().resolve("docs/sample/" + file.group(1))).hasContent(file.group(2));
            Files.writeString(inbox.resolve(file.group(1)), file.group(2));
        }
        String lists = Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(tutorial)
                .results()
                .map(block -> block.group(1))
                .reduce("", String::concat);
        Files.writeString(
                clone.root().resolve("chartlake.yaml"),
                lists.replace("/ID1", "/" + WorldLists.TOP_NORWAY).replace("/ID2", "/" + WorldLists.TOP_WORLD));
        for (MatchResult step : STEP.matcher(tutorial).results().toList()) {
            if (!step.group(1).contains("./chartlake simulate")) {
                run(clone, step);
            }
        }
        String line = Files.readString(folder.resolve("crontab"));
        assertThat(line).matches("30 6 \\* \\* \\* [^%\\n]+\\n");
        Ended ended = asCronDoes(clone, line.replaceFirst("(\\S+ ){5}", "").strip());
        assertThat(ended.out() + ended.err()).isEmpty();
        assertThat(clone.root().resolve("chartlake.log"))
                .content()
                .contains("Transformed 1 day, ", "2 of 2 lists archived, 0 failed")
                .doesNotContain(spotify.apiUrl());
        assertThat(folder.resolve("home/lake")).doesNotExist();
    }

    @Test
    void theScriptForCronPrintsOnlyWhatNeedsAPerson() throws Exception {
        Installation clone = scheduled();
        for (MatchResult step : STEP.matcher(page(SCHEDULING).replaceAll("(?s)\n## systemd.*", ""))
                .results()
                .toList()) {
            run(clone, step);
        }
        String line = Files.readString(folder.resolve("crontab"))
                .replaceFirst("(\\S+ ){5}", "")
                .strip();
        Ended good = asCronDoes(clone, line);
        assertThat(good.out() + good.err()).isEmpty();
        assertThat(folder.resolve("home/chartlake.log")).content().contains("Transformed 1 day, ", " UTC 20");
        Path settings = folder.resolve("home/.chartlake.env");
        Files.writeString(settings, Files.readString(settings).replace("demo-secret", "wrong"));
        Ended refused = clone.run(folder.resolve("home"), "/bin/sh", "-c", line);
        assertThat(refused.code()).isEqualTo(ExitCode.SIGN_IN);
        assertThat(refused.out()).contains("SPOTIFY_CLIENT_SECRET").doesNotContain("wrong");
    }

    @Test
    void theUnitsForSystemdStartARun() throws Exception {
        Installation clone = scheduled();
        run(clone, STEP.matcher(page(SCHEDULING)).results().findFirst().orElseThrow());
        List<Path> units = new ArrayList<>();
        for (MatchResult unit : UNIT.matcher(page(SCHEDULING)).results().toList()) {
            units.add(Files.writeString(folder.resolve(unit.group(1)), unit.group(2)));
        }
        assertThat(units).hasSize(2);
        String home = folder.resolve("home").toString();
        String service = Files.readString(units.get(0)).replace("%h", "'" + home + "'");
        Ended ended = asCronDoes(
                clone, "set -a; . " + value(service, "EnvironmentFile") + "; set +a; " + value(service, "ExecStart"));
        assertThat(ended.out()).contains("Transformed 1 day, ");
        if (Files.isExecutable(SYSTEMD_ANALYZE)) {
            Ended verified = clone.run(
                    folder,
                    "env",
                    "XDG_RUNTIME_DIR=" + folder,
                    SYSTEMD_ANALYZE.toString(),
                    "--user",
                    "verify",
                    units.get(0).toString(),
                    units.get(1).toString());
            assertThat(verified.err()).isEmpty();
            assertThat(verified.code()).isZero();
        }
    }

    private static String value(String unit, String key) {
        return Pattern.compile("(?m)^" + key + "=(.*)$")
                .matcher(unit)
                .results()
                .map(line -> line.group(1))
                .findFirst()
                .orElseThrow();
    }

    /** A clone where the page on scheduling has it, with the lists that its user has configured. */
    private Installation scheduled() throws IOException {
        Installation clone = clone("home/chartlake");
        Files.writeString(clone.root().resolve("chartlake.yaml"), "lists: [" + WorldLists.TOP_NORWAY + "]\n");
        return clone;
    }

    /** Runs a line with the environment that cron gives it. */
    private Ended asCronDoes(Installation clone, String line) throws IOException, InterruptedException {
        List.of("JAVA_HOME", "SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET").forEach(clone::unset);
        return clone.run(folder.resolve("home"), "/bin/sh", "-c", line).with(0);
    }

    private static void run(Installation clone, MatchResult step) throws IOException, InterruptedException {
        String script = step.group(1)
                .replaceAll("git clone \\S+ chartlake\ncd chartlake\n", "")
                .replace("./chartlake demo\n", "./chartlake demo --once\n")
                .replace(
                        "SPOTIFY_CLIENT_ID=… SPOTIFY_CLIENT_SECRET=…",
                        "SPOTIFY_CLIENT_ID=demo SPOTIFY_CLIENT_SECRET=demo-secret")
                .replaceAll("(?m)^export SPOTIFY_API_URL=.*$", "")
                .replace("playlist/ID\n", "playlist/" + WorldLists.TOP_NORWAY + "\n");
        Ended ended = clone.bash(script);
        assertThat(ended.code()).as(script + ended.err()).isZero();
        if (step.group(2) != null) {
            assertThat(undated(ended.out())).as(script).isEqualTo(undated(step.group(2)));
        }
    }

    /** A snapshot of a playlist is of the moment. */
    private static String undated(String text) {
        return text.contains("/spotify-web-api/") ? text.replaceAll("\\d{4}-\\d\\d-\\d\\d|\\d{6}Z", "…") : text;
    }

    private Installation clone(String name) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path crontab = bin.resolve("crontab");
        Files.writeString(
                crontab,
                "#!/bin/sh\nif [ \"$1\" = -l ]; then echo 'no crontab' >&2; exit 1; fi\ncat > '" + folder
                        + "/crontab'\n");
        assertThat(crontab.toFile().setExecutable(true)).isTrue();
        Path home = Files.createDirectories(folder.resolve("home"));
        Installation clone = Installation.in(folder.resolve(name));
        return clone.set("HOME", home.toString())
                .set("PATH", clone.root().resolve("jdk/bin") + ":" + bin + ":/usr/bin:/bin")
                .set("SPOTIFY_CLIENT_ID", "demo")
                .set("SPOTIFY_CLIENT_SECRET", "demo-secret")
                .set("SPOTIFY_API_URL", spotify.apiUrl())
                .set("SPOTIFY_ACCOUNTS_URL", spotify.accountsUrl());
    }

    private static String page(String name) throws IOException {
        return Files.readString(Installation.repository().resolve(name)).replace("\r\n", "\n");
    }
}
