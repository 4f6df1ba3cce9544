package dev.chartlake.lake;

import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Table;
import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a manifest names, found without a parser as long as the manifest reads as {@link ManifestFile} writes it,
 * because some commands compare thousands of days with their manifests.
 */
public final class CommittedTables {

    private static final String VERSION = "{\n\"version\":";
    private static final String DATE = ",\"date\":\"";
    private static final String END = "]\n}\n";

    /** The tables come before the raw objects, of which a manifest can name many megabytes. */
    private static final int HEAD = 1 << 14;

    private final String text;
    private int at;

    private CommittedTables(String text) {
        this.text = text;
    }

    /**
     * The tables of a day, in the order of {@link Table}. What follows them in the manifest is not checked.
     *
     * @throws IOException if these bytes are not the day's manifest; the message says why
     */
    public static List<TablePart> of(LocalDate date, byte[] manifest) throws IOException {
        List<TablePart> tables = new CommittedTables(new String(manifest, StandardCharsets.ISO_8859_1)).scan(date, END);
        if (tables != null) {
            return tables;
        }
        requireReadable(manifest);
        Manifest whole = ManifestFile.read(manifest);
        if (!whole.date().equals(date)) {
            throw new IOException("it is the manifest of " + whole.date());
        }
        return whole.tables();
    }

    /** What was read of a day's manifest to find its tables. */
    @FunctionalInterface
    public interface Found {
        /** As {@link #of} says. */
        List<TablePart> tables() throws IOException;
    }

    /**
     * Reads the manifest of a day in a lake; empty if there is none. Of a large one only the beginning is read, so damage
     * further on is not noticed here.
     *
     * @throws IOException if the lake cannot be read
     */
    public static Optional<Found> find(ObjectStore store, LocalDate date) throws IOException {
        String key = Manifest.key(date);
        byte[] head;
        try (InputStream in = store.open(key)) {
            head = in.readNBytes(HEAD);
        } catch (MissingObjectException e) {
            return Optional.empty();
        }
        if (head.length < HEAD) {
            return Optional.of(() -> of(date, head));
        }
        List<TablePart> tables = new CommittedTables(new String(head, StandardCharsets.ISO_8859_1)).scan(date, "");
        if (tables != null) {
            return Optional.of(() -> tables);
        }
        return store.read(key).map(stored -> () -> of(date, stored.bytes()));
    }

    /** Throws {@link IOException} if an earlier version of Chartlake computed the day, whose tables cannot be read. */
    public static void requireReadable(byte[] manifest) throws IOException {
        if (version(manifest) < Manifest.OLDEST_VERSION) {
            throw new IOException("an earlier version of Chartlake computed the day, with other columns");
        }
    }

    /** True if the day's tables have {@link Table#earlierColumns} only. */
    public static boolean haveEarlierColumns(byte[] manifest) {
        return version(manifest) < Manifest.VERSION;
    }

    /** The version that a manifest names at its beginning, else this one. */
    private static long version(byte[] manifest) {
        CommittedTables beginning = new CommittedTables(new String(manifest, StandardCharsets.ISO_8859_1));
        long version = beginning.take(VERSION) ? beginning.number() : -1;
        return version < 0 ? Manifest.VERSION : version;
    }

    /** Null if anything is not as it is written, or the text does not end with {@code end}. */
    private @Nullable List<TablePart> scan(LocalDate date, String end) {
        long version = take(VERSION) ? number() : -1;
        boolean known = version >= Manifest.OLDEST_VERSION && version <= Manifest.VERSION;
        if (!known || !take(DATE) || !take(date.toString()) || !take("\"") || !text.endsWith(end)) {
            return null;
        }
        at = text.indexOf("\"tables\":[\n") + "\"tables\":[\n".length();
        if (at < "\"tables\":[\n".length()) {
            return null;
        }
        List<TablePart> tables = new ArrayList<>();
        for (Table table : Table.values()) {
            if (!table.isNamedWhenEmpty() && text.startsWith("]", at)) {
                tables.add(TablePart.none(table));
                continue;
            }
            TablePart part = part(table, tables.isEmpty() ? "" : "\n,");
            if (part == null || !part.file().isEmpty() && !ManifestFile.isOwn(date, table, part.file())) {
                return null;
            }
            tables.add(part);
        }
        return take("]") ? tables : null;
    }

    private @Nullable TablePart part(Table table, String before) {
        if (!take(before) || !take("{\"table\":\"") || !take(table.sqlName()) || !take("\",\"rows\":")) {
            return null;
        }
        long rows = number();
        String file = take(",\"file\":\"") ? text() : null;
        long size = take("\",\"size\":") ? number() : -1;
        String crc32c = take(",\"crc32c\":\"") ? text() : null;
        return rows < 0 || file == null || size < 0 || crc32c == null || !take("\"}")
                ? null
                : new TablePart(table.sqlName(), rows, file, size, crc32c);
    }

    private boolean take(String expected) {
        boolean there = text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }

    /** The number at the current place; -1 if no digit is there, or more than 18 are. */
    private long number() {
        int from = at;
        long number = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            number = number * 10 + text.charAt(at++) - '0';
        }
        return at == from || at - from > 18 ? -1 : number;
    }

    /** What comes before the next quotation mark; null if something in it is escaped. */
    private @Nullable String text() {
        int end = text.indexOf('"', at);
        String found = end < 0 ? "\\" : text.substring(at, end);
        at = Math.max(end, at);
        return found.indexOf('\\') < 0 ? found : null;
    }
}
