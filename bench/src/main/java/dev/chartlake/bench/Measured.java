package dev.chartlake.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a command as a process of its own.
 *
 * @param wallSeconds from starting the process to its end
 * @param cpuSeconds user and system time of all its threads, or null where {@code /usr/bin/time} is missing
 * @param peakMegabytes most memory it had resident, or null where the system does not say
 * @param output the lines it printed on standard output
 */
record Measured(
        double wallSeconds,
        @Nullable Double cpuSeconds,
        @Nullable Double peakMegabytes,
        List<String> output) {

    private static final Path TIME = Path.of("/usr/bin/time");

    /**
     * Runs the command to its end; its standard error goes to ours.
     *
     * @throws IllegalStateException if it leaves with anything but 0
     */
    static Measured run(List<String> command) throws IOException, InterruptedException {
        return Files.isExecutable(TIME) ? runTimed(command) : runPolled(command);
    }

    private static Measured runTimed(List<String> command) throws IOException, InterruptedException {
        Path report = Files.createTempFile("chartlake-bench", ".time");
        try {
            List<String> timed = new ArrayList<>(List.of(TIME.toString(), "-f", "%U %S %M", "-o", report.toString()));
            timed.addAll(command);
            long start = System.nanoTime();
            Process process = start(timed);
            List<String> output = lines(process);
            int exit = process.waitFor();
            double wall = (System.nanoTime() - start) / 1e9;
            check(command, exit);
            String[] parts = Files.readString(report).strip().split(" ");
            double cpu = Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]);
            return new Measured(wall, cpu, Double.parseDouble(parts[2]) / 1024, output);
        } finally {
            Files.deleteIfExists(report);
        }
    }

    /** Reads the high-water mark while the process lives; its last instants may be missed. */
    private static Measured runPolled(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = start(command);
        List<String> output = new ArrayList<>();
        Thread reader = new Thread(() -> output.addAll(lines(process)), "output of " + command.get(0));
        reader.start();
        Double peak = null;
        do {
            Double now = highWaterMark(process.pid());
            peak = now == null ? peak : now;
        } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
        double wall = (System.nanoTime() - start) / 1e9;
        reader.join();
        check(command, process.exitValue());
        return new Measured(wall, null, peak, output);
    }

    private static Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        return process;
    }

    private static List<String> lines(Process process) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return out.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(List<String> command, int exit) {
        if (exit != 0) {
            throw new IllegalStateException("Exit code " + exit + " from: " + String.join(" ", command));
        }
    }

    private static @Nullable Double highWaterMark(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
                }
            }
        } catch (IOException e) {
            // No /proc here, or the process has just ended: no reading.
        }
        return null;
    }

    /** The middle one of the known values, or of an even number the mean of the middle two; NaN if none is known. */
    static double median(List<Measured> runs, Function<Measured, @Nullable Double> value) {
        double[] sorted = runs.stream()
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int half = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** A dash for what is not known. */
    static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
