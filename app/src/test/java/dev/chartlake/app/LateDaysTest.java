package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.trials.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History is the same whatever order its days came in. */
class LateDaysTest {
    private static final String LIST = Answers.list("late days");
    private static final List<String> QUERIES = List.of(
            "FROM chart_history ORDER BY ALL",
            "FROM chart_exits ORDER BY ALL",
            "FROM chart_turnover ORDER BY ALL",
            "FROM song_stats ORDER BY ALL",
            "FROM chart_history_by_recording ORDER BY ALL",
            "FROM artist_stats ORDER BY ALL");

    @TempDir
    Path temporary;

    @Test
    void daysThatArriveLateAndOutOfOrderGiveTheSameHistory() {
        Seeded.run(this::compareOrders);
    }

    private void compareOrders(Random random) throws IOException {
        Path folder = Files.createTempDirectory(temporary, "late");
        List<Path> files = new ArrayList<>();
        for (int day = 1; day <= 8; day++) {
            for (String time : random.nextBoolean() ? List.of("06-00-00") : List.of("06-00-00", "18-00-00")) {
                int from = day == 1 ? 0 : random.nextInt(4);
                int to = day == 1 ? 9 : from + 1 + random.nextInt(6); // some songs of the first day leave
                files.add(Files.writeString(
                        folder.resolve(LIST + "_2024-05-%02dT%sZ.json".formatted(day, time)),
                        Answers.page(LIST, Answers.rows(Dialect.LEGACY, from, to))));
            }
        }
        Lake ordered = new Lake(folder.resolve("ordered"));
        ordered.importing(files.toArray(Path[]::new)).with(0);
        ordered.transform().with(0);
        Collections.shuffle(files, random);
        Lake late = new Lake(folder.resolve("late"));
        for (int from = 0; from < files.size(); from += 5) {
            late.importing(files.subList(from, Math.min(from + 5, files.size())).toArray(Path[]::new))
                    .with(0);
            late.transform().with(0);
        }
        for (String query : QUERIES) {
            assertThat(ordered.rows(query)).as(query).isNotEmpty();
            assertThat(late.rows(query)).as(query).isEqualTo(ordered.rows(query));
        }
        assertThat(late.value("SELECT count(DISTINCT snapshot_date) FROM chart_history"))
                .isEqualTo("8");
    }
}
