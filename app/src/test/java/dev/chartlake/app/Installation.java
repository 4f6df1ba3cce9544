package dev.chartlake.app;

import dev.chartlake.trials.Hang;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A clone of the repository as its user has it after the first build: the launcher, and a Java that runs this build's
 * classes in place of the packaged ones.
 */
final class Installation {

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    private Installation(Path root) {
        this.root = root;
    }

    /** Installs in {@code root}. Its Java runs the commands. */
    static Installation in(Path root) throws IOException {
        return with(root, """
                #!/usr/bin/env bash
                if [ "$1" = -XshowSettings:properties ]; then
                  echo "    java.home = $(cd "$(dirname "$0")/.." && pwd)" >&2
                  exit
                fi
                while [ "$1" != -jar ]; do shift; done
                shift 2
                exec '%s' dev.chartlake.app.Main "$@"
                """.formatted(String.join("' '", ChildJava.command(List.of("-Xmx256m")))));
    }

    /** Installs in {@code root}, with a Java that prints its arguments, a line each. */
    static Installation thatEchoes(Path root) throws IOException {
        return with(root, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\"\n");
    }

    private static Installation with(Path root, String java) throws IOException {
        Files.createDirectories(root.resolve("app/target/chartlake"));
        Files.copy(repository().resolve("chartlake"), root.resolve("chartlake"));
        for (String module : List.of("core", "views", "duckdb", "warehouses", "simulator", "aws", "app")) {
            Files.createDirectories(root.resolve(module + "/src/main"));
            Files.createFile(root.resolve(module + "/pom.xml"));
        }
        Files.createFile(root.resolve("pom.xml"));
        Path samples = Files.createDirectories(root.resolve("docs/sample"));
        try (var files = Files.list(repository().resolve("docs/sample"))) {
            for (Path file : files.toList()) {
                Files.copy(file, samples.resolve(file.getFileName()));
            }
        }
        Path bin = Files.createDirectories(root.resolve("jdk/bin"));
        Files.writeString(bin.resolve("java"), java);
        bin.resolve("java").toFile().setExecutable(true);
        Files.createFile(root.resolve("app/target/chartlake/built"));
        Installation installed = new Installation(root);
        installed.environment.put("JAVA_HOME", root.resolve("jdk").toString());
        return installed;
    }

    /** The folder of the repository, wherever the test is started. */
    static Path repository() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = Objects.requireNonNull(at.getParent(), "not in the repository");
        }
        return at;
    }

    Path root() {
        return root;
    }

    /** Sets an environment variable for all scripts. */
    Installation set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Leaves an environment variable out. */
    Installation unset(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Runs a script in the folder of the clone. */
    Ended bash(String script) throws IOException, InterruptedException {
        return run(root, "bash", "-c", "set -e\n" + script);
    }

    /** Runs a command in a folder, with the variables that were set and a plain path alone. */
    Ended run(Path folder, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("chartlake", ".out");
        Path err = Files.createTempFile("chartlake", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(Hang.SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Still running: " + String.join(" ", command));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }
}
