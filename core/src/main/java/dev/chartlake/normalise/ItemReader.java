package dev.chartlake.normalise;

import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.json.Names;
import dev.chartlake.json.Words;
import dev.chartlake.table.Strings;
import java.util.Arrays;

/** Reads the rows of a page: a row, the song or episode in it, its album and its artists. */
final class ItemReader {

    private static final Names ROW = new Names("added_at", "added_by", "is_local", "track", "item");
    private static final Names ITEM = new Names(
            "album",
            "artists",
            "available_markets",
            "disc_number",
            "duration_ms",
            "explicit",
            "external_ids",
            "external_urls",
            "id",
            "is_local",
            "name",
            "popularity",
            "track_number",
            "type",
            "uri",
            "show");
    private static final Names ALBUM = new Names(
            "album_type",
            "artists",
            "available_markets",
            "external_urls",
            "id",
            "images",
            "name",
            "release_date",
            "total_tracks");
    private static final Names ARTIST = new Names("external_urls", "id", "name");
    private static final Names IDS = new Names("id");
    private static final Names ISRC = new Names("isrc");
    private static final Names URLS = new Names("spotify");
    private static final Names IMAGE = new Names("url");
    private static final Names SHOW = new Names("name");

    private final JsonScanner in;
    private Strings strings = new Strings();
    private int episode;
    private final int[] precisions = new int[11];
    private byte[] joined = new byte[256];

    private boolean rowHasItemField;
    private boolean isLocal;
    private int type;
    private int showName;

    ItemReader(JsonScanner in) {
        this.in = in;
    }

    void use(Strings texts) {
        strings = texts;
        episode = texts.intern("episode");
        for (int length : new int[] {4, 7, 10}) {
            precisions[length] = texts.intern(Texts.precision(length));
        }
    }

    /** Reads a row into a cleared entry; false if the row has neither a {@code track} nor an {@code item}. */
    boolean row(Entry entry) throws JsonException {
        rowHasItemField = false;
        isLocal = false;
        type = Strings.NULL;
        showName = Strings.NULL;
        boolean known = false;
        if (!object()) {
            return false;
        }
        for (boolean first = true; ; first = false) {
            switch (in.field(ROW, first)) {
                case JsonScanner.END -> {
                    finish(entry, known);
                    return rowHasItemField;
                }
                case 0 -> entry.addedAt = time();
                case 1 -> entry.addedBy = idOf();
                case 2 -> isLocal |= truth() == 1;
                case 3, 4 -> {
                    rowHasItemField = true;
                    // In the transition both fields hold the same object; the second one is not read again.
                    if (known || in.peek() != '{') {
                        in.skip();
                    } else {
                        item(entry);
                        known = true;
                    }
                }
                default -> in.skip();
            }
        }
    }

    private void finish(Entry entry, boolean known) {
        if (!known) {
            return;
        }
        if (type == episode) {
            entry.kind = Kind.EPISODE;
            entry.songId = Strings.NULL;
            entry.artistNames = showName;
        } else if (isLocal) {
            entry.kind = Kind.LOCAL;
            entry.songId = Strings.NULL;
        } else {
            entry.kind = entry.songId == Strings.NULL ? Kind.UNAVAILABLE : Kind.TRACK;
        }
    }

    private void item(Entry entry) throws JsonException {
        in.expect('{');
        for (boolean first = true; ; first = false) {
            switch (in.field(ITEM, first)) {
                case JsonScanner.END -> {
                    return;
                }
                case 0 -> album(entry);
                case 1 -> {
                    artists(entry.songArtists);
                    entry.artistNames = join(entry.songArtists);
                }
                case 2 -> in.skipRepeated();
                case 3 -> entry.discNumber = integer();
                case 4 -> entry.durationMs = in.integer(Entry.NO_LONG);
                case 5 -> entry.explicit = truth();
                case 6 -> entry.isrc = isrc();
                case 7 -> entry.songUrl = textOf(URLS);
                case 8 -> entry.songId = id();
                case 9 -> isLocal |= truth() == 1;
                case 10 -> entry.songName = text();
                case 11 -> entry.popularity = integer();
                case 12 -> entry.trackNumber = integer();
                case 13 -> type = text();
                case 14 -> entry.itemUri = text();
                case 15 -> showName = textOf(SHOW);
                default -> in.skip();
            }
        }
    }

