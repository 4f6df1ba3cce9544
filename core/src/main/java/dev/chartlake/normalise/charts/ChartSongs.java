package dev.chartlake.normalise.charts;

import dev.chartlake.entry.EntryKind;
import dev.chartlake.entry.Item;
import dev.chartlake.text.Strings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The songs of chart rows. Most songs were on the chart before: one that comes again with the same name, artists and label is
 * found by the text of its id and is the same {@link Item}. Used by one thread.
 */
final class ChartSongs {

    private static final byte[] URI = "spotify:track:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINK = "https://open.spotify.com/track/".getBytes(StandardCharsets.US_ASCII);

    /** Behind the numbers that songs of the Web API get. */
    private static final int FIRST_NUMBER = 1 << 16;

    private static final int MAX_ITEMS = 1 << 16;
    private static final int ID_LENGTH = 22;

    private static final boolean[] LETTERS = new boolean[256];

    static {
        for (int b = 0; b < 128; b++) {
            LETTERS[b] = Character.isLetterOrDigit(b);
        }
    }

    private Strings strings = new Strings();
    private int generation = -1;
    private final List<Item> items = new ArrayList<>();
    /** By the number of the id's text: one more than the index in {@link #items}, or 0. */
    private int[] byId = new int[1 << 10];

    private final SongFields fields = new SongFields();

    private byte[] address = new byte[LINK.length + ID_LENGTH];

    ChartSongs() {}

    /** Knows the songs of {@code other}. */
    ChartSongs(ChartSongs other, Strings texts) {
        if (other.generation == other.strings.generation()) {
            items.addAll(other.items);
            byId = other.byId.clone();
        }
        strings = texts;
        generation = texts.generation();
    }

    /** Texts become numbers of {@code texts} from now on. */
    void use(Strings texts) {
        if (texts != strings || texts.generation() != generation || items.size() >= MAX_ITEMS) {
            strings = texts;
            generation = texts.generation();
            items.clear();
            Arrays.fill(byId, 0);
            fields.clear();
        }
    }

    /** The fields of the songs, for who splits the rows. */
    SongFields fields() {
        return fields;
    }

    /** The item of a row; null if what stands for the song cannot be one. A field that is not there is null. */
    @Nullable Item of(CsvRecords row, int song, int name, int artists, int label) {
        Item recognised = fields.item(row.song());
        if (recognised != null && generation == strings.generation()) {
            return recognised;
        }
        if (row.isBlank(song)) {
            Item unknown = new Item();
            unknown.name = text(row, name);
            unknown.artistNames = text(row, artists);
            unknown.label = label(row, label);
            return unknown;
        }
        int idAt = id(row.bytes(), row.start(song), row.end(song));
        if (idAt < 0) {
            return null;
        }
        if (generation != strings.generation()) {
            use(strings);
        }
        int id = strings.intern(row.bytes(), idAt, ID_LENGTH);
        int known = id < byId.length ? byId[id] : 0;
        if (known > 0) {
            Item item = items.get(known - 1);
            if (is(row, name, item.name) && is(row, artists, item.artistNames) && isLabel(row, label, item)) {
                fields.remember(row, item);
                return item;
            }
        }
        Item item = remember(item(row, id, idAt, name, artists, label));
        fields.remember(row, item);
        return item;
    }

    private Item item(CsvRecords row, int id, int idAt, int name, int artists, int label) {
        Item item = new Item();
        item.kind = EntryKind.TRACK;
        item.songId = id;
        item.uri = intern(URI, row.bytes(), idAt);
        item.url = intern(LINK, row.bytes(), idAt);
        item.name = text(row, name);
        item.artistNames = text(row, artists);
        item.label = label(row, label);
        return item;
    }

