package dev.chartlake.day;

import dev.chartlake.entry.Play;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.format.TableFormat;
import dev.chartlake.model.Table;
import dev.chartlake.quality.DayChecks;
import dev.chartlake.raw.RawKey;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a day in bounded memory: usually all in one part, which never leaves memory; of a huge day in several, of
 * which all but the last wait in temporary files. Used by one thread; closing deletes the files.
 */
final class DayParts implements RowsOfDay {

    private final Strings strings;
    private final DayTransform.Parts allowed;
    private final long maxMemory;
    private final List<Map<Table, SpilledRows>> spilled = new ArrayList<>();
    private final DayRows rows;
    private final DayChecks checks;
    private @Nullable RawKey key;
    private @Nullable Map<Table, SortedRows> last;

    /**
     * Uses {@code rows} from now on. A part that needs more than {@code maxMemory} bytes is written out if there may be
     * many.
     */
    DayParts(Strings strings, DayRows rows, DayTransform.Parts allowed, long maxMemory, DayChecks checks) {
        this.checks = checks;
        this.allowed = allowed;
        this.strings = strings;
        this.maxMemory = maxMemory;
        this.rows = rows;
        rows.clear();
    }

    /** Starts the snapshot with this key. Keys must come in their order. */
    void start(RawKey snapshot) {
        key = snapshot;
        rows.start(snapshot);
    }

    /**
     * Adds the entries that the snapshot holds.
     *
     * @throws LargeDayException if there would have to be a second part
     */
    void addEntries(Snapshot snapshot) throws IOException {
        rows.addEntries(snapshot);
        spillIfLarge();
    }

    /** Adds a play. Throws as the other one. */
    void addPlay(Play play) throws IOException {
        rows.addPlay(play);
        spillIfLarge();
    }

    private void spillIfLarge() throws IOException {
        if (strings.memory() + rows.bytes() > maxMemory) {
            if (allowed == DayTransform.Parts.ONE) {
                throw new LargeDayException();
            }
            spill();
        }
    }

    /** Adds what the snapshot says of the list itself. */
    void addPlaylist(RawKey snapshotKey, Snapshot snapshot) {
        rows.addPlaylist(snapshotKey, snapshot);
    }

    private void spill() throws IOException {
        try {
            spilled.add(write(finishPart()));
        } catch (IOException e) {
            throw new IOException("No room for temporary files: " + e.getMessage(), e);
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
        if (spilled.isEmpty()) {
            last = finishPart();
        } else {
            spill();
        }
    }

    @Override
    public boolean isEmpty(Table table) {
        SortedRows inMemory = last == null ? null : last.get(table);
        return inMemory != null && inMemory.rows().size() == 0;
    }

    @Override
    public Written write(Table table, TableFormat.Writer writer) throws IOException {
        SortedRows inMemory = last == null ? null : last.get(table);
        if (inMemory != null) {
            SortedRows once = table == Table.PLAYS ? PlayMerge.once(inMemory.rows()) : inMemory;
            writer.write(once.rows(), once.order());
            return new Written(once.order().length, once.rows().size() - once.order().length);
        }
        List<SpilledRows> parts = new ArrayList<>();
        for (Map<Table, SpilledRows> part : spilled) {
            SpilledRows rowsOfPart = part.get(table);
            if (rowsOfPart != null) {
                parts.add(rowsOfPart);
            }
        }
        return SpillMerge.write(parts, rows.table(table), writer);
    }

    @Override
    public List<Map<Table, SpilledRows>> inFiles() throws IOException {
        if (last != null) {
            spilled.add(write(last));
            last = null;
        }
        return List.copyOf(spilled);
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
