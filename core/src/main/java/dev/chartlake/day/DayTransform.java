package dev.chartlake.day;

import dev.chartlake.entry.Snapshot;
import dev.chartlake.json.JsonException;
import dev.chartlake.lake.Checksums;
import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.normalise.RawReader;
import dev.chartlake.normalise.account.PlaysReader;
import dev.chartlake.quality.DayChecks;
import dev.chartlake.quality.SourceFields;
import dev.chartlake.quality.WellFormedTexts;
import dev.chartlake.raw.PlayHistory;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Computes days: all raw objects of a day to its rows. The rows depend on the objects' keys and bytes and on nothing else:
 * no store, no clock, no settings, no earlier day.
 *
 * <p>Used by one thread for one day after the other; its buffers, and the songs it recognises, are used again. Days can be
 * computed in any order, and by any number of these at the same time.
 */
public final class DayTransform {

    private final Parts parts;
    private final long maxPart;
    private final long memory;
    private final int remembered;
    private RawReader reader;
    private final Snapshot snapshot;
    private final Strings strings;
    private final WellFormedTexts good = new WellFormedTexts();
    private final DayRows rows;

    /** What becomes of a day that does not fit into memory. */
    public enum Parts {
        /** It is refused with a {@link LargeDayException}. */
        ONE,

        /** It is computed in parts, which wait in temporary files. */
        MANY
    }

    /** Uses about {@code memory} bytes. */
    public DayTransform(long memory, Parts parts) {
        this.parts = parts;
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
        this.parts = other.parts;
        this.memory = other.memory;
        this.maxPart = other.maxPart;
        this.snapshot = new Snapshot(memory / 16);
        this.remembered = other.remembered;
        this.strings = other.strings.copy();
        this.reader = new RawReader(other.reader, strings);
        this.rows = new DayRows(strings);
    }

    /**
     * Another one, for another thread. It recognises the songs that this one does by now, which saves time, if they do not
     * take much room.
     */
    public DayTransform copy() {
        return keepsTexts() ? new DayTransform(this) : new DayTransform(memory, parts);
    }

    /** Texts are kept for the next day, because most come back, unless they take much room. */
    private boolean keepsTexts() {
        return strings.memory() <= maxPart / 2;
    }

    /**
     * Computes a day from all its raw objects, in the order of their keys. They may be gone through twice. What comes back
     * must be closed before the next day is computed.
     *
     * @throws LargeDayException if it is refused
     * @throws IOException if an object cannot be opened or read, or temporary files cannot be written
     */
    public ComputedDay compute(LocalDate date, Iterable<? extends DayInput> objects) throws IOException {
        ComputedDay day = read(date, objects);
        if (!reader.isCrowded()) {
            return day;
        }
        // The fields of earlier days took the room that this one's need: what it says must not depend on them.
        day.close();
        reader = new RawReader(remembered);
        try {
            return read(date, objects);
        } finally {
            reader = new RawReader(remembered);
        }
    }

    private ComputedDay read(LocalDate date, Iterable<? extends DayInput> objects) throws IOException {
        if (!keepsTexts()) {
            strings.clear();
        }
        DayChecks checks = new DayChecks(date, good);
        reader.startDay();
        DayParts rowsOfDay = new DayParts(strings, rows, parts, maxPart, checks);
        ComputedDay day = new ComputedDay(date, rowsOfDay, checks);
        try {
            for (DayInput object : objects) {
                read(object, rowsOfDay, day, checks);
            }
            day.fields(fields());
            rowsOfDay.finish();
            return day;
        } catch (IOException | RuntimeException | Error e) {
            day.close();
            throw e;
        }
    }

    private List<SourceFields> fields() {
        return reader.fields().entrySet().stream()
                .map(source -> SourceFields.of(source.getKey(), source.getValue()))
                .toList();
    }

    private void read(DayInput object, DayParts rowsOfDay, ComputedDay day, DayChecks checks) throws IOException {
        CRC32C crc = new CRC32C();
        rowsOfDay.start(object.key());
        int textsBefore = strings.count();
        RawReader.Source source = () -> {
            crc.reset();
            return new Checksums.In(object.open(), crc);
        };
        try {
            if (PlayHistory.of(object.key()).isPresent()) {
                plays(object, source, crc, rowsOfDay, day, checks);
            } else {
                snapshot(object, source, crc, rowsOfDay, day, checks);
            }
        } catch (JsonException e) {
            day.unreadable(object.key(), e);
            if (strings.memory() > maxPart) {
                strings.clear(textsBefore);
            }
        }
    }

    private void snapshot(
            DayInput object, RawReader.Source source, CRC32C crc, DayParts rowsOfDay, ComputedDay day, DayChecks checks)
            throws IOException {
        reader.read(object.key(), source, strings, snapshot, rowsOfDay::addEntries);
        rowsOfDay.addPlaylist(object.key(), snapshot);
        String list = list(object);
        checks.repeated(list, snapshot.repeated(), object.path());
        checks.unreadable(list, snapshot.unreadable(), object.path(), snapshot.firstUnreadable());
        String name = snapshot.name == null ? "" : snapshot.name;
        day.read(
                new RawObject(object.path(), object.size(), Checksums.hex(crc), name, snapshot.read()),
                snapshot.repeated());
    }

    private void plays(
            DayInput object, RawReader.Source source, CRC32C crc, DayParts rowsOfDay, ComputedDay day, DayChecks checks)
            throws IOException {
        PlaysReader plays = reader.readPlays(object.key(), source, strings, rowsOfDay::addPlay);
        checks.unreadable(list(object), plays.unreadable(), object.path(), plays.firstUnreadable());
        day.read(new RawObject(object.path(), object.size(), Checksums.hex(crc), "", plays.count()), 0);
    }

    private static String list(DayInput object) {
        return object.key().source() + "/" + object.key().list();
    }
}
