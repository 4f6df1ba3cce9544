package dev.chartlake.transform;

import dev.chartlake.format.TableFormat;
import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A format whose files nobody reads: it keeps the rows of one day that were written last. */
final class KeptRows implements TableFormat {

    private final Map<Table, List<Map<String, Object>>> tables = new EnumMap<>(Table.class);

    /** The rows of a table in file order; nulls are left out. */
    List<Map<String, Object>> rows(Table table) {
        return Objects.requireNonNull(tables.getOrDefault(table, List.of()));
    }

    void clear() {
        tables.clear();
    }

    @Override
    public String extension() {
        return "kept";
    }

    @Override
    public Writer open(Table table, OutputStream out) {
        List<Map<String, Object>> kept = new ArrayList<>();
        tables.put(table, kept);
        return new Writer() {
            @Override
            public void write(TableRows rows, int[] order) throws IOException {
                for (int row : order) {
                    kept.add(row(rows, row));
                }
                out.write(kept.toString().getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void close() {}
        };
    }

    private static Map<String, Object> row(TableRows rows, int row) {
        Map<String, Object> values = new TreeMap<>();
        for (int c = 0; c < rows.table().columns().size(); c++) {
            Column column = rows.table().columns().get(c);
            if (TableRows.isLong(column.type())) {
                long value = rows.bigint(row, c);
                if (value != TableRows.NO_LONG) {
                    values.put(column.name(), value);
                }
                continue;
            }
            int value = rows.integer(row, c);
            switch (column.type()) {
                case TEXT -> {
                    if (value != Strings.NULL) {
                        values.put(column.name(), rows.strings().string(value));
                    }
                }
                case BOOLEAN -> {
                    if (value != TableRows.NO_INT) {
                        values.put(column.name(), value == 1);
                    }
                }
                default -> {
                    if (value != TableRows.NO_INT) {
                        values.put(column.name(), value);
                    }
                }
            }
        }
        return values;
    }
}