    private void album(Entry entry) throws JsonException {
        if (!object()) {
            return;
        }
        for (boolean first = true; ; first = false) {
            switch (in.field(ALBUM, first)) {
                case JsonScanner.END -> {
                    return;
                }
                case 0 -> entry.albumType = text();
                case 1 -> artists(entry.albumArtists);
                case 2 -> in.skipRepeated();
                case 3 -> entry.albumUrl = textOf(URLS);
                case 4 -> entry.albumId = id();
                case 5 -> entry.imageUrl = firstImage();
                case 6 -> entry.albumName = text();
                case 7 -> {
                    entry.releaseText = text();
                    int length = entry.releaseText == Strings.NULL ? 0 : in.textLength();
                    entry.releasePrecision = length < precisions.length ? precisions[length] : Strings.NULL;
                }
                case 8 -> entry.totalTracks = integer();
                default -> in.skip();
            }
        }
    }

    private void artists(Credits credits) throws JsonException {
        credits.clear();
        if (in.peek() != '[') {
            in.skip();
            return;
        }
        in.expect('[');
        for (boolean first = true; in.element(first); first = false) {
            artist(credits);
        }
    }

    private void artist(Credits credits) throws JsonException {
        int id = Strings.NULL;
        int name = Strings.NULL;
        int url = Strings.NULL;
        if (object()) {
            boolean first = true;
            for (int field = in.field(ARTIST, true); field != JsonScanner.END; field = in.field(ARTIST, first)) {
                first = false;
                switch (field) {
                    case 0 -> url = textOf(URLS);
                    case 1 -> id = id();
                    case 2 -> name = text();
                    default -> in.skip();
                }
            }
        }
        credits.add(id, name, url);
    }

    /** The names in their order, as people read them. */
    private int join(Credits credits) {
        if (credits.size() == 0) {
            return Strings.NULL;
        }
        if (credits.size() == 1) {
            return credits.name(0);
        }
        int length = 0;
        for (int i = 0; i < credits.size(); i++) {
            int name = credits.name(i);
            if (name == Strings.NULL) {
                continue;
            }
            int size = strings.length(name);
            if (length + size + 2 + Words.PADDING > joined.length) {
                joined = Arrays.copyOf(joined, (length + size) * 2 + 64);
            }
            if (length > 0) {
                joined[length++] = ',';
                joined[length++] = ' ';
            }
            System.arraycopy(strings.bytes(), strings.start(name), joined, length, size);
            length += size;
        }
        return length == 0 ? Strings.NULL : strings.intern(joined, 0, length);
    }

    int firstImage() throws JsonException {
        if (in.peek() != '[') {
            in.skip();
            return Strings.NULL;
        }
        in.expect('[');
        int url = Strings.NULL;
        for (boolean first = true; in.element(first); first = false) {
            if (first) {
                url = textOf(IMAGE);
            } else {
                in.skip();
            }
        }
        return url;
    }

    private int idOf() throws JsonException {
        int id = textOf(IDS);
        return id != Strings.NULL && strings.length(id) == 0 ? Strings.NULL : id;
    }

    /** The text of the one field of {@code names} in the object that follows; null for anything else. */
    int textOf(Names names) throws JsonException {
        int text = Strings.NULL;
        if (object()) {
            boolean first = true;
            for (int field = in.field(names, true); field != JsonScanner.END; field = in.field(names, first)) {
                first = false;
                if (field == 0) {
                    text = text();
                } else {
                    in.skip();
                }
            }
        }
        return text;
    }

    private int isrc() throws JsonException {
        int code = textOf(ISRC);
        return code == Strings.NULL
                ? code
                : Texts.upperCase(strings, strings.bytes(), strings.start(code), strings.length(code));
    }

    /** Past the opening brace of an object; any other value is skipped. */
    boolean object() throws JsonException {
        if (in.peek() == '{') {
            in.expect('{');
            return true;
        }
        in.skip();
        return false;
    }

    int text() throws JsonException {
        if (in.peek() != '"') {
            in.skip();
            return Strings.NULL;
        }
        in.string();
        return strings.intern(in.text(), in.textFrom(), in.textLength());
    }

    /** A text that is null when it is empty. */
    int id() throws JsonException {
        int id = text();
        return id != Strings.NULL && strings.length(id) == 0 ? Strings.NULL : id;
    }

    private long time() throws JsonException {
        if (in.peek() != '"') {
            in.skip();
            return Entry.NO_LONG;
        }
        in.string();
        return Texts.time(in.text(), in.textFrom(), in.textLength());
    }

    int integer() throws JsonException {
        long value = in.integer(Entry.NO_LONG);
        return value > Integer.MIN_VALUE && value <= Integer.MAX_VALUE ? (int) value : Entry.NO_INT;
    }

    private int truth() throws JsonException {
        int first = in.peek();
        in.skip();
        return first == 't' ? 1 : first == 'f' ? 0 : Entry.NO_INT;
    }
}
