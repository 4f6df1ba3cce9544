package dev.chartlake.jobs;

import dev.chartlake.intake.FileImport;
import dev.chartlake.intake.ImportOptions;
import dev.chartlake.intake.IntakeReport;
import dev.chartlake.model.Progress;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Copies files of this machine into the lake's raw data. */
public final class ImportJob {

    private final ObjectStore store;
    private final ImportOptions options;
    private final Clock clock;

    /** Imports into {@code store}; {@code clock} tells which dates in names are in the future. */
    public ImportJob(ObjectStore store, ImportOptions options, Clock clock) {
        this.store = store;
        this.options = options;
        this.clock = clock;
    }

    /**
     * What became of the files.
     *
     * @param report what was imported, and what was not
     * @param skipped the files in folders and zip files whose names say that they cannot be imported
     * @param personal the files of account exports with personal data alone, which were not read
     */
    public record Result(IntakeReport report, List<String> skipped, List<String> personal) {

        /** True if each file was imported, or known already, and at least one was found. */
        public boolean complete() {
            boolean nothing = report.files() == 0 && !(skipped.isEmpty() && personal.isEmpty());
            return report.problems().isEmpty() && !nothing;
        }
    }

    /**
     * Imports files, and what can be imported below folders. One that cannot be read does not stop the others.
     *
     * @throws IOException if the lake cannot be written, or one of them is not there
     */
    public Result run(List<Path> filesAndFolders, Progress progress) throws IOException {
        FileImport files = new FileImport(store, options, clock);
        IntakeReport report = files.run(filesAndFolders, progress);
        return new Result(report, files.skipped(), files.personal());
    }
}
