package dev.chartlake.entry;

import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.json.Recurring;
import dev.chartlake.json.SharedValues;
import dev.chartlake.text.Strings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values: texts as numbers of {@link Strings}. A value that is written otherwise than Spotify writes it is read
 * if it can have only one meaning; any other is null and counted as {@link Unreadable}. Used by one thread.
 */
public final class Values {

    private final JsonScanner in;
    private Strings strings = new Strings();

    private static final int LONGEST_SHOWN = 60;

    private final FieldOrder id = new FieldOrder("id");
    private final FieldOrder isrc = new FieldOrder("isrc");
    private final FieldOrder link = new FieldOrder("spotify");
    private final FieldOrder image = new FieldOrder("url");
    private final FieldOrder show = new FieldOrder("name");

    private final Recurring markets;
    private final SharedValues shared = new SharedValues();

    /** The time read last, with its quotes: the rows of a chart have the same one. */
    private byte[] lastTime = {};

    private long lastMicros;
    private boolean lastUnreadable;
    private Unreadable unreadable = new Unreadable();

    public Values(JsonScanner in) {
        this.in = in;
        markets = new Recurring(1 << 20);
    }

    /** Knows what {@code other} has learned. */
    public Values(JsonScanner in, Values other) {
        this.in = in;
        markets = other.markets.copy();
    }

    /** Texts become numbers of {@code texts} from now on. */
    public void use(Strings texts) {
        strings = texts;
    }

    /** The lists of markets that have been skipped since this was cleared. */
    public SharedValues shared() {
        return shared;
    }

    /** What cannot be read is counted there from now on. */
    public void countUnreadable(Unreadable in) {
        unreadable = in;
    }

    /** Past the opening brace of an object; any other value is skipped. */
    public boolean object(String field) throws JsonException {
        if (in.peek() == '{') {
            in.expect('{');
            return true;
        }
        wrongType(field);
        return false;
    }

    /** Skips a value that is not what the field should hold. */
    private void wrongType(String field) throws JsonException {
        String text = literal();
        if (text != null && !text.isBlank()) {
            unreadable(field, text);
        }
    }

