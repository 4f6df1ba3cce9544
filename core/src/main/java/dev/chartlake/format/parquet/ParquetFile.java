package dev.chartlake.format.parquet;

import dev.chartlake.format.TableFormat;
import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes one Parquet file, a row group for each piece of rows. Source of all numbers: parquet.thrift. */
final class ParquetFile implements TableFormat.Writer {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final String CREATED_BY = "chartlake version 1 (build 1)";

    /** What a file needs while it is written, and the next one can use again. */
    static final class Buffers {
        private final ColumnChunk chunk = new ColumnChunk();
        private final Bytes buffer = new Bytes();
    }

    private record Group(List<ColumnChunk.Written> chunks, int rows) {}

    /** A buffer of so many bytes is written out between two columns. */
    private static final int LARGE = 1 << 20;

    private final Table table;
    private final OutputStream out;
    private final Buffers buffers;
    private final Consumer<Buffers> release;
    private final ColumnChunk chunk;
    private final Bytes buffer;
    private boolean closed;
    private final List<Group> groups = new ArrayList<>();
    private long written;
    private long rowCount;

    ParquetFile(Table table, OutputStream out, Buffers buffers, Consumer<Buffers> release) throws IOException {
        this.table = table;
        this.out = out;
        this.buffers = buffers;
        this.release = release;
        chunk = buffers.chunk;
        buffer = buffers.buffer;
        buffer.clear();
        buffer.put(MAGIC, 0, MAGIC.length);
    }

    @Override
    public void write(TableRows rows, int[] order) throws IOException {
        for (int from = 0; from < order.length; from += TableFormat.GROUP_ROWS) {
            int to = Math.min(order.length, from + TableFormat.GROUP_ROWS);
            List<ColumnChunk.Written> chunks = new ArrayList<>();
            for (int c = 0; c < table.columns().size(); c++) {
                chunks.add(chunk.write(rows, c, order, from, to, buffer, written));
                if (buffer.size() > LARGE) {
                    flush();
                }
            }
            groups.add(new Group(chunks, to - from));
            rowCount += to - from;
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.writeTo(out);
        written += buffer.size();
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        int start = buffer.size();
        footer();
        buffer.putInt(buffer.size() - start);
        buffer.put(MAGIC, 0, MAGIC.length);
        flush();
        release.accept(buffers);
    }

    private void footer() {
        Thrift thrift = new Thrift(buffer).start();
        List<Column> columns = table.columns();
        thrift.i32(1, 1).list(2, Thrift.STRUCT, columns.size() + 1);
        thrift.element().text(4, table.sqlName()).i32(5, columns.size()).end();
        for (int c = 0; c < columns.size(); c++) {
            schema(thrift, columns.get(c), c + 1);
        }
        thrift.i64(3, rowCount).list(4, Thrift.STRUCT, groups.size());
        groups.forEach(group -> group(thrift, group));
        thrift.text(6, CREATED_BY).list(7, Thrift.STRUCT, columns.size());
        columns.forEach(column -> thrift.element().struct(1).end().end()); // order of values: by their type
        thrift.end();
    }

    private static void schema(Thrift thrift, Column column, int fieldId) {
        thrift.element().i32(1, physical(column)).i32(3, column.required() ? 0 : 1);
        thrift.text(4, column.name());
        switch (column.type()) {
            case TEXT ->
                thrift.i32(6, 0).i32(9, fieldId).struct(10).struct(1).end().end();
            case DATE ->
                thrift.i32(6, 6).i32(9, fieldId).struct(10).struct(6).end().end();
            case TIMESTAMP -> {
                // Microseconds, not adjusted: SQL's TIMESTAMP without zone, which holds UTC by our convention.
                thrift.i32(9, fieldId).struct(10).struct(8).bool(1, false);
                thrift.struct(2).struct(2).end().end().end().end();
            }
            default -> thrift.i32(9, fieldId);
        }
        thrift.end();
    }

    private static int physical(Column column) {
        return switch (column.type()) {
            case BOOLEAN -> 0;
            case INTEGER, DATE -> 1;
            case BIGINT, TIMESTAMP -> 2;
            case TEXT -> 6;
        };
    }

    private static void group(Thrift thrift, Group group) {
        long bytes =
                group.chunks().stream().mapToLong(ColumnChunk.Written::size).sum();
        thrift.element().list(1, Thrift.STRUCT, group.chunks().size());
        group.chunks().forEach(chunk -> column(thrift, chunk));
        thrift.i64(2, bytes).i64(3, group.rows()).end();
    }

    private static void column(Thrift thrift, ColumnChunk.Written chunk) {
        thrift.element().i64(2, chunk.start()).struct(3).i32(1, physical(chunk.column()));
        if (chunk.dictionary()) {
            thrift.list(2, Thrift.I32, 3).i32(0).i32(3).i32(8);
        } else {
            thrift.list(2, Thrift.I32, 2).i32(0).i32(3);
        }
        thrift.list(3, Thrift.BINARY, 1).text(chunk.column().name());
        thrift.i32(4, 0).i64(5, chunk.rows()).i64(6, chunk.size()).i64(7, chunk.size());
        thrift.i64(9, chunk.dataStart());
        if (chunk.dictionary()) {
            thrift.i64(11, chunk.start());
        }
        statistics(thrift.struct(12), chunk.nulls(), chunk.min(), chunk.max());
        thrift.end().end();
    }

    private static void statistics(Thrift thrift, int nulls, byte @Nullable [] min, byte @Nullable [] max) {
        thrift.i64(3, nulls);
        if (min != null && max != null) {
            thrift.binary(5, max).binary(6, min);
        }
        thrift.end();
    }
}
