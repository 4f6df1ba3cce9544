package dev.chartlake.aws.lambda;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.chartlake.trials.Hang;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * A function of the zip in a Java process of its own, as Lambda runs it: AWS's runtime client before it, the heap and the
 * compiler that a function of 512 MB gets.
 */
final class LambdaProcess implements AutoCloseable {

    static final Path ZIP = Path.of("target/chartlake-lambda.zip");

    /** What Lambda's own Java 17 is started with for 512 MB. */
    private static final List<String> JVM =
            List.of("-XX:MaxHeapSize=445645k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** Which native library the runtime client loads; by itself it writes one file in /tmp, also while another has it open. */
    private static final String NATIVE = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private static @Nullable Path unpacked;
    private static @Nullable Path unpackedNative;

    private final RuntimeApi api;
    private final Process process;
    private final Path log;

    private LambdaProcess(RuntimeApi api, Process process, Path log) {
        this.api = api;
        this.process = process;
        this.log = log;
    }

    /** Starts {@code handler} with these variables on top of those that Lambda sets. */
    static LambdaProcess start(Class<?> handler, Map<String, String> variables) throws IOException {
        RuntimeApi api = new RuntimeApi();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add("-D" + NATIVE + "=" + unpackedNative());
        command.addAll(List.of("-cp", runtime(), AWSLambda.class.getName(), handler.getName()));
        Path log = Files.createTempFile("lambda", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(unpacked().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|CHARTLAKE|SPOTIFY|JAVA_TOOL)_.*"));
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API", api.address(),
                        "AWS_LAMBDA_FUNCTION_NAME", "tested",
                        "AWS_LAMBDA_FUNCTION_VERSION", "1",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                        "AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand",
                        "AWS_REGION", "eu-north-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test-secret"));
        builder.environment().putAll(variables);
        return new LambdaProcess(api, builder.start(), log);
    }

    /** Waits until it is set up and asks for its first event. */
    void awaitReady() throws IOException, InterruptedException {
        if (!api.isAsked(Hang.LIMIT)) {
            throw new IOException("Not ready: " + log());
        }
    }

    /** Invokes it and returns what it answers. */
    String invoke(String event) throws IOException, InterruptedException {
        RuntimeApi.Answer answer = answer(event);
        if (answer.failed()) {
            throw new IOException("The function failed: " + answer.body());
        }
        return answer.body();
    }

    /** Invokes it, and returns its answer or failure. */
    RuntimeApi.Answer answer(String event) throws IOException, InterruptedException {
        api.send(event);
        Instant end = Instant.now().plus(Hang.LIMIT);
        while (Instant.now().isBefore(end)) {
            RuntimeApi.Answer answer = api.answer(Duration.ofMillis(50));
            if (answer != null) {
                return answer;
            }
            if (!process.isAlive()) {
                throw new IOException("The process ended with " + process.exitValue() + ": " + log());
            }
        }
        throw new IOException("No answer: " + log());
    }

    /** Hands it an event and does not wait. */
    void send(String event) {
        api.send(event);
    }

    /** True if there has been no answer yet. */
    boolean isBusy() throws InterruptedException {
        return api.answer(Duration.ZERO) == null;
    }

    /** Kills it, and returns when it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What it has printed. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** The most memory it has had at once, in MB; by Linux, else 0. */
    long peakMegabytes() throws IOException {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** The processor time it has taken. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        api.close();
        Files.deleteIfExists(log);
    }

    /** The jars that Lambda's own image has. */
    private static String runtime() {
        return Stream.of(AWSLambda.class, LambdaRuntime.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                .map(LambdaProcess::jar)
                .distinct()
                .collect(Collectors.joining(":"));
    }

    private static String jar(Class<?> type) {
        try {
            return Path.of(Objects.requireNonNull(
                                    type.getProtectionDomain().getCodeSource().getLocation())
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The zip's files, in a folder that all tests of this run share. */
    static synchronized Path unpacked() {
        if (unpacked == null) {
            try {
                unpacked = unpack(Path.of("target/unpacked-lambda"));
            } catch (IOException e) {
                throw new UncheckedIOException("No zip to test. Make it with ./mvnw -pl aws -am package", e);
            }
        }
        return unpacked;
    }

    private static synchronized Path unpackedNative() throws IOException {
        if (unpackedNative == null) {
            String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
            String library = "/jni/libaws-lambda-jni.linux-" + processor + ".so";
            Path file = Files.createTempFile("lambda-runtime", ".so");
            try (InputStream in = Objects.requireNonNull(AWSLambda.class.getResourceAsStream(library), library)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            file.toFile().deleteOnExit();
            unpackedNative = file;
        }
        return unpackedNative;
    }

    private static Path unpack(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path file : old.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(ZIP))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.copy(zip, file);
                }
            }
        }
        return folder;
    }
}
