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

    private static final int LEAST_BYTES = 44;

    /**
     * Where in what is known of a song its hash is, where its bytes begin, how many they are, which of its fields have doubled
     * quotes (a bit each), and the bounds of its fields.
     */
    private static final int HASH = 0;

    private static final int START = 1;
    private static final int LENGTH = 2;
    private static final int DOUBLED = 3;
    private static final int BOUNDS = 4;

    private @Nullable ChartColumns columns;
    private byte separator;
    private int first = UNKNOWN;
    private int fields;

    private int count;
    private byte[] bytes = new byte[1 << 14];
    private int size;
    private @Nullable Item[] items = new Item[1 << 8];
    /** So many numbers are known of each song, which lie side by side: most of the time goes into fetching them. */
    private int stride = BOUNDS;

    private int[] known = new int[1 << 12];
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
            stride = BOUNDS + 2 * fields;
            clear();
        }
        columns = of;
    }

    /** Forgets all songs. */
    void clear() {
        count = 0;
        size = 0;
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
        int slot = hash & SLOTS - 1;
        for (int next = slots[slot]; next != 0; next = slots[slot]) {
            int at = (next - 1) * stride;
            if (known[at + HASH] == hash && is(known[at + START], known[at + LENGTH], window, from, limit)) {
                return next - 1;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return UNKNOWN;
    }

    private boolean is(int start, int length, byte[] window, int from, int limit) {
        return length <= limit - from && Arrays.equals(bytes, start, start + length, window, from, from + length);
    }

    /** How many bytes the fields of a song have, with the separator behind them. */
    int length(int song) {
        return known[song * stride + LENGTH];
    }

    /** Puts where a song's fields begin and end, if they lie at {@code from}, into the arrays from index {@code to} on. */
    void bounds(int song, int from, int[] starts, int[] ends, boolean[] doubled, int to) {
        int at = song * stride;
        int doubledBits = known[at + DOUBLED];
        at += BOUNDS;
        for (int i = to; i < to + fields; i++) {
            starts[i] = from + known[at++];
            ends[i] = from + known[at++];
            doubled[i] = (doubledBits & 1) != 0;
            doubledBits >>= 1;
        }
    }

    /** What the fields say; null for {@link #UNKNOWN}, and once they are forgotten. */
    @Nullable Item item(int song) {
        return song == UNKNOWN ? null : items[song];
    }

    /** Remembers the record's fields; not those that a separator does not follow, or that have several lines. */
    void remember(CsvRecords row, Item item) {
        int last = first + fields - 1;
        if (first == UNKNOWN || last + 1 >= row.count()) {
            return;
        }
        byte[] window = row.bytes();
        int from = row.start(first) - (row.isQuoted(first) ? 1 : 0);
        int to = row.end(last) + (row.isQuoted(last) ? 1 : 0) + 1;
        if (to - from < LEAST_BYTES || hasLines(row, last)) {
            return;
        }
        if (count == MOST_SONGS || size + to - from > MOST_BYTES) {
            clear();
        }
        int song = count++;
        grow(size + to - from);
        System.arraycopy(window, from, bytes, size, to - from);
        items[song] = item;
        int hash = hash(window, from);
        int at = song * stride;
        known[at + HASH] = hash;
        known[at + START] = size;
        known[at + LENGTH] = to - from;
        size += to - from;
        known[at + DOUBLED] = 0;
        for (int field = 0; field < fields; field++) {
            known[at + DOUBLED] |= row.isDoubled(first + field) ? 1 << field : 0;
            known[at + BOUNDS + 2 * field] = row.start(first + field) - from;
            known[at + BOUNDS + 2 * field + 1] = row.end(first + field) - from;
        }
        int slot = hash & SLOTS - 1;
        while (slots[slot] != 0) {
            slot = slot + 1 & SLOTS - 1;
        }
        slots[slot] = song + 1;
    }

    private boolean hasLines(CsvRecords row, int last) {
        for (int i = row.start(first); i < row.end(last); i++) {
            if (row.bytes()[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    private void grow(int length) {
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
        }
        if (count > items.length) {
            items = Arrays.copyOf(items, items.length * 2);
        }
        if (count * stride > known.length) {
            known = Arrays.copyOf(known, 2 * count * stride);
        }
    }

    /** Of bytes that lie in the song's id, whatever address's prefix is before it. */
    private static int hash(byte[] window, int from) {
        int behindUri = (window[from + 21] * 31 + window[from + 24]) * 31 + window[from + 27];
        int inBoth = (window[from + 33] * 31 + window[from + 34]) * 31 + window[from + 35];
        int behindLink = (window[from + 38] * 31 + window[from + 40]) * 31 + window[from + 42];
        int hash = (behindUri * 29791 + inBoth) * 29791 + behindLink;
        return hash ^ hash >>> 16;
    }
}
