package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.publish.CommitLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class DemoCommandTest {

    @TempDir
    Path folder;

    @Test
    void printsTheChartTheClimbersAndTheNewEntriesAndASecondTimeAddsNothing() throws Exception {
        String lake = folder.resolve("my demo").toString();
        CommandLineRun first = CommandLineRun.of("demo", "--once", "--lake", lake);

        assertThat(first.code()).describedAs(first.err()).isZero();
        assertThat(first.err())
                .contains("Transformed 56 days, 2026-09-27 to 2026-11-21: 5,600 entries of 112 raw objects.")
                .contains("./chartlake status --lake '" + lake + "'");
        List<String> parts = List.of(first.out().split("\n\n"));
        assertThat(parts).hasSize(6);
        assertThat(parts.get(0)).isEqualTo("Daily Top 50 – World, 2026-11-21 against 2026-11-14");
        List<String> chart = rows(parts.get(1));
        assertThat(chart).hasSize(50);
        for (int position = 1; position <= 50; position++) {
            assertThat(chart.get(position - 1))
                    .matches(" *" + position + "  (NEW +|RE +|= +\\d+|[▲▼]\\d+ +\\d+)  +\\d+  +\\d+  \\S.*");
        }
        assertThat(moves(chart)).contains("N", "▲", "▼", "=");
        assertThat(parts.get(2)).isEqualTo("Biggest climbers since 2026-11-14");
        assertThat(rows(parts.get(3))).hasSize(10).allMatch(row -> row.matches("(Daily|Top).*  ▲\\d+  .*"));
        assertThat(parts.get(4)).isEqualTo("New since 2026-11-14");
        assertThat(rows(parts.get(5)))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(row -> row.matches(".*  2026-11-(1[5-9]|2[01])  .*"))
                .anyMatch(row -> row.startsWith("Daily Top 50 – World"))
                .anyMatch(row -> row.startsWith("Top Songs – Norge"));

        Map<String, byte[]> before = files(lake);
        CommandLineRun second = CommandLineRun.of("demo", "--once", "--lake", lake);
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).contains("Nothing to transform.");
        Map<String, byte[]> after = files(lake);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((file, bytes) -> assertThat(bytes).describedAs(file).isEqualTo(before.get(file)));
    }

    /** The lines below a table's header. */
    private static List<String> rows(String table) {
        return table.lines().skip(2).toList();
    }

    private static List<String> moves(List<String> chart) {
        return chart.stream()
                .map(row -> row.strip().split(" +")[1].substring(0, 1))
                .distinct()
                .toList();
    }

    private static Map<String, byte[]> files(String lake) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String part : List.of("raw_data", "transformed_data")) {
            try (Stream<Path> all = Files.walk(Path.of(lake, part))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    String key = Path.of(lake).relativize(file).toString();
                    if (!key.startsWith(CommitLog.ROOT)) {
                        files.put(key, Files.readAllBytes(file));
                    }
                }
            }
        }
        assertThat(files).hasSize(112 + 8 * 56);
        return files;
    }
}
