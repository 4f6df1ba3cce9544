package dev.chartlake.format.parquet;

import dev.chartlake.format.TableFormat;
import dev.chartlake.model.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Apache Parquet, format version 1 pages, not compressed beyond its dictionaries. */
public final class ParquetFormat implements TableFormat {

    private final Queue<ParquetFile.Buffers> idle = new ConcurrentLinkedQueue<>();

    @Override
    public String extension() {
        return "parquet";
    }

    @Override
    public Writer open(Table table, OutputStream out) throws IOException {
        ParquetFile.Buffers buffers = idle.poll();
        return new ParquetFile(table, out, buffers == null ? new ParquetFile.Buffers() : buffers, idle::add);
    }
}
