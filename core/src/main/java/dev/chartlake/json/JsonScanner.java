package dev.chartlake.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one JSON document from a stream through a window of bytes.
 *
 * <p>When a value reaches beyond the window, {@link Underflow} is thrown. Whoever reads a list or an object element by
 * element remembers the {@link #position()} before an element, and on {@code Underflow} calls {@link #refill(int)} with it
 * and reads the element again. So a document of any length is read in a window that holds its largest element.
 *
 * <p>The grammar is RFC 8259's, to the letter and also in what is skipped. Not for use by several threads; use again with
 * {@link #open(InputStream)}.
 */
public final class JsonScanner {

    /** The largest element: far more than Spotify sends for one entry, and a bound for memory. */
    static final int MAX_WINDOW = 16 << 20;

    /** How deep arrays and objects may lie in each other. */
    static final int MAX_DEPTH = 256;

    private static final int FIRST_WINDOW = 256 << 10;
    private static final int LONGEST_WORD = 10;

    /** Zeros behind the window's bytes: they end every run of characters, and a few can be looked at without asking. */
    private static final int PADDING = 8;

    private static final SharedValues NONE = new SharedValues();
    private static final byte END_OF_RUN = 1;
    private static final byte NON_ASCII = 2;

    /** What a byte means in a string: quotes, backslashes and control characters end a run of ordinary ones. */
    private static final byte[] KINDS = new byte[256];

    static {
        Arrays.fill(KINDS, 0, ' ', END_OF_RUN);
        Arrays.fill(KINDS, 0x80, 256, NON_ASCII);
        KINDS['"'] = END_OF_RUN;
        KINDS['\\'] = END_OF_RUN;
    }

    /** Signals that the window ends inside a value. */
    public static final class Underflow extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final Underflow SIGNAL = new Underflow();

        private Underflow() {
            super("window ends", null, false, false);
        }
    }

    private byte[] window = new byte[FIRST_WINDOW + PADDING];
    private int pos;
    private int limit;
    private long base;
    private boolean atEnd;
    private InputStream in = InputStream.nullInputStream();

    private byte[] text = window;
    private int textFrom;
    private int textLength;
    private byte[] decoded = new byte[256];
    private int hole;

    /** Starts a document. The stream is not closed. */
    public void open(InputStream document) throws IOException {
        in = document;
        pos = 0;
        limit = 0;
        base = 0;
        atEnd = false;
        fill();
        if (limit >= 3 && isMark(0)) {
            pos = 3; // a byte order mark, as some Windows editors leave it
        } else if (limit >= 2
                && (window[0] == 0 || window[1] == 0 || window[0] == (byte) 0xfe || window[0] == (byte) 0xff)) {
            throw error("not UTF-8 but UTF-16 or UTF-32");
        }
    }

    /** Where the scanner is, for {@link #refill(int)}. */
    public int position() {
        return pos;
    }

    /** Bytes from the start of the document to the scanner. */
    public long offset() {
        return base + pos;
    }

    /** Makes room for more of the document behind {@code from}, and goes back there. */
    public void refill(int from) throws IOException {
        int kept = limit - from;
        if (from == 0 && limit == window.length - PADDING) {
            if (limit >= MAX_WINDOW) {
                throw error("a single value of more than " + (MAX_WINDOW >> 20) + " MB");
            }
            window = Arrays.copyOf(window, Math.min(limit * 4, MAX_WINDOW) + PADDING);
        } else {
            System.arraycopy(window, from, window, 0, kept);
        }
        base += from;
        pos = 0;
        limit = kept;
        fill();
    }

    private boolean isMark(int at) {
        return window[at] == (byte) 0xef && window[at + 1] == (byte) 0xbb && window[at + 2] == (byte) 0xbf;
    }

    /** False at the document's start, where white space and one mark can be. */
    private boolean isBehindValue(int p) {
        int end = p;
        while (end > 0 && window[end - 1] <= ' ' && window[end - 1] >= 0) {
            end--;
        }
        return base > 0 || end > 3 || end > 0 && !isMark(0);
    }

    private void fill() throws IOException {
        while (limit < window.length - PADDING) {
            int read = in.read(window, limit, window.length - PADDING - limit);
            if (read < 0) {
                atEnd = true;
                break;
            }
            limit += read;
        }
        Arrays.fill(window, limit, limit + PADDING, (byte) 0);
    }

    /** The next byte that is not white space, which stays there. */
    public int peek() throws JsonException {
        int p = pos;
        byte[] w = window;
        while (true) {
            int b = w[p];
            if (b > ' ') {
                pos = p;
                return b;
            }
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                pos = p;
                return p >= limit ? end() : b;
            }
            p++;
        }
    }

    /** True and past it, if {@code expected} is next. */
    public boolean next(char expected) throws JsonException {
        if (peek() == expected) {
            pos++;
            return true;
        }
        return false;
    }

    /** Goes past {@code expected}, which must be next. */
    public void expect(char expected) throws JsonException {
        if (!next(expected)) {
            throw error("'" + expected + "' expected, found " + found());
        }
    }

    /**
     * True if only white space is left, or byte order marks behind a value: files that were put together have some between
     * their documents.
     */
    public boolean finished() throws IOException {
        while (true) {
            int p = pos;
            while (p < limit && (window[p] == ' ' || window[p] == '\n' || window[p] == '\r' || window[p] == '\t')) {
                p++;
            }
            pos = p;
            boolean mayBeMark = p == limit || window[p] == (byte) 0xef;
            if (mayBeMark && limit - p < 3 && !atEnd) {
                refill(p);
            } else if (mayBeMark && limit - p >= 3 && isMark(p) && isBehindValue(p)) {
                pos = p + 3;
            } else {
                return p == limit;
            }
        }
    }

    /**
     * After the opening brace ({@link FieldOrder#START}) or the value of the field that was found before: goes to the value of
     * the next field and answers its state in {@code shape}, or {@link FieldOrder#END} behind the closing brace.
     */
    public int field(FieldOrder shape, int state) throws JsonException {
        int length = shape.expected(state, window, pos, limit);
        if (length > 0) {
            pos += length;
            return shape.follow(state);
        }
        return unexpectedField(shape, state);
    }

    private int unexpectedField(FieldOrder shape, int state) throws JsonException {
        int from = pos;
        if (next('}')) {
            return FieldOrder.END;
        }
        if (state != FieldOrder.START) {
            expect(',');
        }
        string();
        int found = shape.find(text, textFrom, textLength);
        expect(':');
        peek();
        shape.learn(state, found, window, from, pos);
        return found;
    }

    /** After {@code [} or a value of an array: true if another value follows, false behind the closing bracket. */
    public boolean element(boolean first) throws JsonException {
        if (next(']')) {
            return false;
        }
        if (!first) {
            expect(',');
        }
        return true;
    }

    /** Reads a string; its text is then in {@link #text()}, {@link #textFrom()} and {@link #textLength()}. */
    public void string() throws JsonException {
        if (!next('"')) {
            throw noString();
        }
        int from = pos;
        int end = plainEnd(from);
        if (window[end] == '"') {
            text = window;
            textFrom = from;
            textLength = end - from;
            pos = end + 1;
        } else {
            decode(from, end);
        }
    }

    /** The end of the run of ordinary characters from {@code from}: at a quote, a backslash or what is wrong. */
    private int plainEnd(int from) throws JsonException {
        byte[] w = window;
        int p = from;
        boolean nonAscii = false;
        while (true) {
            byte kind = KINDS[w[p] & 0xff];
            if (kind == END_OF_RUN) {
                break;
            }
            nonAscii |= kind == NON_ASCII;
            p++;
        }
        if (p >= limit) {
            pos = limit;
            end();
        }
        if (nonAscii) {
            int bad = Utf8.firstInvalid(w, from, p);
            if (bad >= 0) {
                pos = bad;
                throw error("not UTF-8: byte 0x" + Integer.toHexString(w[bad] & 0xff));
            }
        }
        if (w[p] != '"' && w[p] != '\\') {
            pos = p;
            throw error("control character 0x" + Integer.toHexString(w[p]) + " in a string");
        }
        return p;
    }

    private void decode(int from, int firstEscape) throws JsonException {
        int start = from;
        int end = firstEscape;
        int length = 0;
        while (true) {
            ensureDecoded(length + end - start + 4 + PADDING);
            System.arraycopy(window, start, decoded, length, end - start);
            length += end - start;
            if (window[end] == '"') {
                break;
            }
            pos = end;
            length = Utf8.write(decoded, length, escape());
            start = pos;
            end = plainEnd(start);
        }
        text = decoded;
        textFrom = 0;
        textLength = length;
        pos = end + 1;
    }

    private void ensureDecoded(int size) {
        if (decoded.length < size) {
            decoded = Arrays.copyOf(decoded, size * 2);
        }
    }

    /** Reads an escape sequence at the scanner, a pair of surrogates as one code point. */
    private int escape() throws JsonException {
        if (pos + 1 >= limit) {
            return end();
        }
        int c = window[pos + 1];
        pos += 2;
        switch (c) {
            case '"', '\\', '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                int unit = hex();
                if (Character.isHighSurrogate((char) unit) && pos + 5 >= limit && !atEnd) {
                    return end();
                }
                if (Character.isHighSurrogate((char) unit) && window[pos] == '\\' && window[pos + 1] == 'u') {
                    int back = pos;
                    pos += 2;
                    int low = hex();
                    if (Character.isLowSurrogate((char) low)) {
                        return Character.toCodePoint((char) unit, (char) low);
                    }
                    pos = back;
                }
                return unit;
            default:
                pos -= 2;
                throw error("no such escape sequence: \\" + (c >= ' ' ? String.valueOf((char) c) : "?"));
        }
    }

    private int hex() throws JsonException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            if (pos >= limit) {
                return end();
            }
            int digit = window[pos] < 0 ? -1 : Character.digit(window[pos], 16);
            if (digit < 0) {
                throw error("four hexadecimal digits expected after \\u");
            }
            value = value << 4 | digit;
            pos++;
        }
        return value;
    }

    /** The array that holds the last string's text, Valid until the next call. */
    public byte[] text() {
        return text;
    }

    /** Where the text starts. */
    public int textFrom() {
        return textFrom;
    }

    /** The text's length in bytes. */
    public int textLength() {
        return textLength;
    }

    /** True and past it, if {@code null} is next. */
    public boolean nextNull() throws JsonException {
        if (peek() != 'n') {
            return false;
        }
        literal('n');
        return true;
    }

    /** Goes past {@code true}, {@code false} or {@code null}, whichever {@code first} begins. */
    void literal(int first) throws JsonException {
        String expected = first == 't' ? "true" : first == 'f' ? "false" : "null";
        int length = expected.length();
        for (int i = 0; i < length; i++) {
            if (pos + i >= limit) {
                pos = limit;
                end();
            }
            if (window[pos + i] != expected.charAt(i)) {
                throw error("a value expected, found " + found());
            }
        }
        if (pos + length >= limit && !atEnd) {
            end();
        }
        if (isNamePart(window[pos + length])) {
            throw error("a value expected, found " + found());
        }
        pos += length;
    }

    private static boolean isNamePart(int b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '$';
    }

    /**
     * Reads an integer. Any other well-formed value is skipped and is {@code otherwise}: null, a fraction, a number out
     * of range, or another type.
     */
    public long integer(long otherwise) throws JsonException {
        int first = peek();
        if (first != '-' && (first < '0' || first > '9')) {
            skip();
            return otherwise;
        }
        int from = pos;
        boolean whole = number();
        int digits = pos - from - (first == '-' ? 1 : 0);
        if (!whole || digits > 18) {
            return otherwise;
        }
        long value = 0;
        for (int i = first == '-' ? from + 1 : from; i < pos; i++) {
            value = value * 10 + window[i] - '0';
        }
        return first == '-' ? -value : value;
    }

    /** Goes past a number; true if it has neither fraction nor exponent. */
    boolean number() throws JsonException {
        int p = pos;
        byte[] w = window;
        if (w[p] == '-') {
            p++;
        }
        int from = p;
        p = digits(p);
        if (p > from + 1 && w[from] == '0') {
            throw error("number with a leading zero");
        }
        boolean whole = true;
        if (w[p] == '.' && p < limit) {
            whole = false;
            p = digits(p + 1);
        }
        if ((w[p] == 'e' || w[p] == 'E') && p < limit) {
            whole = false;
            p++;
            if (w[p] == '+' || w[p] == '-') {
                p++;
            }
            p = digits(p);
        }
        if (p >= limit && !atEnd) {
            pos = limit;
            end();
        }
        pos = p;
        if (p < limit && isNamePart(w[p])) {
            throw error("number followed by " + found());
        }
        return whole;
    }

    private int digits(int from) throws JsonException {
        int p = from;
        while (window[p] >= '0' && window[p] <= '9') {
            p++;
        }
        if (p == from) {
            pos = p;
            if (p >= limit) {
                end();
            }
            throw error("digit expected, found " + found());
        }
        return p;
    }

    /** Goes past any value. */
    public void skip() throws JsonException {
        Skipping.value(this);
    }

    /** The number of the value at the scanner and past it, if it is one of {@code known}; else it stays there. */
    public int recurring(Recurring known) {
        int number = known.find(window, pos, limit);
        if (number != Recurring.UNKNOWN) {
            pos += known.foundLength();
            hole = known.foundHole();
        }
        return number;
    }

    /** The number in the hole of the value found last, or {@code otherwise} if it has none. */
    public int hole(int otherwise) {
        return hole < 0 ? otherwise : hole;
    }

    /**
     * Remembers the value from {@code from}, a {@link #position()}, to the scanner, with a hole from {@code hole} to
     * {@code holeEnd}, or at the scanner for none, and with what is in it of {@code shared}. False if it cannot be
     * remembered.
     */
    public boolean remember(Recurring known, int from, int holeFrom, int holeEnd, SharedValues shared) {
        return known.remember(window, from, pos, holeFrom, holeEnd, shared);
    }

    /** Goes past a value of which {@code known} may hold the like, and adds it to {@code shared} if it does. */
    public void skip(Recurring known, SharedValues shared) throws JsonException {
        peek();
        int from = pos;
        int number = recurring(known);
        if (number == Recurring.UNKNOWN) {
            skip();
            number = known.count();
            if (!known.remember(window, from, pos, pos, pos, NONE)) {
                return;
            }
        }
        known.share(number, from, shared);
    }

    /** Goes back to a {@link #position()}. */
    public void back(int position) {
        pos = position;
    }

    /** The bytes between two {@link #position()}s. */
    public byte[] bytes(int from, int to) {
        return Arrays.copyOfRange(window, from, to);
    }

    /** True and past them, if these bytes are next; never for none. */
    public boolean repeats(byte[] bytes) {
        int end = pos + bytes.length;
        boolean same = bytes.length > 0 && end <= limit && Arrays.equals(bytes, 0, bytes.length, window, pos, end);
        pos = same ? end : pos;
        return same;
    }

    /** Goes past a value that is probably the same as the one from {@code from} to {@code to}. */
    public void skipSame(int from, int to) throws JsonException {
        int length = to - from;
        if (length > 0 && pos + length <= limit && Arrays.equals(window, from, to, window, pos, pos + length)) {
            pos += length;
        } else {
            skip();
        }
    }

    /** Goes past codes of two capital letters in quotes as long as another string follows: markets come by the hundred. */
    void skipCodes() {
        int p = pos;
        byte[] w = window;
        while (p + 6 <= limit
                && w[p] == '"'
                && isCapital(w[p + 1])
                && isCapital(w[p + 2])
                && w[p + 3] == '"'
                && w[p + 4] == ','
                && w[p + 5] == '"') {
            p += 5;
        }
        pos = p;
    }

    private static boolean isCapital(byte letter) {
        return letter >= 'A' && letter <= 'Z';
    }

    /** Goes past a string without keeping its text. */
    void skipString() throws JsonException {
        if (!next('"')) {
            throw noString();
        }
        int p = plainEnd(pos);
        while (window[p] != '"') {
            pos = p;
            escape();
            p = plainEnd(pos);
        }
        pos = p + 1;
    }

    private JsonException noString() {
        return error(
                pos < limit && window[pos] == '\''
                        ? "a text in single quotes, as Python prints it, and not JSON: save it with json.dump"
                        : "'\"' expected, found " + found());
    }

    /** What is wrong with the value at the scanner, which starts like none. */
    JsonException noValue() {
        int to = pos;
        while (to < limit && isNamePart(window[to]) && to - pos < LONGEST_WORD) {
            to++;
        }
        String word = new String(window, pos, to - pos, StandardCharsets.ISO_8859_1);
        return switch (word) {
            case "None", "True", "False" -> error(word + ", as Python prints it, and not JSON: save it with json.dump");
            case "NaN", "Infinity" -> error(word + ", which JSON does not have: save it as null");
            default -> pos < limit && window[pos] == '\'' ? noString() : error("a value expected, found " + found());
        };
    }

    /** An error at the scanner. */
    public JsonException error(String message) {
        return new JsonException(message, offset());
    }

    /** What is at the scanner, for a message. */
    public String found() {
        if (pos >= limit) {
            return "the end";
        }
        int b = window[pos] & 0xff;
        return b > ' ' && b < 0x7f ? "'" + (char) b + "'" : "byte 0x" + Integer.toHexString(b);
    }

    private int end() throws JsonException {
        if (atEnd) {
            throw error("the document ends inside a value: it is truncated");
        }
        throw Underflow.SIGNAL;
    }
}
