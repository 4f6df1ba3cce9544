package dev.chartlake.day;

import dev.chartlake.format.TableFormat;
import dev.chartlake.model.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of a day that are in files, merged as they are written. */
final class MergedRows implements RowsOfDay {

    private final Map<Table, List<SpilledRows>> parts;
    private final DayRows batch;

    /** The files of each table, the oldest first; {@code batch} holds some rows at a time. */
    MergedRows(Map<Table, List<SpilledRows>> parts, DayRows batch) {
        this.parts = parts;
        this.batch = batch;
        batch.clear();
    }

    @Override
    public boolean isEmpty(Table table) {
        return !parts.containsKey(table);
    }

    @Override
    public Written write(Table table, TableFormat.Writer writer) throws IOException {
        return SpillMerge.write(parts.getOrDefault(table, List.of()), batch.table(table), writer);
    }

    /** Each file is a part: what counts is their order in a table. */
    @Override
    public List<Map<Table, SpilledRows>> inFiles() {
        List<Map<Table, SpilledRows>> all = new ArrayList<>();
        parts.forEach((table, files) -> files.forEach(file -> all.add(Map.of(table, file))));
        return all;
    }

    @Override
    public void close() throws IOException {
        for (List<SpilledRows> files : parts.values()) {
            for (SpilledRows file : files) {
                file.close();
            }
        }
    }
}
