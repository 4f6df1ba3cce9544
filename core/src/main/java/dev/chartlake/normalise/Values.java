package dev.chartlake.normalise;

import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.json.Recurring;
import dev.chartlake.json.Shape;
import dev.chartlake.json.Shared;
import dev.chartlake.table.Strings;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values: texts as numbers of {@link Strings}. A value
 * of another type than expected is null. Used by one thread.
 */
final class Values {

    private final JsonScanner in;
    private Strings strings = new Strings();

    private final Shape artist;
    private final Shape id = new Shape("id");
    private final Shape isrc = new Shape("isrc");
    private final Shape link = new Shape("spotify");
    private final Shape image = new Shape("url");
    private final Shape show = new Shape("name");

    private final Recurring markets;
    private final Shared shared = new Shared();

    /** The time read last, with its quotes: the rows of a chart have the same one. */
    private byte[] lastTime = {};

    private long lastMicros;

    Values(JsonScanner in) {
        this.in = in;
        artist = new Shape("external_urls", "id", "name");
        markets = new Recurring(1 << 20);
    }

    /** Knows what {@code other} has learned. */
    Values(JsonScanner in, Values other) {
        this.in = in;
        artist = other.artist.copy();
        markets = other.markets.copy();
    }

    /** Texts become numbers of {@code texts} from now on. */
    void use(Strings texts) {
        strings = texts;
    }

    /** The lists of markets that have been skipped since this was cleared. */
    Shared shared() {
        return shared;
    }

    /** How artists are read. */
    Shape artists() {
        return artist;
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

    /** A text as it is, for what there is one of in a document. */
    @Nullable String string() throws JsonException {
        if (in.peek() != '"') {
            in.skip();
            return null;
        }
        in.string();
        return new String(in.text(), in.textFrom(), in.textLength(), StandardCharsets.UTF_8);
    }

    /** A text that is null when it is empty. */
    int id() throws JsonException {
        return notEmpty(text());
    }

    private int notEmpty(int text) {
        return text != Strings.NULL && strings.length(text) == 0 ? Strings.NULL : text;
    }

    /** Microseconds since 1970, or {@link Entry#NO_LONG}. */
    long time() throws JsonException {
        if (in.peek() != '"') {
            in.skip();
            return Entry.NO_LONG;
        }
        if (!in.repeats(lastTime)) {
            int from = in.position();
            in.string();
            lastMicros = Texts.time(in.text(), in.textFrom(), in.textLength());
            lastTime = in.bytes(from, in.position());
        }
        return lastMicros;
    }

    /** A number, or {@link Entry#NO_INT}. */
    int integer() throws JsonException {
        long value = in.integer(Entry.NO_LONG);
        return value > Integer.MIN_VALUE && value <= Integer.MAX_VALUE ? (int) value : Entry.NO_INT;
    }

    /** 1, 0 or {@link Entry#NO_INT}. */
    int truth() throws JsonException {
        int first = in.peek();
        in.skip();
        return first == 't' ? 1 : first == 'f' ? 0 : Entry.NO_INT;
    }

    void skipMarkets() throws JsonException {
        in.skip(markets, shared);
    }

    /** The link that people can open, of {@code external_urls}. */
    int link() throws JsonException {
        return only(link);
    }

    /** The recording code of {@code external_ids}, in capital letters. */
    int isrc() throws JsonException {
        int code = only(isrc);
        return code == Strings.NULL
                ? code
                : Texts.upperCase(strings, strings.bytes(), strings.start(code), strings.length(code));
    }

    /** The id of a user. */
    int user() throws JsonException {
        return notEmpty(only(id));
    }

    /** The name of a show. */
    int showName() throws JsonException {
        return only(show);
    }

    /** The text of the one field of {@code field} in the object that follows; null for anything else. */
    int only(Shape field) throws JsonException {
        int text = Strings.NULL;
        if (object()) {
            for (int at = in.field(field, Shape.START); at != Shape.END; at = in.field(field, at)) {
                if (field.name(at) == 0) {
                    text = text();
                } else {
                    in.skip();
                }
            }
        }
        return text;
    }

    /** The number as a text, or null for {@link Strings#NULL}. */
    @Nullable String string(int text) {
        return text == Strings.NULL ? null : strings.string(text);
    }

    /** The address of the first image, which is the largest one. */
    int firstImage() throws JsonException {
        if (in.peek() != '[') {
            in.skip();
            return Strings.NULL;
        }
        int url = Strings.NULL;
        in.expect('[');
        for (boolean first = true; in.element(first); first = false) {
            if (first) {
                url = only(image);
            } else {
                in.skip();
            }
        }
        return url;
    }

    /** The artists of a song or album. */
    Credits credits() throws JsonException {
        if (in.peek() != '[') {
            in.skip();
            return Credits.NONE;
        }
        Credits.Builder builder = new Credits.Builder();
        in.expect('[');
        for (boolean first = true; in.element(first); first = false) {
            artist(builder);
        }
        return builder.build(strings);
    }

    private void artist(Credits.Builder builder) throws JsonException {
        int artistId = Strings.NULL;
        int name = Strings.NULL;
        int url = Strings.NULL;
        if (object()) {
            for (int at = in.field(artist, Shape.START); at != Shape.END; at = in.field(artist, at)) {
                switch (artist.name(at)) {
                    case 0 -> url = link();
                    case 1 -> artistId = id();
                    case 2 -> name = text();
                    default -> in.skip();
                }
            }
        }
        builder.add(artistId, name, url);
    }
}
