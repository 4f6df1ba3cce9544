package dev.chartlake.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A cluster of Spark's own kind on this machine: a master and two workers, each a process, with the Spark of the build. */
final class StandaloneCluster implements Closeable {

    private static final int WORKERS = 2;
    private static final long START_SECONDS = 60;

    private final Path home;
    private final String address;
    private final List<Process> processes = new ArrayList<>();

    StandaloneCluster(Path folder) throws IOException, InterruptedException {
        home = Path.of("target", "spark-home").toAbsolutePath();
        Path jars = Files.createDirectories(home.resolve("jars"));
        Files.writeString(home.resolve("RELEASE"), "");
        for (String jar : Files.readString(Path.of("target", "spark.classpath")).split(File.pathSeparator)) {
            Path link = jars.resolve(Path.of(jar).getFileName());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of(jar));
        }
        int port = freePort();
        address = "spark://127.0.0.1:" + port;
        start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", String.valueOf(port));
        waitFor(port);
        for (int i = 0; i < WORKERS; i++) {
            Path work = Files.createDirectories(folder.resolve("worker" + i));
            start(
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "--cores",
                    "1",
                    "--memory",
                    "700m",
                    "--work-dir",
                    work.toString(),
                    address);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void waitFor(int port) throws IOException, InterruptedException {
        Instant end = Instant.now().plusSeconds(START_SECONDS);
        while (true) {
            try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private List<String> java(String main, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dlog4j2.configurationFile=" + Path.of("log4j2.properties").toAbsolutePath(),
                "--add-exports",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.nio=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.util=ALL-UNNAMED",
                "--add-opens",
                "java.base/java.lang.invoke=ALL-UNNAMED",
                "-cp",
                home.resolve("jars") + "/*",
                main));
        command.addAll(words);
        return command;
    }

    private void start(String main, String... words) throws IOException {
        processes.add(environment(new ProcessBuilder(java(main, List.of(words))))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private ProcessBuilder environment(ProcessBuilder builder) {
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        return builder;
    }

    /** Starts the job; what it says goes to {@code out}. */
    Process submit(Path out, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--master",
                address,
                "--deploy-mode",
                "client",
                "--conf",
                "spark.executor.memory=512m",
                "--class",
                SparkTransform.class.getName(),
                Path.of("target", "chartlake-spark.jar").toAbsolutePath().toString()));
        all.addAll(List.of(words));
        return environment(new ProcessBuilder(java("org.apache.spark.deploy.SparkSubmit", all)))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    /** Kills one executor; false if there is none. */
    boolean killExecutor() {
        for (Process worker : processes.subList(1, processes.size())) {
            for (ProcessHandle executor : worker.children().toList()) {
                return executor.destroyForcibly();
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        for (Process process : processes) {
            try {
                process.waitFor(START_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static String text(Path file) throws IOException {
        return Files.readString(file, UTF_8);
    }
}