    /** Counts the value of a field as one that cannot be read. */
    public void unreadable(String field, String value) {
        String shown = value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) + "..." : value;
        unreadable.add(field + " is " + shown);
    }

    /** Past any value: the text of a text, the literal of anything else, and null for {@code null}. */
    private @Nullable String literal() throws JsonException {
        int first = in.peek();
        if (first == '"') {
            in.string();
            return new String(in.text(), in.textFrom(), in.textLength(), StandardCharsets.UTF_8);
        }
        int from = in.position();
        in.skip();
        return first == 'n' ? null : new String(in.bytes(from, in.position()), StandardCharsets.UTF_8);
    }

    /** Reads a text and returns its number, or {@link Strings#NULL} for null. Findings call it {@code field}. */
    public int text(String field) throws JsonException {
        if (in.peek() != '"') {
            String number = number(field);
            return number == null ? Strings.NULL : strings.intern(number);
        }
        in.string();
        return strings.intern(in.text(), in.textFrom(), in.textLength());
    }

    /** A text as it is, for what there is one of in a document. */
    @Nullable public String string(String field) throws JsonException {
        if (in.peek() != '"') {
            return number(field);
        }
        in.string();
        return new String(in.text(), in.textFrom(), in.textLength(), StandardCharsets.UTF_8);
    }

    /** The digits of a whole number in place of a text: programs that guess types make one of a title such as 1989. */
    private @Nullable String number(String field) throws JsonException {
        int first = in.peek();
        String literal = literal();
        if (literal != null && first >= '0' && first <= '9' && literal.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return literal;
        }
        if (literal != null) {
            unreadable(field, literal);
        }
        return null;
    }

    /** A text that is null when it is empty. */
    public int id(String field) throws JsonException {
        if (in.peek() != '"') {
            wrongType(field);
            return Strings.NULL;
        }
        return notEmpty(text(field));
    }

    private int notEmpty(int text) {
        return text != Strings.NULL && strings.length(text) == 0 ? Strings.NULL : text;
    }

    /** Microseconds since 1970, or {@link Entry#NO_LONG}. */
    public long time(String field) throws JsonException {
        if (in.peek() == '"' && in.repeats(lastTime)) {
            if (lastUnreadable) {
                unreadable(field, new String(lastTime, StandardCharsets.UTF_8).replace("\"", ""));
            }
            return lastMicros;
        }
        int from = in.position();
        boolean isText = in.peek() == '"';
        if (isText) {
            in.string();
            lastMicros = Texts.time(in.text(), in.textFrom(), in.textLength());
            lastUnreadable = false;
            lastTime = in.bytes(from, in.position());
            if (lastMicros != Entry.NO_LONG) {
                return lastMicros;
            }
            in.back(from);
        }
        String text = literal();
        if (text == null || text.isBlank()) {
            return Entry.NO_LONG;
        }
        Optional<Long> micros = OddValues.time(text);
        if (micros.isEmpty()) {
            unreadable(field, text);
        }
        if (isText) {
            lastUnreadable = micros.isEmpty();
            lastMicros = micros.orElse(Entry.NO_LONG);
        }
        return micros.orElse(Entry.NO_LONG);
    }

    /** A whole number, or {@link Entry#NO_INT}. */
    public int integer(String field) throws JsonException {
        long value = bigint(field, Integer.MIN_VALUE + 1L, Integer.MAX_VALUE);
        return value == Entry.NO_LONG ? Entry.NO_INT : (int) value;
    }

    /** A whole number, or {@link Entry#NO_LONG}. */
    public long bigint(String field) throws JsonException {
        return bigint(field, Long.MIN_VALUE + 1, Long.MAX_VALUE);
    }

    private long bigint(String field, long min, long max) throws JsonException {
        in.peek();
        int from = in.position();
        long value = in.integer(Entry.NO_LONG);
        if (value >= min && value <= max) {
            return value;
        }
        in.back(from);
        String text = literal();
        if (text == null || text.isBlank()) {
            return Entry.NO_LONG;
        }
        Optional<Long> whole = OddValues.whole(text).filter(number -> number >= min && number <= max);
        if (whole.isEmpty()) {
            unreadable(field, text);
        }
        return whole.orElse(Entry.NO_LONG);
    }

    /** 1, 0 or {@link Entry#NO_INT}. */
    public int truth(String field) throws JsonException {
        int first = in.peek();
        if (first == 't' || first == 'f') {
            in.skip();
            return first == 't' ? 1 : 0;
        }
        String text = literal();
        if (text == null || text.isBlank()) {
            return Entry.NO_INT;
        }
        Optional<Integer> truth = OddValues.truth(text);
        if (truth.isEmpty()) {
            unreadable(field, text);
        }
        return truth.orElse(Entry.NO_INT);
    }

    /** Goes past a list of markets. */
    public void skipMarkets() throws JsonException {
        in.skip(markets, shared);
    }

    /** The link that people can open, of {@code external_urls}. */
    public int link(String field) throws JsonException {
        return only(link, field);
    }

    /** The recording code of {@code external_ids}, in capital letters. */
    public int isrc(String field) throws JsonException {
        int code = only(isrc, field);
        return code == Strings.NULL
                ? code
                : Texts.upperCase(strings, strings.bytes(), strings.start(code), strings.length(code));
    }

    /** The id of a user. */
    public int user(String field) throws JsonException {
        return notEmpty(only(id, field));
    }

    /** The name of a show. */
    public int showName(String field) throws JsonException {
        return only(show, field);
    }

    /** The text of the one field of {@code shape} in the object that follows; null for anything else. */
    public int only(FieldOrder shape, String field) throws JsonException {
        int text = Strings.NULL;
        if (object(field)) {
            for (int at = in.field(shape, FieldOrder.START); at != FieldOrder.END; at = in.field(shape, at)) {
                if (shape.name(at) == 0) {
                    text = text(field);
                } else {
                    in.skip();
                }
            }
        }
        return text;
    }

    /** The number as a text, or null for {@link Strings#NULL}. */
    @Nullable public String string(int text) {
        return text == Strings.NULL ? null : strings.string(text);
    }

    /** The address of the first image, which is the largest one. */
    public int firstImage(String field) throws JsonException {
        if (!array(field)) {
            return Strings.NULL;
        }
        int url = Strings.NULL;
        for (boolean first = true; in.element(first); first = false) {
            if (first) {
                url = only(image, field);
            } else {
                in.skip();
            }
        }
        return url;
    }

    /** Past the opening bracket of an array; any other value is skipped. */
    public boolean array(String field) throws JsonException {
        if (in.peek() == '[') {
            in.expect('[');
            return true;
        }
        wrongType(field);
        return false;
    }

    /** Where the value that follows stands in the window; it is skipped, and looked at only if it is needed. */
    public int placeOf() throws JsonException {
        in.peek();
        int from = in.position();
        in.skip();
        return from;
    }

    /**
     * The id of a song, album or artist that has none, from its uri or link.
     *
     * @param uri where its uri stands in the window, or -1
     * @param url its link, or {@link Strings#NULL}
     * @param href where its address stands in the window, or -1
     */
    public int idFrom(byte[] type, int uri, int url, int href) throws JsonException {
        int id = idAt(type, uri);
        if (id == Strings.NULL && url != Strings.NULL) {
            int at = Texts.idIn(type, strings.bytes(), strings.start(url), strings.length(url));
            id = at < 0 ? id : copy(at, Texts.ID_LENGTH);
        }
        return id == Strings.NULL ? idAt(type, href) : id;
    }

    private int idAt(byte[] type, int place) throws JsonException {
        if (place < 0) {
            return Strings.NULL;
        }
        int back = in.position();
        in.back(place);
        int id = Strings.NULL;
        if (in.peek() == '"') {
            in.string();
            int at = Texts.idIn(type, in.text(), in.textFrom(), in.textLength());
            id = at < 0 ? id : strings.intern(in.text(), at, Texts.ID_LENGTH);
        }
        in.back(back);
        return id;
    }

    /** A part of a text as a text of its own. */
    public int copy(int start, int length) {
        return strings.intern(Arrays.copyOfRange(strings.bytes(), start, start + length), 0, length);
    }
}