    private Item remember(Item item) {
        if (item.songId >= byId.length) {
            byId = Arrays.copyOf(byId, Math.max(item.songId + 1, byId.length * 2));
        }
        int known = byId[item.songId];
        if (known > 0) {
            item.number = items.get(known - 1).number;
            items.set(known - 1, item);
        } else if (items.size() < MAX_ITEMS) {
            item.number = FIRST_NUMBER + items.size();
            items.add(item);
            byId[item.songId] = items.size();
        }
        return item;
    }

    private int intern(byte[] prefix, byte[] bytes, int idAt) {
        System.arraycopy(prefix, 0, address, 0, prefix.length);
        System.arraycopy(bytes, idAt, address, prefix.length, ID_LENGTH);
        return strings.intern(address, 0, prefix.length + ID_LENGTH);
    }

    private int text(CsvRecords row, int field) {
        if (field >= row.count()) {
            return Strings.NULL;
        }
        if (row.isDoubled(field)) {
            int length = row.copy(field);
            return strings.intern(row.copied(), 0, length);
        }
        return strings.intern(row.bytes(), row.start(field), row.end(field) - row.start(field));
    }

    /** The text of the field; null if it is blank or not there. */
    private int label(CsvRecords row, int field) {
        return field >= row.count() || row.isBlank(field) ? Strings.NULL : text(row, field);
    }

    private boolean isLabel(CsvRecords row, int field, Item item) {
        boolean none = field >= row.count() || row.isBlank(field);
        return none ? item.label == Strings.NULL : is(row, field, item.label);
    }

    private boolean is(CsvRecords row, int field, int text) {
        if (field >= row.count() || text == Strings.NULL) {
            return false;
        }
        byte[] bytes = row.bytes();
        int from = row.start(field);
        int to = row.end(field);
        if (row.isDoubled(field)) {
            from = 0;
            to = row.copy(field);
            bytes = row.copied();
        }
        int start = strings.start(text);
        return to - from == strings.length(text)
                && Arrays.equals(bytes, from, to, strings.bytes(), start, start + to - from);
    }

    /** Where the id begins in {@code spotify:track:<id>}, a link or the id alone; -1 if it is not the address of a song. */
    private static int id(byte[] bytes, int from, int to) {
        boolean uri = to - from == URI.length + ID_LENGTH
                && Arrays.equals(bytes, from, from + URI.length, URI, 0, URI.length);
        return uri && isId(bytes, from + URI.length) ? from + URI.length : idOfLink(bytes, from, to);
    }

    private static int idOfLink(byte[] bytes, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && bytes[start] == ' ') {
            start++;
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] == '?' || bytes[i] == '#' || bytes[i] == ' ') {
                end = i;
            }
        }
        end -= end > start && bytes[end - 1] == '/' ? 1 : 0;
        int at = end - ID_LENGTH;
        return at >= start && isId(bytes, at) && (at == start || isTrack(bytes, start, at)) ? at : -1;
    }

    private static boolean isId(byte[] bytes, int at) {
        boolean letters = true;
        for (int i = at; i < at + ID_LENGTH; i++) {
            letters &= LETTERS[bytes[i] & 0xff];
        }
        return letters;
    }

    /** True if {@code track:} or {@code track/} ends at {@code to}. */
    private static boolean isTrack(byte[] bytes, int from, int to) {
        return to - from >= 6
                && (bytes[to - 1] == ':' || bytes[to - 1] == '/')
                && bytes[to - 2] == 'k'
                && bytes[to - 3] == 'c'
                && bytes[to - 4] == 'a'
                && bytes[to - 5] == 'r'
                && bytes[to - 6] == 't';
    }

    /** What is wrong with what stands for a song. */
    static String complaint(String text) {
        for (String other : List.of("album", "artist", "episode", "show", "playlist")) {
            if (text.contains(":" + other + ":") || text.contains("/" + other + "/")) {
                return "a chart of " + other + "s, and only charts of songs can be read: '" + text + "'";
            }
        }
        return "the id of a song is expected, found '" + text + "'";
    }
}
