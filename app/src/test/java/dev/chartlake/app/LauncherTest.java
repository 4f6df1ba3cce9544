package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts at the root. The other tests start the application without them. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chartlake",
                "bench/run",
                ".ci/run",
                "deploy/up",
                "deploy/start",
                "deploy/down",
                "deploy/snowflake/connect"
            })
    void isBash(String script) throws Exception {
        assertThat(check(script)).isEmpty();
    }

    @Test
    void aBrokenOneWouldBeNoticed() throws Exception {
        assertThat(check("README.md")).contains("syntax error");
    }

    @Test
    void aLinkStartsTheCloneThatItLeadsTo() throws Exception {
        Installation clone = Installation.thatEchoes(folder.resolve("a clone"));
        Path bin = Files.createDirectories(folder.resolve("home of me/bin"));
        Path outside = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(bin.resolve("absolute"), clone.root().resolve("chartlake"));
        Files.createSymbolicLink(bin.resolve("relative"), Path.of("../../a clone/chartlake"));
        Files.createSymbolicLink(bin.resolve("chain"), Path.of("relative"));
        Files.createSymbolicLink(folder.resolve("home of me/of folders"), bin);
        clone.set("PATH", bin + ":/usr/bin:/bin").set("CDPATH", folder.toString());
        String jar = clone.root().toRealPath().resolve("app/target/chartlake/chartlake.jar")
                + "\nreport\nchart\n--list\ntwo words\n";
        for (String link : new String[] {
            bin + "/absolute", bin + "/relative", bin + "/chain", bin + "/../of folders/chain", "chain", "absolute"
        }) {
            Ended ended =
                    clone.run(outside, "bash", "-c", "\"$@\"", "bash", link, "report", "chart", "--list", "two words");
            assertThat(ended.with(0).out()).as(link).endsWith("-jar\n" + jar);
            assertThat(ended.err()).as(link).isEmpty();
        }
        assertThat(clone.run(bin, "bash", "chain", "report", "chart", "--list", "two words")
                        .with(0)
                        .out())
                .endsWith(jar);
        assertThat(names(bin)).containsExactlyInAnyOrder("absolute", "relative", "chain");
        assertThat(names(outside)).isEmpty();
    }

    @Test
    void aLinkBuildsTheCloneThatItLeadsTo() throws Exception {
        Installation clone = Installation.thatEchoes(folder.resolve("a clone"));
        Files.delete(clone.root().resolve("app/target/chartlake/built"));
        Path builder = clone.root().resolve("mvnw");
        Files.writeString(builder, "#!/usr/bin/env bash\necho \"built in $PWD\"\ntouch app/target/chartlake/built\n");
        assertThat(builder.toFile().setExecutable(true)).isTrue();
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("chartlake"), Path.of("../a clone/chartlake"));
        assertThat(clone.run(bin, "./chartlake", "status").with(0).out()).endsWith("chartlake.jar\nstatus\n");
        assertThat(clone.root().resolve("app/target/build.log"))
                .hasContent("built in " + clone.root().toRealPath());
        assertThat(names(bin)).containsExactly("chartlake");
    }

    private static Stream<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
        }
    }

    /** What Bash says of a script without running it. */
    private static String check(String script) throws Exception {
        Process bash = new ProcessBuilder("bash", "-n", script)
                .directory(Installation.repository().toFile())
                .redirectErrorStream(true)
                .start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
