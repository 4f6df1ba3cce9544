package dev.chartlake.app;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * How tests start Java for a process of its own: from jars and an archive of loaded classes, as the launcher does, because
 * hundreds of processes start, and each takes half as long so.
 */
final class ChildJava {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path FOLDER = Path.of("target", "child-java").toAbsolutePath();

    private ChildJava() {}

    /** Made once, when the first process starts. */
    private static final class Made {
        private static final String CLASS_PATH;
        private static final Path ARCHIVE = FOLDER.resolve("classes.jsa");

        static {
            try {
                clear();
                CLASS_PATH = jars();
                archive();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void clear() throws IOException {
            Files.createDirectories(FOLDER);
            List<Path> old;
            try (Stream<Path> files = Files.walk(FOLDER)) {
                old = files.filter(file -> !file.equals(FOLDER))
                        .sorted(Comparator.reverseOrder())
                        .toList();
            }
            for (Path file : old) {
                Files.delete(file);
            }
        }

        /**
         * The class path, with a jar in place of each folder, because an archive holds no classes of folders. DynamoDB
         * Local is left out, which names a folder, and its libraries that are no jars: Java would not use the archive.
         */
        private static String jars() {
            List<String> path = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                if (!Files.isDirectory(Path.of(entry))) {
                    if (entry.endsWith(".jar") && !entry.contains("DynamoDBLocal")) {
                        path.add(entry);
                    }
                    continue;
                }
                String jar = FOLDER.resolve(path.size() + ".jar").toString();
                int code = ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(System.out, System.err, "--create", "--no-compress", "--file", jar, "-C", entry, ".");
                if (code != 0) {
                    throw new IllegalStateException("No jar of " + entry);
                }
                path.add(jar);
            }
            return String.join(File.pathSeparator, path);
        }

        private static void archive() throws IOException, InterruptedException {
            try (EmptyAws aws = new EmptyAws()) {
                ProcessBuilder training = new ProcessBuilder(
                                JAVA.toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-XX:ArchiveClassesAtExit=" + ARCHIVE,
                                "-Xlog:disable",
                                "-cp",
                                CLASS_PATH,
                                ChildTraining.class.getName(),
                                FOLDER.resolve("training").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(FOLDER.resolve("training.txt").toFile());
                training.environment().putAll(aws.environment());
                if (training.start().waitFor() != 0 || !Files.exists(ARCHIVE)) {
                    throw new IllegalStateException(Files.readString(FOLDER.resolve("training.txt")));
                }
            }
        }
    }

    /** The command up to the class path; what follows is the main class and its arguments. */
    static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                JAVA.toString(),
                "-XX:SharedArchiveFile=" + Made.ARCHIVE,
                "-Xshare:auto",
                "-Xlog:disable",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", Made.CLASS_PATH));
        return command;
    }
}
