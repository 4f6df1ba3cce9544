package dev.chartlake.normalise.charts;

import dev.chartlake.entry.Item;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of chart rows that say which song it is. A song has the same bytes there in every chart that it is on, so that
 * where they come again, they are compared as a whole, and neither split nor read. Used by one thread.
 */
final class SongFields {

    /** No fields that are known. */
    static final int UNKNOWN = -1;

    /** For measuring what it gains: with {@code -Dchartlake.songFields=off} nothing is recognised. */
    private static final boolean OFF = "off".equals(System.getProperty("chartlake.songFields"));

    private static final int MOST_SONGS = 1 << 15;
    private static final int MOST_BYTES = 8 << 20;
    private static final int SLOTS = 1 << 16;

    /** Where in the fields the bytes are that songs are looked up by: inside of their ids, behind any address's prefix. */
    private static final int[] SAMPLE = {21, 23, 25, 27, 33, 35, 36, 38, 40, 42};

    private static final int LEAST_BYTES = 44;

    private @Nullable ChartColumns columns;
    private byte separator;
    private int first = UNKNOWN;
    private int fields;

    private int count;
    private byte[] bytes = new byte[1 << 14];
    private int[] starts = new int[1 << 8];
    private @Nullable Item[] items = new Item[1 << 8];
    /** Of each song's fields, where they begin and end. */
    private int[] bounds = new int[1 << 10];

    private int[] hashes = new int[1 << 8];
    /** One more than the song's number, or 0; from where its hash says on. */
    private final int[] slots = new int[SLOTS];

    /** The separator of the file that begins. Forgets all songs if it was another one before. */
    void use(byte between) {
        if (separator != between) {
            separator = between;
            clear();
        }
    }

    /** The columns of the file that has begun. Forgets all songs if these fields stood elsewhere before. */
    void use(ChartColumns of) {
        if (columns == null || of != columns && !of.hasSongWhere(columns)) {
            first = OFF ? UNKNOWN : of.firstOfSong();
            fields = of.fieldsOfSong();
            clear();
        }
        columns = of;
    }

    /** Forgets all songs. */
    void clear() {
        count = 0;
        Arrays.fill(slots, 0);
        Arrays.fill(items, null);
    }

    /** The number of the first field, or {@link #UNKNOWN} if they do not stand side by side. */
    int first() {
        return first;
    }

    /** How many fields. */
    int fields() {
        return fields;
    }

    /** The number of the song whose fields, with the separator behind them, lie at {@code from}; or {@link #UNKNOWN}. */
    int find(byte[] window, int from, int limit) {
        if (limit - from < LEAST_BYTES) {
            return UNKNOWN;
        }
        int hash = hash(window, from);
        for (int at = hash & SLOTS - 1; slots[at] != 0; at = at + 1 & SLOTS - 1) {
            int known = slots[at] - 1;
            if (hashes[known] == hash && is(known, window, from, limit)) {
                return known;
            }
        }
        return UNKNOWN;
    }

    private boolean is(int song, byte[] window, int from, int limit) {
        int start = starts[song];
        int end = starts[song + 1];
        return end - start <= limit - from && Arrays.equals(bytes, start, end, window, from, from + end - start);
    }

    /** How many bytes the fields of a song have, with the separator behind them. */
    int length(int song) {
        return starts[song + 1] - starts[song];
    }

    /** Where a field begins, counted from the beginning of the first one. */
    int start(int song, int field) {
        return bounds[2 * (song * fields + field)];
    }

    /** Where it ends. */
    int end(int song, int field) {
        return bounds[2 * (song * fields + field) + 1];
    }

    /** What the fields say; null for {@link #UNKNOWN}, and once they are forgotten. */
    @Nullable Item item(int song) {
        return song == UNKNOWN ? null : items[song];
    }

    /** Remembers the record's fields; not those that a separator does not follow, that are quoted twice, or have several lines. */
    void remember(CsvRecords row, Item item) {
        int last = first + fields - 1;
        if (first == UNKNOWN || last + 1 >= row.count()) {
            return;
        }
        byte[] window = row.bytes();
        int from = row.start(first) - (row.isQuoted(first) ? 1 : 0);
        int to = row.end(last) + (row.isQuoted(last) ? 1 : 0) + 1;
        if (to - from < LEAST_BYTES || !isPlain(row, last)) {
            return;
        }
        if (count == MOST_SONGS || starts[count] + to - from > MOST_BYTES) {
            clear();
        }
        int song = count++;
        grow(starts[song] + to - from);
        System.arraycopy(window, from, bytes, starts[song], to - from);
        starts[song + 1] = starts[song] + to - from;
        items[song] = item;
        for (int field = 0; field < fields; field++) {
            bounds[2 * (song * fields + field)] = row.start(first + field) - from;
            bounds[2 * (song * fields + field) + 1] = row.end(first + field) - from;
        }
        hashes[song] = hash(window, from);
        int at = hashes[song] & SLOTS - 1;
        while (slots[at] != 0) {
            at = at + 1 & SLOTS - 1;
        }
        slots[at] = song + 1;
    }

    private boolean isPlain(CsvRecords row, int last) {
        for (int field = first; field <= last; field++) {
            if (row.isDoubled(field)) {
                return false;
            }
        }
        for (int i = row.start(first); i < row.end(last); i++) {
            if (row.bytes()[i] == '\n') {
                return false;
            }
        }
        return true;
    }

    private void grow(int size) {
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, bytes.length * 2));
        }
        if (count == items.length) {
            items = Arrays.copyOf(items, count * 2);
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        if (count + 1 >= starts.length) {
            starts = Arrays.copyOf(starts, count * 2 + 2);
        }
        if (2 * count * fields > bounds.length) {
            bounds = Arrays.copyOf(bounds, 4 * count * fields);
        }
    }

    private static int hash(byte[] window, int from) {
        int hash = 0;
        for (int at : SAMPLE) {
            hash = hash * 31 + window[from + at];
        }
        return hash ^ hash >>> 16;
    }
}
