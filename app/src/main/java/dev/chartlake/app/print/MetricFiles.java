package dev.chartlake.app.print;

import dev.chartlake.metrics.Metrics;
import dev.chartlake.metrics.PrometheusText;
import dev.chartlake.outcome.ErrorText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** What the last run measured, in a file for each step, if the environment names a folder for them. */
public final class MetricFiles {

    private static final String FOLDER = "CHARTLAKE_METRICS";

    private MetricFiles() {}

    /** True if the environment names a folder for them. */
    public static boolean areWanted(Map<String, String> environment) {
        return !environment.getOrDefault(FOLDER, "").isEmpty();
    }

    /** Replaces the step's file. A run that did its work does not fail because of it. */
    public static void write(Map<String, String> environment, String step, String lake, Metrics metrics) {
        if (!areWanted(environment)) {
            return;
        }
        Path folder = Path.of(environment.getOrDefault(FOLDER, ""));
        Path file = folder.resolve("chartlake_" + step + ".prom");
        try {
            Files.createDirectories(folder);
            Path whole = Files.createTempFile(folder, step, ".tmp"); // collectors read at any moment
            try {
                Files.writeString(whole, PrometheusText.of(metrics, lake), StandardCharsets.UTF_8);
                whole.toFile().setReadable(true, false);
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            System.err.println(
                    "Metrics were not written to " + file + ": " + ErrorText.of(e) + ". Check " + FOLDER + ".");
        }
    }
}
