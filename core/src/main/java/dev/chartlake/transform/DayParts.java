package dev.chartlake.transform;

import dev.chartlake.model.Table;
import dev.chartlake.normalise.Snapshot;
import dev.chartlake.quality.DayChecks;
import dev.chartlake.raw.RawKey;
import dev.chartlake.table.Strings;
import dev.chartlake.table.TableFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a day in bounded memory: usually all in one part, which never leaves memory; of a huge day in several, of
 * which all but the last wait in temporary files. Used by one thread; closing deletes the files.
 */
final class DayParts implements Closeable {

    private final Strings strings;
    private final long maxBytes;
    private final List<Map<Table, SpilledRows>> spilled = new ArrayList<>();
    private final DayRows rows;
    private final DayChecks checks;
    private @Nullable RawKey key;
    private @Nullable Map<Table, SortedRows> last;

    /** Uses {@code rows} from now on. A part is written out when its texts or its cells take more than {@code maxBytes}. */
    DayParts(Strings strings, DayRows rows, long maxBytes, DayChecks checks) {
        this.checks = checks;
        this.strings = strings;
        this.maxBytes = maxBytes;
        this.rows = rows;
        rows.clear();
    }

    /** Starts the snapshot with this key. Keys must come in their order. */
    void start(RawKey snapshot) {
        key = snapshot;
        rows.start(snapshot);
    }

    /** Adds the entries that the snapshot holds. */
    void addEntries(Snapshot snapshot) {
        rows.addEntries(snapshot);
        if (strings.size() > maxBytes || rows.bytes() > maxBytes) {
            spill();
        }
    }

    /** Adds what the snapshot says of the list itself. */
    void addPlaylist(RawKey snapshotKey, Snapshot snapshot) {
        rows.addPlaylist(snapshotKey, snapshot);
    }

    private void spill() {
        try {
            spilled.add(write(finishPart()));
        } catch (IOException e) {
            throw new UncheckedIOException("No room for temporary files: " + e.getMessage(), e);
        }
        strings.clear();
        rows.clear();
        if (key != null) {
            rows.start(key);
        }
    }

    private static Map<Table, SpilledRows> write(Map<Table, SortedRows> tables) throws IOException {
        Map<Table, SpilledRows> part = new EnumMap<>(Table.class);
        for (Map.Entry<Table, SortedRows> table : tables.entrySet()) {
            part.put(table.getKey(), SpilledRows.write(table.getValue()));
        }
        return part;
    }

    private Map<Table, SortedRows> finishPart() {
        Map<Table, SortedRows> tables = rows.finish();
        checks.references(rows.tables());
        return tables;
    }

    /** Says that nothing more will be added. */
    void finish() throws IOException {
        Map<Table, SortedRows> tables = finishPart();
        if (spilled.isEmpty()) {
            last = tables;
        } else {
            spilled.add(write(tables));
        }
    }

    /** True if a table certainly has no rows. */
    boolean isEmpty(Table table) {
        SortedRows inMemory = last == null ? null : last.get(table);
        return inMemory != null && inMemory.rows().size() == 0;
    }

    /** Writes a table and returns how many rows it has. */
    long write(Table table, TableFormat.Writer writer) throws IOException {
        SortedRows inMemory = last == null ? null : last.get(table);
        if (inMemory != null) {
            writer.write(inMemory.rows(), inMemory.order());
            return inMemory.rows().size();
        }
        List<SpilledRows> parts = new ArrayList<>();
        for (Map<Table, SpilledRows> part : spilled) {
            SpilledRows rowsOfPart = part.get(table);
            if (rowsOfPart != null) {
                parts.add(rowsOfPart);
            }
        }
        return SpillMerge.write(table, parts, writer);
    }

    @Override
    public void close() throws IOException {
        for (Map<Table, SpilledRows> part : spilled) {
            for (SpilledRows file : part.values()) {
                file.close();
            }
        }
    }
}
