package dev.chartlake.day;

import dev.chartlake.format.TableFormat;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Merges the parts of one table of a day, in the order of keys; the same as if the day had been one part. */
final class SpillMerge {

    private final TableFormat.Writer writer;
    private final TableRows batch;
    private long written;

    private SpillMerge(TableRows batch, TableFormat.Writer writer) {
        this.writer = writer;
        this.batch = batch;
    }

    private record Cursor(SpilledRows rows, int part) implements Comparable<Cursor> {
        @Override
        public int compareTo(Cursor other) {
            int order = rows.compareTo(other.rows);
            return order != 0 ? order : Integer.compare(part, other.part);
        }
    }

    /** Writes the merged rows. Later parts win. {@code batch} is used, and is empty afterwards. */
    static RowsOfDay.Written write(List<SpilledRows> parts, TableRows batch, TableFormat.Writer writer)
            throws IOException {
        if (batch.table() == Table.PLAYS) {
            return plays(parts, batch, writer);
        }
        PriorityQueue<Cursor> cursors = new PriorityQueue<>();
        for (int part = 0; part < parts.size(); part++) {
            if (parts.get(part).next()) {
                cursors.add(new Cursor(parts.get(part), part));
            }
        }
        SpillMerge merge = new SpillMerge(batch, writer);
        Table table = batch.table();
        if (table == Table.SONG_ARTISTS || table == Table.ALBUM_ARTISTS) {
            merge.lists(cursors);
        } else {
            merge.rows(cursors);
        }
        merge.flush();
        return new RowsOfDay.Written(merge.written, 0);
    }

    /** All plays of a day at once: no person has more than some thousand, and which ones are the same is seen of all. */
    private static RowsOfDay.Written plays(List<SpilledRows> parts, TableRows batch, TableFormat.Writer writer)
            throws IOException {
        for (SpilledRows part : parts) {
            while (part.next()) {
                part.mergeInto(batch, batch.add());
            }
        }
        SortedRows once = PlayMerge.once(batch);
        if (once.order().length > 0) {
            writer.write(once.rows(), once.order());
        }
        RowsOfDay.Written written =
                new RowsOfDay.Written(once.order().length, once.rows().size() - once.order().length);
        batch.clear();
        batch.strings().clear();
        return written;
    }

    /** Rows of one key come in the order of parts, so that the last one that knows a field decides. */
    private void rows(PriorityQueue<Cursor> cursors) throws IOException {
        Cursor cursor;
        while ((cursor = cursors.poll()) != null) {
            int row = batch.add();
            cursor.rows().mergeInto(batch, row);
            Cursor same;
            while ((same = cursors.peek()) != null && same.rows().compareTo(cursor.rows()) == 0) {
                cursors.poll();
                same.rows().mergeInto(batch, row);
                advance(same, cursors);
            }
            advance(cursor, cursors);
            flushWhenFull();
        }
    }

    /** All artists of an owner are taken from the last part that knows any. */
    private void lists(PriorityQueue<Cursor> cursors) throws IOException {
        byte @Nullable [] owner = null;
        int part = -1;
        Cursor cursor;
        while ((cursor = cursors.poll()) != null) {
            if (owner == null || !Arrays.equals(owner, cursor.rows().id())) {
                owner = cursor.rows().id();
                part = lastPart(cursor, cursors, owner);
            }
            if (cursor.part() == part) {
                cursor.rows().mergeInto(batch, batch.add());
                flushWhenFull();
            }
            advance(cursor, cursors);
        }
    }

    private static int lastPart(Cursor first, PriorityQueue<Cursor> cursors, byte[] owner) {
        return cursors.stream()
                .filter(cursor -> Arrays.equals(owner, cursor.rows().id()))
                .mapToInt(Cursor::part)
                .reduce(first.part(), Math::max);
    }

    private static void advance(Cursor cursor, PriorityQueue<Cursor> cursors) throws IOException {
        if (cursor.rows().next()) {
            cursors.add(cursor);
        }
    }

    private void flushWhenFull() throws IOException {
        if (batch.size() == TableFormat.GROUP_ROWS) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (batch.size() > 0) {
            writer.write(batch, IntStream.range(0, batch.size()).toArray());
            written += batch.size();
            batch.clear();
            batch.strings().clear();
        }
    }
}
