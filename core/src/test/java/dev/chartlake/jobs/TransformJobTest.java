package dev.chartlake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.intake.ImportOptions;
import dev.chartlake.intake.IntakeReport;
import dev.chartlake.lake.Manifest;
import dev.chartlake.metrics.Metric;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.model.Progress;
import dev.chartlake.publish.CommittedDay;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.transform.TransformResult;
import dev.chartlake.transform.Transformer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports files and makes tables of them, and is told each step in its order. */
class TransformJobTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-11-20");
    private static final LocalDate SECOND = LocalDate.parse("2026-11-21");
    private static final String CHART =
            "rank,uri,artist_names,track_name\n1,spotify:track:3n3Ppam7vgaVa1iaRUc9Lp,A,B\n";

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private final Metrics metrics = new Metrics();
    private LocalStore store = new LocalStore(Path.of(""));
    private TransformJob job = job();

    @BeforeEach
    void open() throws Exception {
        store = new LocalStore(folder.resolve("lake"));
        job = job();
        Path in = Files.createDirectories(folder.resolve("in"));
        Files.writeString(in.resolve("regional-no-daily-" + FIRST + ".csv"), CHART);
        Files.writeString(in.resolve("regional-no-daily-" + SECOND + ".csv"), CHART);
        Files.writeString(in.resolve("notes.txt"), "not a chart");
        ImportJob.Result imported =
                new ImportJob(store, ImportOptions.NONE, Clock.systemUTC()).run(List.of(in), Progress.NONE);
        assertThat(imported.complete()).isTrue();
        assertThat(imported.report().added()).isEqualTo(2);
        assertThat(imported.skipped()).hasSize(1);
    }

    private TransformJob job() {
        Transformer transformer = new Transformer(store, new CsvFormat(), 2, 256 << 20);
        return new TransformJob(store, transformer, metrics, new TransformJob.Listener() {
            @Override
            public void adopted(IntakeReport report) {
                told.add("adopted " + report.added() + ", set aside "
                        + report.problems().size());
            }

            @Override
            public void changed(List<LocalDate> days) {
                told.add("changed " + days);
            }

            @Override
            public void at(int done, int of) {
                told.add(done + " of " + of);
            }

            @Override
            public void transformed(TransformResult result) {
                told.add("transformed "
                        + result.days().stream().map(CommittedDay::date).toList());
            }
        });
    }

    @Test
    void newDaysAreThoseThatWaitAndThoseWhoseTablesAreGone() throws Exception {
        TransformJob.Result all = job.run(TransformJob.Days.NEW, day -> true);
        assertThat(all.clean()).isTrue();
        assertThat(told)
                .containsExactly("adopted 0, set aside 0", "1 of 2", "2 of 2", "transformed [2026-11-20, 2026-11-21]");
        told.clear();
        job.run(TransformJob.Days.NEW, day -> true);
        assertThat(told).containsExactly("adopted 0, set aside 0", "transformed []");
        told.clear();
        store.delete(Manifest.key(SECOND));
        job.run(TransformJob.Days.NEW, day -> true);
        assertThat(told)
                .containsExactly(
                        "adopted 0, set aside 0", "changed [2026-11-21]", "1 of 1", "transformed [2026-11-21]");
        assertThat(metrics.values()).containsEntry(Metric.DAYS_COMMITTED, 3L).containsEntry(Metric.DAYS_FAILED, 0L);
    }

    @Test
    void onlyWantedDaysAreComputedAlsoOfAll() throws Exception {
        job.run(TransformJob.Days.NEW, FIRST::equals);
        told.clear();
        job.run(TransformJob.Days.ALL, SECOND::isAfter);
        assertThat(told).endsWith("transformed [2026-11-20]");
        assertThat(store.find(Manifest.key(SECOND))).isEmpty();
    }

    @Test
    void aDayIsComputedOnceHoweverOftenItIsAskedFor() throws Exception {
        assertThat(job.runWaiting(FIRST)).isTrue();
        assertThat(job.runWaiting(FIRST)).isTrue();
        assertThat(told).containsExactly("transformed [2026-11-20]");
        assertThat(metrics.values()).containsEntry(Metric.ENTRIES_WRITTEN, 1L);
    }

    @Test
    void looseFilesGetTheirDaysAndWhatCannotBeReadIsCounted() throws Exception {
        store.put(RawState.TO_PROCESS.prefix() + "regional-no-daily-2026-11-22.csv", bytes(CHART));
        store.put(RawState.TO_PROCESS.prefix() + "broken.json", bytes("{"));
        assertThat(job.adopt()).containsExactly(LocalDate.parse("2026-11-22"));
        assertThat(told).containsExactly("adopted 1, set aside 1");
        assertThat(metrics.values()).containsEntry(Metric.OBJECTS_QUARANTINED, 1L);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
