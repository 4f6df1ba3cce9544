package dev.chartlake.normalise.charts;

import dev.chartlake.json.JsonException;
import dev.chartlake.json.Utf8;
import dev.chartlake.normalise.document.UnicodeInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Splits a CSV file into records and fields without making objects of them. The separator is that of the first line. Files
 * in UTF-16 are converted to UTF-8; other bytes that are not UTF-8 are an error. A file of any length is read in a window
 * as large as its longest record. Used by one thread, for one file after the other.
 */
final class CsvRecords {

    private static final int FIRST_WINDOW = 1 << 16;
    private static final int MAX_RECORD = 1 << 20;
    private static final int MAX_FIELDS = 1000;
    private static final int MAX_CHARACTER = 4;
    private static final byte[] SEPARATORS = {',', ';', '\t', '|'};
    private static final int MORE = -1;

    private InputStream in = InputStream.nullInputStream();
    private byte[] window = new byte[FIRST_WINDOW];
    private int limit;
    private boolean ended;
    private long windowAt;
    private boolean utf16;
    private long utf16Bytes;
    private byte separator;

    private int from;
    private int to;
    private long line;
    private long nextLine;
    private int count;
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    /** Of each field, whether it has doubled quotes. */
    private boolean[] doubled = new boolean[32];

    private byte[] scratch = new byte[256];

    private final SongFields songs;
    /** The song whose fields were recognised in the record, or {@link SongFields#UNKNOWN}. */
    private int song = SongFields.UNKNOWN;

    /** Recognises nothing. */
    CsvRecords() {
        this(new SongFields());
    }

    /** Recognises the fields in {@code songs}. */
    CsvRecords(SongFields songs) {
        this.songs = songs;
    }

    /** Starts a file, which is not closed. */
    void open(InputStream file) throws IOException {
        in = file;
        limit = 0;
        ended = false;
        windowAt = 0;
        from = 0;
        to = 0;
        line = 0;
        nextLine = 1;
        count = 0;
        utf16 = false;
        utf16Bytes = 0;
        load();
        Charset charset = UnicodeInput.charset(window, limit);
        if (charset != null) {
            byte[] start = Arrays.copyOf(window, limit);
            in = new UnicodeInput(new SequenceInputStream(new ByteArrayInputStream(start), file), charset);
            limit = 0;
            ended = false;
            load();
            utf16 = true;
        }
        boolean marked = limit >= 3 && window[0] == (byte) 0xef && window[1] == (byte) 0xbb && window[2] == (byte) 0xbf;
        to = marked ? 3 : 0;
        utf16Bytes = utf16 ? marked ? 2 : 0 : 0;
        separator = mostFrequent();
    }

    /** The separator that the first line has most of, not counting what is quoted; a comma if it has none. */
    private byte mostFrequent() {
        int[] counts = new int[SEPARATORS.length];
        boolean quoted = false;
        for (int i = to; i < limit && (quoted || window[i] != '\n' && window[i] != '\r'); i++) {
            quoted ^= window[i] == '"';
            for (int s = 0; s < SEPARATORS.length && !quoted; s++) {
                counts[s] += window[i] == SEPARATORS[s] ? 1 : 0;
            }
        }
        int best = 0;
        for (int s = 1; s < SEPARATORS.length; s++) {
            best = counts[s] > counts[best] ? s : best;
        }
        return SEPARATORS[best];
    }

    /** The beginning of the file without white space, as far as it has been read. */
    boolean startsWith(char first) {
        int i = to;
        while (i < limit && window[i] >= 0 && window[i] <= ' ') {
            i++;
        }
        return i < limit && window[i] == first;
    }

    /** Goes to the next record; false at the end of the file. */
    boolean next() throws IOException {
        if (utf16) {
            utf16Bytes += utf16Length(from == to ? to : from, to);
        }
        from = to;
        line = nextLine;
        while (true) {
            if (from == limit && ended) {
                return false;
            }
            int end = from == limit ? MORE : scan();
            if (end != MORE) {
                to = end;
                return true;
            }
            fill();
        }
    }

    /** Finds the fields of the record at {@link #from}; returns where the next one begins, or {@link #MORE}. */
    private int scan() throws JsonException {
        byte[] bytes = window;
        int end = limit;
        byte between = separator;
        long lines = line;
        int at = from;
        int all = 0; // negative once there was a byte that is not ASCII
        count = 0;
        song = SongFields.UNKNOWN;
        while (true) {
            if (count == songs.first() && song == SongFields.UNKNOWN) {
                song = songs.find(bytes, at, end);
                if (song != SongFields.UNKNOWN) {
                    at = recognised(at);
                }
            }
            int start = at;
            boolean twice = false;
            if (at < end && bytes[at] == '"') {
                start = ++at;
                while (true) {
                    byte b;
                    while (at < end && (b = bytes[at]) != '"') {
                        lines += b == '\n' ? 1 : 0;
                        all |= b;
                        at++;
                    }
                    if (at + 1 >= end && !ended) {
                        return MORE;
                    }
                    if (at == end) {
                        throw new JsonException(
                                "line " + line + ": a quotation mark is opened and never closed", offset());
                    }
                    if (at + 1 < end && bytes[at + 1] == '"') {
                        twice = true;
                        at += 2;
                    } else {
                        break;
                    }
                }
                field(start, at++, twice);
            } else {
                byte b;
                while (at < end && (b = bytes[at]) != between && b != '\n' && b != '\r') {
                    all |= b;
                    at++;
                }
                field(start, at, false);
            }
            if (at == end) {
                return ended ? ended(at, lines, all) : MORE;
            }
            byte behind = bytes[at++];
            if (behind == '\n') {
                return ended(at, lines, all);
            }
            if (behind == '\r') {
                return at == end && !ended ? MORE : ended(at < end && bytes[at] == '\n' ? at + 1 : at, lines, all);
            }
            if (behind != between) {
                throw new JsonException("line " + line + ": text follows a closing quotation mark", offset());
            }
        }
    }

