package dev.chartlake.transform;

import dev.chartlake.day.DayParts;
import dev.chartlake.day.DayRows;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.format.TableFormat;
import dev.chartlake.json.JsonException;
import dev.chartlake.lake.Checksums;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.DayObjects.DayObject;
import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Table;
import dev.chartlake.normalise.RawReader;
import dev.chartlake.publish.DayCommit;
import dev.chartlake.quality.DayChecks;
import dev.chartlake.quality.SourceFields;
import dev.chartlake.quality.WellFormedTexts;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Staged;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Computes one day from all its raw objects. Used by one thread for one day after the other; its buffers, and the songs it
 * recognises, are used again.
 */
final class DayTransform {

    private final ObjectStore store;
    private final TableFormat format;
    private final long maxPart;
    private final boolean anySize;
    private final long memory;
    private final int remembered;
    private RawReader reader;
    private final Snapshot snapshot;
    private final Strings strings;
    private final WellFormedTexts good = new WellFormedTexts();
    private final DayRows rows;
    private Consumer<DayTransform> whenRead = transform -> {};

    /**
     * Uses about {@code memory} bytes. A day that does not fit in is computed in parts if {@code anySize}, and refused if
     * not.
     */
    DayTransform(ObjectStore store, TableFormat format, long memory, boolean anySize) {
        this.anySize = anySize;
        this.store = store;
        this.format = format;
        this.memory = memory;
        this.maxPart = memory / 5;
        this.snapshot = new Snapshot(memory / 16);
        this.remembered = (int) Math.min(memory / 5 * 2, Integer.MAX_VALUE / 2);
        this.strings = new Strings();
        this.reader = new RawReader(remembered);
        this.rows = new DayRows(strings);
    }

    /** Recognises the songs that {@code other} does by now. */
    private DayTransform(DayTransform other) {
        this.anySize = other.anySize;
        this.store = other.store;
        this.format = other.format;
        this.memory = other.memory;
        this.maxPart = other.maxPart;
        this.snapshot = new Snapshot(memory / 16);
        this.remembered = other.remembered;
        this.strings = other.strings.copy();
        this.reader = new RawReader(other.reader, strings);
        this.rows = new DayRows(strings);
    }

    /** Another one, for another thread. It recognises the songs that this one does by now, if they do not take much room. */
    DayTransform copy() {
        return keepsTexts() ? new DayTransform(this) : new DayTransform(store, format, memory, anySize);
    }

    /** Calls {@code listener} with this once a day's raw objects are read, before its tables are written. */
    void whenRead(Consumer<DayTransform> listener) {
        whenRead = listener;
    }

    /** Texts are kept for the next day, because most come back, unless they take much room. */
    private boolean keepsTexts() {
        return strings.memory() <= maxPart / 2;
    }

    /** Computes the day from what there is of it by now. */
    DayCommit prepare(LocalDate date) throws IOException {
        return prepare(date, DayObjects.list(store, date));
    }

    /**
     * Computes the day and stages its files. What comes back must be committed or closed.
     *
     * @throws dev.chartlake.day.LargeDayException if it is refused
     */
    DayCommit prepare(LocalDate date, DayObjects found) throws IOException {
        DayCommit day = compute(date, found);
        if (!reader.isCrowded()) {
            return day;
        }
        // The fields of earlier days took the room that this one's need: what it says must not depend on them.
        day.close();
        reader = new RawReader(remembered);
        try {
            return compute(date, found);
        } finally {
            reader = new RawReader(remembered);
        }
    }

    private DayCommit compute(LocalDate date, DayObjects found) throws IOException {
        if (!keepsTexts()) {
            strings.clear();
        }
        DayCommit commit = new DayCommit(store, date, found);
        DayChecks checks = new DayChecks(date, good);
        reader.startDay();
        try (DayParts day = new DayParts(strings, rows, anySize, maxPart, checks)) {
            OpenAhead opening = new OpenAhead(store, found.objects());
            for (DayObject object : found.objects()) {
                read(object, opening, day, commit, checks);
            }
            whenRead.accept(this);
            whenRead = transform -> {};
            day.finish();
            for (Table table : Table.values()) {
                commit.add(write(date, table, day, commit, checks));
            }
            commit.found(checks.findings(), fields());
            return commit;
        } catch (IOException | RuntimeException e) {
            commit.close();
            throw e;
        }
    }

    private List<SourceFields> fields() {
        return reader.fields().entrySet().stream()
                .map(source -> SourceFields.of(source.getKey(), source.getValue()))
                .toList();
    }

    private void read(DayObject object, OpenAhead opening, DayParts day, DayCommit commit, DayChecks checks)
            throws IOException {
        CRC32C crc = new CRC32C();
        day.start(object.key());
        int textsBefore = strings.count();
        try {
            reader.read(
                    object.key(),
                    () -> {
                        crc.reset();
                        return new Checksums.In(opening.open(object), crc);
                    },
                    strings,
                    snapshot,
                    day::addEntries);
        } catch (JsonException e) {
            commit.addUnreadable(object, e);
            if (strings.memory() > maxPart) {
                strings.clear(textsBefore);
            }
            return;
        }
        day.addPlaylist(object.key(), snapshot);
        String list = object.key().source() + "/" + object.key().list();
        checks.repeated(list, snapshot.repeated(), object.path());
        checks.unreadable(list, snapshot.unreadable(), object.path(), snapshot.firstUnreadable());
        String name = snapshot.name == null ? "" : snapshot.name;
        commit.add(
                new RawObject(object.path(), object.size(), Checksums.hex(crc), name, snapshot.read()),
                snapshot.repeated());
    }

    private TablePart write(LocalDate date, Table table, DayParts day, DayCommit commit, DayChecks checks)
            throws IOException {
        if (day.isEmpty(table)) {
            return new TablePart(table.sqlName(), 0, "", 0, "");
        }
        String key = table.partition(date) + "part-0." + format.extension();
        Staged staged = store.stage();
        commit.add(new Publish(staged, key));
        Checksums.Out out = new Checksums.Out(staged.out());
        try (TableFormat.Writer writer = checks.on(table, format.open(table, out))) {
            long rows = day.write(table, writer);
            writer.close();
            return new TablePart(table.sqlName(), rows, key, out.size(), out.crc32c());
        }
    }
}
