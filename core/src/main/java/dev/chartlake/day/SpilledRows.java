package dev.chartlake.day;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table of a part of a day, in a temporary file in the order of their keys. Read row by row by one thread;
 * closing deletes the file.
 */
final class SpilledRows implements Closeable {

    private static final int BUFFER = 1 << 16;

    /** Stands for no text; known by its identity. */
    private static final byte[] NONE = {};

    private final Path file;
    private final List<Column> columns;
    private final int keySize;
    private @Nullable DataInputStream in;
    private long left;
    private final byte[][] texts;
    private final long[] numbers;

    private SpilledRows(Path file, Table table, long rows) {
        this.file = file;
        this.columns = table.columns();
        this.keySize = table.key().size();
        this.left = rows;
        this.texts = new byte[columns.size()][];
        this.numbers = new long[columns.size()];
    }

    /** So many rows that were written to a file before, which is this one's from now on. */
    static SpilledRows in(Path file, Table table, long rows) {
        return new SpilledRows(file, table, rows);
    }

    /** How many there are; only before they are read. */
    long count() {
        return left;
    }

    /** Where they are. */
    Path file() {
        return file;
    }

    /** Writes the rows out. */
    static SpilledRows write(SortedRows sorted) throws IOException {
        TableRows rows = sorted.rows();
        Path file = Files.createTempFile("chartlake-", ".rows");
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
            List<Column> columns = rows.table().columns();
            for (int row : sorted.order()) {
                for (int c = 0; c < columns.size(); c++) {
                    write(rows, row, c, columns.get(c).type(), out);
                }
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new SpilledRows(file, rows.table(), rows.size());
    }

    private static void write(TableRows rows, int row, int column, ColumnType type, DataOutputStream out)
            throws IOException {
        if (TableRows.isLong(type)) {
            out.writeLong(rows.bigint(row, column));
        } else if (type != ColumnType.TEXT) {
            out.writeInt(rows.integer(row, column));
        } else if (rows.integer(row, column) == Strings.NULL) {
            out.writeInt(-1);
        } else {
            int text = rows.integer(row, column);
            out.writeInt(rows.strings().length(text));
            out.write(
                    rows.strings().bytes(),
                    rows.strings().start(text),
                    rows.strings().length(text));
        }
    }

    /** Goes to the next row; false behind the last one. */
    boolean next() throws IOException {
        if (in == null) {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        }
        if (left-- == 0) {
            return false;
        }
        for (int c = 0; c < texts.length; c++) {
            ColumnType type = columns.get(c).type();
            if (type == ColumnType.TEXT) {
                int length = in.readInt();
                texts[c] = length < 0 ? NONE : in.readNBytes(length);
            } else {
                numbers[c] = TableRows.isLong(type) ? in.readLong() : in.readInt();
            }
        }
        return true;
    }

    /** Orders the current rows of two files by key. */
    int compareTo(SpilledRows other) {
        for (int c = 0; c < keySize; c++) {
            int order = columns.get(c).type() == ColumnType.TEXT
                    ? Arrays.compareUnsigned(texts[c], other.texts[c])
                    : Long.compare(numbers[c], other.numbers[c]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The first column of the current row. */
    byte[] id() {
        return texts[0];
    }

    /** Writes what the current row knows over a row. */
    void mergeInto(TableRows rows, int row) {
        for (int c = 0; c < texts.length; c++) {
            merge(rows, row, c);
        }
    }

    private void merge(TableRows rows, int row, int column) {
        ColumnType type = columns.get(column).type();
        if (type == ColumnType.TEXT) {
            byte[] text = texts[column];
            if (text != NONE) {
                rows.set(row, column, rows.strings().intern(text, 0, text.length));
            }
        } else if (TableRows.isLong(type)) {
            if (numbers[column] != TableRows.NO_LONG) {
                rows.set(row, column, numbers[column]);
            }
        } else if (knows(column)) {
            rows.set(row, column, (int) numbers[column]);
        }
    }

    /** A release date is unknown on purpose where its text names no day. */
    private boolean knows(int column) {
        boolean dateOfText = columns.get(column).type() == ColumnType.DATE && texts[column + 1] != NONE;
        return dateOfText || numbers[column] != TableRows.NO_INT;
    }

    @Override
    public void close() throws IOException {
        try {
            if (in != null) {
                in.close();
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
