package dev.chartlake.lake;

import dev.chartlake.model.Table;
import dev.chartlake.quality.Finding;
import dev.chartlake.quality.SourceFields;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * What commits a day: the raw objects that went in, the rows that came out, and all that was counted and set aside. Holds
 * nothing of when or where it was made, so the same day has the same manifest for ever.
 *
 * @param date the day
 * @param raw the objects whose entries are in the tables, in the order in which they were merged
 * @param tables the tables, in the order of {@link Table}
 * @param entriesRead entries in all of {@code raw}
 * @param entriesWritten rows of {@code playlist_entries} and {@code plays}
 * @param entriesRepeated entries that have no row: at a position that the same snapshot had filled before, or of a play
 *     that another entry tells of, too
 * @param quarantined objects of the day that could not be read
 * @param quality contracts that the day breaks, of those that look at nothing but the day; by contract, then by list
 * @param fields the fields that the objects in {@code raw} have, by source
 */
public record Manifest(
        LocalDate date,
        List<RawObject> raw,
        List<TablePart> tables,
        long entriesRead,
        long entriesWritten,
        long entriesRepeated,
        List<Quarantined> quarantined,
        List<Finding> quality,
        List<SourceFields> fields) {

    /** The layout of the file and of the tables; raised when either changes. */
    public static final int VERSION = 3;

    /**
     * Days of earlier versions must be computed again. Days of this version up to {@link #VERSION} are read as they are:
     * their tables have {@link Table#earlierColumns}.
     */
    public static final int OLDEST_VERSION = 2;

    /** Where the manifests lie in a lake, with a trailing slash. */
    public static final String ROOT = Table.ROOT + "_days/";

    /** The key of a day's manifest. */
    public static String key(LocalDate date) {
        return ROOT + date + ".json";
    }

    /** True if every entry that was read is a row or was set aside. */
    public boolean addsUp() {
        return entriesRead == entriesWritten + entriesRepeated;
    }

    /**
     * A raw object that went in.
     *
     * @param key below {@code raw_data/processed/}
     * @param size bytes
     * @param crc32c checksum of the bytes, eight hexadecimal digits
     * @param list what the object calls its list, or empty
     * @param entries how many it has
     */
    public record RawObject(String key, long size, String crc32c, String list, long entries) implements Serializable {}

    /**
     * One table of the day.
     *
     * @param table its name in SQL
     * @param rows how many; a table without rows has no file
     * @param file the key of its file, or empty
     * @param size bytes of the file
     * @param crc32c checksum of the file, or empty
     */
    public record TablePart(String table, long rows, String file, long size, String crc32c) {

        /** A table without rows. */
        public static TablePart none(Table table) {
            return new TablePart(table.sqlName(), 0, "", 0, "");
        }
    }

    /**
     * An object that could not be read.
     *
     * @param key below {@code raw_data/quarantine/}
     * @param size bytes
     * @param reason what is wrong
     */
    public record Quarantined(String key, long size, String reason) {}
}