    /** Takes the fields of the recognised song, which begin at {@code from}; returns where the next one begins. */
    private int recognised(int from) {
        int behind = count + songs.fields();
        while (behind > starts.length) {
            moreFields();
        }
        songs.bounds(song, from, starts, ends, doubled, count);
        count = behind;
        return from + songs.length(song);
    }

    /** The record that was scanned ends before {@code next}; only one with other bytes than ASCII can be wrong. */
    private int ended(int next, long lines, int all) throws JsonException {
        if (all < 0) {
            check(next);
        }
        nextLine = lines + 1;
        return next;
    }

    private void field(int start, int end, boolean twice) throws JsonException {
        if (count == starts.length) {
            if (count > MAX_FIELDS) {
                throw new JsonException("line " + line + ": more than " + MAX_FIELDS + " fields", offset());
            }
            moreFields();
        }
        starts[count] = start;
        ends[count] = end;
        doubled[count++] = twice;
    }

    private void moreFields() {
        starts = Arrays.copyOf(starts, starts.length * 2);
        ends = Arrays.copyOf(ends, ends.length * 2);
        doubled = Arrays.copyOf(doubled, doubled.length * 2);
    }

    /** Makes room behind the record that is being read, and reads on. */
    private void fill() throws IOException {
        if (from > 0) {
            System.arraycopy(window, from, window, 0, limit - from);
            windowAt += from;
            limit -= from;
            to -= from;
            from = 0;
        }
        if (limit == window.length) {
            checkWhole();
            if (limit >= MAX_RECORD) {
                throw new JsonException("line " + line + ": longer than " + (MAX_RECORD >> 20) + " MB", offset());
            }
            window = Arrays.copyOf(window, limit * 2);
        }
        load();
    }

    private void load() throws IOException {
        while (limit < window.length && !ended) {
            int read = in.read(window, limit, window.length - limit);
            ended = read < 0;
            limit += Math.max(0, read);
        }
    }

    /** A long record may be no text at all. A character that is cut by the end of the window is checked later. */
    private void checkWhole() throws JsonException {
        int bad = Utf8.firstInvalid(window, from, limit);
        if (bad >= 0 && bad <= limit - MAX_CHARACTER) {
            check(limit);
        }
    }

    /** Checks the record that is being read up to {@code end}. */
    private void check(int end) throws JsonException {
        int bad = Utf8.firstInvalid(window, from, end);
        if (bad >= 0) {
            throw new JsonException("not UTF-8: byte 0x" + Integer.toHexString(window[bad] & 0xff), windowAt + bad);
        }
    }

    /** The line at which the record begins, counted from 1. */
    long line() {
        return line;
    }

    /** Where the record begins, in bytes of the file. */
    long offset() {
        return utf16 ? utf16Bytes : windowAt + from;
    }

    private long utf16Length(int start, int end) {
        long length = 0;
        for (int i = start; i < end; i++) {
            int b = window[i] & 0xff;
            length += b >= 0xf0 ? 4 : b >= 0xc0 || b < 0x80 ? 2 : 0;
        }
        return length;
    }

    /** The array that holds the record; valid until {@link #next()}. */
    byte[] bytes() {
        return window;
    }

    /** Where in {@link #bytes()} the record begins, in UTF-8. */
    int from() {
        return from;
    }

    /** Where in {@link #bytes()} the next record begins. */
    int to() {
        return to;
    }

    /** How many fields the record has. */
    int count() {
        return count;
    }

    /** True if the field has nothing but blanks, or is not there. */
    boolean isBlank(int field) {
        if (field < count) {
            for (int i = starts[field]; i < ends[field]; i++) {
                if (window[i] != ' ' && window[i] != '\t') {
                    return false;
                }
            }
        }
        return true;
    }

    /** True if the field has doubled quotation marks, and must be read by {@link #copy}. */
    boolean isDoubled(int field) {
        return doubled[field];
    }

    /** True if the field is in quotation marks, which are no part of it. */
    boolean isQuoted(int field) {
        return starts[field] > from && window[starts[field] - 1] == '"';
    }

    /** The separator of the file. */
    byte separator() {
        return separator;
    }

    /** The song whose fields were recognised in the record, or {@link SongFields#UNKNOWN}. */
    int song() {
        return song;
    }

    /** Where in {@link #bytes()} a field begins that is not {@link #isDoubled}. */
    int start(int field) {
        return starts[field];
    }

    /** Where in {@link #bytes()} it ends. */
    int end(int field) {
        return ends[field];
    }

    /** Copies a field with its doubled quotation marks made single; {@link #copied()} has the bytes. Returns their number. */
    int copy(int field) {
        int length = 0;
        int end = ends[field];
        if (end - starts[field] > scratch.length) {
            scratch = new byte[(end - starts[field]) * 2];
        }
        for (int i = starts[field]; i < end; i++) {
            scratch[length++] = window[i];
            i += doubled[field] && window[i] == '"' ? 1 : 0;
        }
        return length;
    }

    /** What {@link #copy} has copied, from index 0. */
    byte[] copied() {
        return scratch;
    }

    /** The field as a text without blanks around it; empty if it is not there. */
    String text(int field) {
        if (field >= count) {
            return "";
        }
        int length = copy(field);
        return new String(scratch, 0, length, StandardCharsets.UTF_8).strip();
    }
}
