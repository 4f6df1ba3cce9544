package dev.chartlake.intake;

import dev.chartlake.intake.files.ImportFile;
import dev.chartlake.intake.files.Refusal;
import dev.chartlake.intake.names.FilePath;
import dev.chartlake.intake.names.NameHints;
import dev.chartlake.intake.names.ReadNames;
import dev.chartlake.json.JsonException;
import dev.chartlake.normalise.RawInspector;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.normalise.document.Spans;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads files and detects what they hold. What it finds depends on the file alone. Used by one thread. */
final class Inspection implements Closeable {

    private static final int SMALL = (int) ObjectStore.SMALL;

    private final ObjectStore store;
    private final ReadNames names;
    private final RawInspector inspector;

    Inspection(ObjectStore store, ImportOptions options) {
        this.store = store;
        this.names = new ReadNames(options.order());
        this.inspector = new RawInspector(options.personal());
    }

    /**
     * Reads {@code in} to its end and does not close it. The parts of a large file can be copied until the next file is
     * inspected.
     */
    Inspected inspect(ImportFile file, InputStream in) throws IOException {
        byte[] start = in.readNBytes(SMALL);
        if (start.length < SMALL) {
            return inspect(file, start);
        }
        Staged staged = store.stage();
        try {
            long size = 0;
            Exception problem = null;
            try {
                size = Copying.text(new SequenceInputStream(new ByteArrayInputStream(start), in), staged.out());
            } catch (Refusal e) {
                problem = e;
            }
            staged.out().close();
            return problem == null
                    ? inspect(file, staged, size)
                    : new Inspected(
                            file, hints(file), staged, size, List.of(), List.of(), 0, inspector.extension(), problem);
        } catch (IOException | RuntimeException e) {
            staged.close();
            throw e;
        }
    }

    /** Inspects a small file. What is found stays valid. */
    Inspected inspect(ImportFile file, byte[] bytes) throws IOException {
        Staged staged = store.stage(bytes);
        try {
            Copying.checkText(bytes);
            Inspected found = inspect(file, staged, bytes.length);
            List<Part> parts = new ArrayList<>();
            for (Part part : found.parts()) {
                parts.add(part.isWhole() || part.cut() instanceof Spans ? part : copied(part, bytes));
            }
            return new Inspected(
                    file,
                    found.hints(),
                    staged,
                    bytes.length,
                    parts,
                    found.leftOut(),
                    found.replaced(),
                    found.extension(),
                    found.problem());
        } catch (Refusal e) {
            return new Inspected(
                    file, hints(file), staged, bytes.length, List.of(), List.of(), 0, inspector.extension(), e);
        } catch (IOException | RuntimeException e) {
            staged.close();
            throw e;
        }
    }

    private Inspected inspect(ImportFile file, Staged staged, long size) throws IOException {
        NameHints hints = hints(file);
        try {
            RawInspector.Finding finding = inspector.inspect(staged::in, file.name());
            return new Inspected(
                    file,
                    hints,
                    staged,
                    size,
                    finding.parts(),
                    finding.leftOut(),
                    finding.replaced(),
                    inspector.extension(),
                    null);
        } catch (JsonException e) {
            return new Inspected(file, hints, staged, size, List.of(), List.of(), 0, inspector.extension(), e);
        }
    }

    private NameHints hints(ImportFile file) {
        return new NameHints(new FilePath(file.path()), names);
    }

    private static Part copied(Part part, byte[] file) throws IOException {
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        part.copy(new ByteArrayInputStream(file), copy);
        return part.cutAs((whole, to) -> copy.writeTo(to));
    }

    @Override
    public void close() throws IOException {
        inspector.close();
    }
}
