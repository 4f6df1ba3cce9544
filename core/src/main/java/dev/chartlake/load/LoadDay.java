package dev.chartlake.load;

import dev.chartlake.lake.Checksums;
import dev.chartlake.lake.DayCure;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Table;
import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A committed day as a warehouse gets it: its manifest, and its rows as they were when the manifest was read, or a
 * {@link DayException.Changed}.
 */
public final class LoadDay {

    private static final DayTableRows NONE = new DayTableRows() {
        @Override
        public @Nullable List<@Nullable Object> next() {
            return null;
        }

        @Override
        public void close() {}
    };

    private final ObjectStore store;
    private final DayTables tables;
    private final Manifest manifest;
    private final Versioned stored;

    private LoadDay(ObjectStore store, DayTables tables, Manifest manifest, Versioned stored) {
        this.store = store;
        this.tables = tables;
        this.manifest = manifest;
        this.stored = stored;
    }

    /** Reads a day's manifest; empty if the day is not committed. */
    public static Optional<LoadDay> read(ObjectStore store, DayTables tables, LocalDate date) throws IOException {
        Optional<Versioned> stored = store.read(Manifest.key(date));
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try {
            Manifest manifest = ManifestFile.read(stored.get().bytes());
            return Optional.of(new LoadDay(store, tables, manifest, stored.get()));
        } catch (IOException | IllegalArgumentException e) {
            throw new DayException(
                    Manifest.key(date) + " cannot be read: " + e.getMessage() + ". " + DayCure.again(store, date), e);
        }
    }

    /** What tells this state of the day from any other, in any store: its manifest's CRC32C, eight hexadecimal digits. */
    public String version() {
        CRC32C crc = new CRC32C();
        crc.update(stored.bytes());
        return String.format("%08x", crc.getValue());
    }

    /** The day. */
    public LocalDate date() {
        return manifest.date();
    }

    /** What committed the day. */
    public Manifest manifest() {
        return manifest;
    }

    /** What the manifest says of a table; a table without rows has no file. */
    public TablePart part(Table table) {
        return manifest.tables().stream()
                .filter(part -> part.table().equals(table.sqlName()))
                .findFirst()
                .orElseGet(() -> new TablePart(table.sqlName(), 0, "", 0, ""));
    }

    /** How many rows the day has in all tables. */
    public long rows() {
        return manifest.tables().stream().mapToLong(TablePart::rows).sum();
    }

    /** Opens the rows of a table. Several can be open at a time. */
    public DayTableRows rows(Table table) throws IOException {
        TablePart part = part(table);
        if (part.file().isEmpty()) {
            return NONE;
        }
        try (Closeable still = store.shared()) {
            requireUnchanged();
            requireWhole(part);
            return new Counted(tables.open(table, part.file()), part);
        }
    }

    /**
     * Writes the bytes of a table's file. After a failure, what was written is to be thrown away.
     *
     * @throws DayException if they are not what the manifest says, or the table has no rows and so no file
     */
    public void copy(Table table, OutputStream out) throws IOException {
        TablePart part = part(table);
        if (part.file().isEmpty()) {
            throw new DayException("The day has no rows of " + table.sqlName() + ".");
        }
        Checksums.Out summed = new Checksums.Out(out);
        try (Closeable still = store.shared()) {
            requireUnchanged();
            try (InputStream in = store.open(part.file())) {
                in.transferTo(summed);
            }
        } catch (MissingObjectException e) {
            throw missing(part, e);
        }
        requireWhole(part, new Checksums.Sum(summed.size(), summed.crc32c()));
    }

    private void requireWhole(TablePart part) throws IOException {
        try {
            requireWhole(part, Checksums.of(() -> store.open(part.file())));
        } catch (MissingObjectException e) {
            throw missing(part, e);
        }
    }

    private void requireWhole(TablePart part, Checksums.Sum sum) throws DayException {
        if (!sum.equals(new Checksums.Sum(part.size(), part.crc32c()))) {
            throw new DayException(part.file() + " is damaged: it has " + sum.size() + " bytes with the checksum "
                    + sum.crc32c() + ", its manifest says " + part.size() + " and " + part.crc32c() + ". "
                    + DayCure.again(store, date()));
        }
    }

    private DayException missing(TablePart part, MissingObjectException e) {
        return new DayException(part.file() + " is missing. " + DayCure.again(store, date()), e);
    }

    /** Throws {@link DayException.Changed} if the day was committed again since its manifest was read. */
    public void requireUnchanged() throws IOException {
        String now = store.read(Manifest.key(date())).map(Versioned::version).orElse("");
        if (!now.equals(stored.version())) {
            throw new DayException.Changed("The day was committed again while it was loaded. Run load again.");
        }
    }

    /** Rows that are as many as the manifest says, or their end is a failure. */
    private static final class Counted implements DayTableRows {
        private final DayTableRows rows;
        private final TablePart part;
        private long count;

        Counted(DayTableRows rows, TablePart part) {
            this.rows = rows;
            this.part = part;
        }

        @Override
        public @Nullable List<@Nullable Object> next() throws IOException {
            List<@Nullable Object> row = rows.next();
            if (row != null) {
                count++;
            } else if (count != part.rows()) {
                throw new DayException.Counts(
                        part.file() + " has " + count + " rows, its manifest says " + part.rows() + ".");
            }
            return row;
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
