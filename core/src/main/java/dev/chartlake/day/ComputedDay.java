package dev.chartlake.day;

import dev.chartlake.format.TableFormat;
import dev.chartlake.json.JsonException;
import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.model.Table;
import dev.chartlake.quality.DayChecks;
import dev.chartlake.quality.Finding;
import dev.chartlake.quality.SourceFields;
import dev.chartlake.raw.RawKey;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The rows of a day, to be written table by table, and what is to be said of its raw objects. Valid until the {@link
 * DayTransform} that computed it computes another day, or the {@link DayMerge} that made it is closed. Used by one thread; closing deletes temporary files.
 */
public final class ComputedDay implements Closeable {

    private final LocalDate date;
    private final RowsOfDay rows;
    private final DayChecks checks;
    private final List<RawObject> read = new ArrayList<>();
    private final List<UnreadableInput> unreadable = new ArrayList<>();
    private List<SourceFields> fields = List.of();
    private long repeated;

    ComputedDay(LocalDate date, RowsOfDay rows, DayChecks checks) {
        this.date = date;
        this.rows = rows;
        this.checks = checks;
    }

    /** A raw object without rows, because it is not what its key says. */
    public record UnreadableInput(RawKey key, JsonException error) implements Serializable {}

    void read(RawObject object, long repeatedEntries) {
        read.add(object);
        repeated += repeatedEntries;
    }

    void repeated(long entries) {
        repeated += entries;
    }

    void unreadable(RawKey key, JsonException error) {
        unreadable.add(new UnreadableInput(key, error));
    }

    void fields(List<SourceFields> seen) {
        fields = seen;
    }

    /** Which day in UTC it is. */
    public LocalDate date() {
        return date;
    }

    /** The raw objects that the rows come from, in the order in which they were merged. */
    public List<RawObject> read() {
        return Collections.unmodifiableList(read);
    }

    /** The raw objects that could not be read, in order. */
    public List<UnreadableInput> unreadable() {
        return Collections.unmodifiableList(unreadable);
    }

    /**
     * How many entries have no row, because the same snapshot had filled their position before, or another row tells of the
     * same play; known once all tables that have rows are written.
     */
    public long repeated() {
        return repeated;
    }

    /** The fields that the objects have, by source. */
    public List<SourceFields> fields() {
        return fields;
    }

    /** True if a table certainly has no rows. */
    public boolean isEmpty(Table table) {
        return rows.isEmpty(table);
    }

    /**
     * Writes the rows of a table in the order of their keys, and returns how many there are. Each table is written once. The
     * writer is not closed.
     *
     * @throws IOException if the writer fails, or temporary files cannot be read
     */
    public long write(Table table, TableFormat.Writer writer) throws IOException {
        RowsOfDay.Written written = rows.write(table, checks.on(table, writer));
        repeated += written.repeated();
        return written.rows();
    }

    /** The contracts that the day breaks; asked once, when all tables that have rows are written. By contract, then by list. */
    public List<Finding> findings() {
        return checks.findings();
    }

    /**
     * The same as files that a {@link DayMerge} puts together, in this process or another one. To be called instead of
     * {@link #write}; valid until this is closed.
     *
     * @throws IOException if temporary files cannot be written
     */
    public DayRun run() throws IOException {
        return new DayRun(new DayRun.Summary(read, unreadable, repeated, fields, checks.findings()), rows.inFiles());
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
