package dev.chartlake.table.parquet;

import dev.chartlake.model.Table;
import dev.chartlake.table.TableFormat;
import java.io.IOException;
import java.io.OutputStream;

/** Apache Parquet, format version 1 pages, not compressed beyond its dictionaries. */
public final class ParquetFormat implements TableFormat {

    @Override
    public String extension() {
        return "parquet";
    }

    @Override
    public Writer open(Table table, OutputStream out) throws IOException {
        return new ParquetFile(table, out);
    }
}
