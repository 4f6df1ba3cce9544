package dev.chartlake.aws.deploy;

import dev.chartlake.trials.Hang;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs Terraform on a copy of the module, without an account. */
final class Terraform {
    private static final Path MODULE = Path.of("../deploy/terraform");
    private static final String REGISTRY = "registry.terraform.io";

    private final Path folder;

    /** What a run ended with. */
    record Run(int exitCode, Path output) {
        String text() throws IOException {
            return Files.readString(output);
        }
    }

    Terraform(Path empty) throws IOException {
        folder = empty;
        try (Stream<Path> files = Files.walk(MODULE)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = folder.resolve(MODULE.relativize(file).toString());
                if (!copy.toString().contains(".terraform")) {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        mirror().ifPresent(this::configure);
    }

    static boolean isThere() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .map(Path::of)
                .anyMatch(path -> Files.isExecutable(path.resolve("terraform")));
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "output", ".txt");
        var command =
                Stream.concat(Stream.of("terraform"), Stream.of(arguments)).toList();
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.put("TF_IN_AUTOMATION", "1");
        environment.put("CHECKPOINT_DISABLE", "1");
        if (Files.exists(configuration())) {
            environment.put("TF_CLI_CONFIG_FILE", configuration().toString());
        } else if (!Files.exists(Path.of(environment.getOrDefault("TF_CLI_CONFIG_FILE", "none")))) {
            environment.remove("TF_CLI_CONFIG_FILE");
        }
        var process = builder.start();
        if (!process.waitFor(Hang.SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("Takes longer than ten minutes: " + command);
        }
        return new Run(process.exitValue(), output);
    }

    private Path configuration() {
        return folder.resolve("mirror.tfrc");
    }

    private void configure(Path mirror) {
        try {
            Files.writeString(
                    configuration(),
                    "provider_installation {\n  filesystem_mirror {\n    path = \"" + mirror + "\"\n  }\n}\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Where somebody has put providers for machines without network. */
    private static Optional<Path> mirror() {
        for (var root : List.of("/opt", "/usr/share", "/usr/local/share", System.getProperty("user.home"))) {
            try (Stream<Path> found = Files.find(
                    Path.of(root), 3, (path, attributes) -> attributes.isDirectory() && path.endsWith(REGISTRY))) {
                var mirror = found.findFirst();
                if (mirror.isPresent()) {
                    return mirror.map(Path::getParent);
                }
            } catch (IOException | java.io.UncheckedIOException e) {
                // Nothing there, or nothing for us.
            }
        }
        return Optional.empty();
    }
}
