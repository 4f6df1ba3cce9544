package dev.chartlake.format.parquet;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Encodes the values of one column of one row group: a dictionary page where it pays, and a data page. */
final class ColumnChunk {

    /** Where a chunk stands in the file and what it holds. */
    record Written(
            Column column,
            long start,
            long dataStart,
            long size,
            boolean dictionary,
            int rows,
            int nulls,
            byte @Nullable [] min,
            byte @Nullable [] max) {}

    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int RLE_DICTIONARY = 8;
    private static final int TEXTS = 64;
    private static final int DATA_PAGE = 0;
    private static final int DICTIONARY_PAGE = 2;

    /** What each song, album and artist has of its own, so that no dictionary pays. */
    private static final Set<String> OWN = Set.of("url", "image_url", "isrc");

    private final Numbering numbering = new Numbering();
    private final Bytes page = new Bytes();
    private final Bytes header = new Bytes();
    private long[] values = new long[0];
    private int[] numbers = new int[0];
    private int[] present = new int[0];
    private final int[] starts = new int[TEXTS];
    /** Keeps the compiler from leaving out what is read only to have it fetched; says nothing. */
    private int fetched;

    private int filled;
    private @Nullable Strings strings;

    /** Appends the column's chunk to {@code out}, which will be written at {@code base} in the file. */
    Written write(TableRows rows, int columnIndex, int[] order, int from, int to, Bytes out, long base) {
        Column column = rows.table().columns().get(columnIndex);
        strings = column.type() == ColumnType.TEXT ? rows.strings() : null;
        int size = to - from;
        if (values.length < size) {
            values = new long[size];
            numbers = new int[size];
            present = new int[size];
        }
        filled = rows.collect(columnIndex, order, from, to, values, present);
        boolean unique = rows.table().key().size() == 1 && (columnIndex == 0 || OWN.contains(column.name()));
        boolean dictionary = !unique && number(column.type());
        long start = base + out.size();
        Bounds bounds = Bounds.NONE;
        if (dictionary) {
            page.clear();
            plain(column.type(), numbering.values(), numbering.count());
            bounds = strings != null ? textBounds() : bounds(column.type(), numbering.values(), numbering.count());
            header(DICTIONARY_PAGE, numbering.count(), PLAIN);
            out.put(header);
            out.put(page);
        }
        long dataStart = base + out.size();
        page.clear();
        if (!column.required()) {
            levels(size);
        }
        if (dictionary) {
            int width = RunLength.width(numbering.count() - 1);
            page.put(width);
            RunLength.write(page, numbers, filled, width);
        } else if (column.type() == ColumnType.BOOLEAN) {
            bits();
        } else {
            plain(column.type(), values, filled);
            if (strings == null && filled > 0) {
                bounds = bounds(column.type(), values, filled);
            }
        }
        header(DATA_PAGE, size, dictionary ? RLE_DICTIONARY : PLAIN);
        out.put(header);
        out.put(page);
        return new Written(
                column,
                start,
                dataStart,
                base + out.size() - start,
                dictionary,
                size,
                size - filled,
                bounds.min(),
                bounds.max());
    }

    /** Numbers the values; false if there are so many different ones that a dictionary would only add to the size. */
    private boolean number(ColumnType type) {
        if (type == ColumnType.BOOLEAN || filled == 0) {
            return false;
        }
        numbering.clear();
        // A text is longer than its number, so a dictionary of texts pays earlier.
        int most = (strings != null ? filled / 4 * 3 : filled / 2) + 1;
        for (int i = 0; i < filled; i++) {
            boolean again = i > 0 && values[i] == values[i - 1];
            numbers[i] = again ? numbers[i - 1] : numbering.number(values[i]);
            if (numbering.count() > most) {
                return false;
            }
        }
        return true;
    }

    /** A level for each row, 1 where there is a value; behind their length. */
    private void levels(int size) {
        int at = page.size();
        page.putInt(0);
        if (filled == size) {
            RunLength.repeat(page, 1, size, 1);
        } else {
            RunLength.write(page, present, size, 1);
        }
        page.setInt(at, page.size() - at - 4);
    }

    private void plain(ColumnType type, long[] all, int count) {
        if (strings != null) {
            for (int from = 0; from < count; from += TEXTS) {
                texts(strings, all, from, Math.min(count, from + TEXTS));
            }
        } else if (TableRows.isLong(type)) {
            for (int i = 0; i < count; i++) {
                page.putLong(all[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                page.putInt((int) all[i]);
            }
        }
    }

    /**
     * Texts lie anywhere in memory. Processors fetch many at once if nothing else has to be done in between, so the first
     * byte of each is looked at before the first is copied.
     */
    private void texts(Strings texts, long[] all, int from, int to) {
        byte[] bytes = texts.bytes();
        int sum = 0;
        for (int i = from; i < to; i++) {
            starts[i - from] = texts.start((int) all[i]);
            sum += starts[i - from];
        }
        for (int i = from; i < to; i++) {
            sum += bytes[Math.min(starts[i - from], bytes.length - 1)];
        }
        fetched = sum;
        for (int i = from; i < to; i++) {
            page.putText(bytes, starts[i - from], texts.length((int) all[i]));
        }
    }

    private void bits() {
        for (int i = 0; i < filled; i += 8) {
            int b = 0;
            for (int k = 0; k < 8 && i + k < filled; k++) {
                b |= (int) values[i + k] << k;
            }
            page.put(b);
        }
    }

    private void header(int pageType, int count, int encoding) {
        header.clear();
        Thrift thrift = new Thrift(header).start();
        thrift.i32(1, pageType).i32(2, page.size()).i32(3, page.size());
        if (pageType == DATA_PAGE) {
            thrift.struct(5)
                    .i32(1, count)
                    .i32(2, encoding)
                    .i32(3, RLE)
                    .i32(4, RLE)
                    .end();
        } else {
            thrift.struct(7).i32(1, count).i32(2, encoding).end();
        }
        thrift.end();
    }

    private record Bounds(byte @Nullable [] min, byte @Nullable [] max) {
        private static final Bounds NONE = new Bounds(null, null);
    }

    /** The same for the texts of a page, which lie there side by side. */
    private Bounds textBounds() {
        int min = 0;
        int max = 0;
        for (int at = page.textEnd(0); at < page.size(); at = page.textEnd(at)) {
            if (page.compareTexts(at, min) < 0) {
                min = at;
            } else if (page.compareTexts(at, max) > 0) {
                max = at;
            }
        }
        return new Bounds(page.text(min), page.text(max));
    }

    /** The least and the greatest number, so that readers can pass over what they do not look for. */
    private Bounds bounds(ColumnType type, long[] all, int count) {
        long min = all[0];
        long max = min;
        for (int i = 1; i < count; i++) {
            min = Math.min(min, all[i]);
            max = Math.max(max, all[i]);
        }
        return new Bounds(bytes(type, min), bytes(type, max));
    }

    private static byte[] bytes(ColumnType type, long value) {
        Bytes bytes = new Bytes();
        if (TableRows.isLong(type)) {
            bytes.putLong(value);
        } else {
            bytes.putInt((int) value);
        }
        return bytes.toArray();
    }
}
