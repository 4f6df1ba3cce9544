package dev.chartlake.intake;

import dev.chartlake.intake.files.FileContents;
import dev.chartlake.intake.files.FileWalk;
import dev.chartlake.intake.files.FoundFile;
import dev.chartlake.intake.files.ImportFile;
import dev.chartlake.intake.names.AccountFiles;
import dev.chartlake.model.Progress;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Imports files and folders of this machine. They are copied; the originals stay as they are. */
public final class FileImport {

    private final ObjectStore store;
    private final ImportOptions options;
    private final IntakeReport report = new IntakeReport();
    private final Intake intake;
    private final FileContents contents;
    private final List<String> skipped = new ArrayList<>();
    private final List<String> personal = new ArrayList<>();
    private String folder = "";

    /** Imports into {@code store} what the files themselves say. */
    public FileImport(ObjectStore store) {
        this(store, ImportOptions.NONE, Clock.systemUTC());
    }

    /** Imports into {@code store}; {@code clock} tells which dates in names are in the future. */
    public FileImport(ObjectStore store, ImportOptions options, Clock clock) {
        this.store = store;
        this.options = options;
        this.intake = new Intake(store, options, Intake.Unplaced.STAYS, clock, report);
        this.contents = new FileContents(store, new FileContents.Sink() {
            @Override
            public void take(ImportFile file, InputStream in) throws IOException {
                if (AccountFiles.isPersonal(file.path())) {
                    personal.add(file.label());
                    return;
                }
                enter(file.folder());
                intake.take(file, in);
            }

            @Override
            public void failed(String label, String reason) {
                report.failed(label, reason);
            }

            @Override
            public void skipped(String label) {
                skipped.add(label);
            }
        });
    }

    /** The files and folders that were skipped in folders and zip files, because they cannot be imported. */
    public List<String> skipped() {
        return skipped;
    }

    /** The files of account exports that hold neither lists nor plays, only personal data. They were not archived. */
    public List<String> personal() {
        return personal;
    }

    /**
     * Imports each file, and below each folder each file whose name says that it may be one, folder by folder. One that
     * cannot be read does not stop the others.
     *
     * @throws IOException if the lake cannot be written
     */
    public IntakeReport run(List<Path> filesAndFolders, Progress progress) throws IOException {
        FileWalk walk = new FileWalk();
        for (Path path : filesAndFolders) {
            walk.add(path);
        }
        walk.unreadable().forEach((path, reason) -> report.failed(path.toString(), reason));
        walk.skipped().forEach(path -> skipped.add(path.toString()));
        int of = walk.files().size();
        int done = 0;
        try (ReadAhead ahead = new ReadAhead(store, options, walk.files().iterator());
                intake) {
            for (Optional<ReadAhead.Taken> next = ahead.next(); next.isPresent(); next = ahead.next()) {
                take(next.get());
                progress.at(++done, of);
            }
            intake.finish();
        }
        return report;
    }

    /** The pages that wait belong to the folder before. */
    private void enter(String next) throws IOException {
        if (!next.equals(folder)) {
            intake.finishFolder();
        }
        folder = next;
    }

    private void take(ReadAhead.Taken taken) throws IOException {
        FoundFile file = taken.file();
        if (AccountFiles.isPersonal(file.file().path())) {
            personal.add(file.file().label());
            if (taken.inspected().isPresent()) {
                taken.inspected().get().staged().close();
            }
        } else if (file.problem() != null) {
            report.failed(file.file().label(), file.problem());
        } else if (taken.inspected().isPresent()) {
            enter(file.file().folder());
            intake.take(taken.inspected().get());
        } else {
            try {
                Files.newInputStream(file.path()).close();
            } catch (IOException e) {
                report.failed(file.file().label(), FoundFile.unreadable(e));
                return;
            }
            contents.read(file.path(), file.file());
        }
    }
}
