package dev.chartlake.entry;

import dev.chartlake.text.Strings;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what Spotify writes as text: times, ids in links, release dates, codes. */
public final class Texts {

    private static final long MICROS_PER_SECOND = 1_000_000L;
    public static final int ID_LENGTH = 22;
    public static final byte[] SONG = ascii("track");
    public static final byte[] ALBUM = ascii("album");
    public static final byte[] ARTIST = ascii("artist");
    public static final byte[] PLAYLIST = ascii("playlist");

    private Texts() {}

    /**
     * Microseconds of {@code 2024-04-22T11:06:52Z}, or {@link Entry#NO_LONG} for any other form and for 1970-01-01, which
     * old charts carry instead of no time.
     */
    static long time(byte[] text, int from, int length) {
        if (length != 20 || text[from + 10] != 'T' || text[from + 19] != 'Z') {
            return Entry.NO_LONG;
        }
        if (text[from + 13] != ':' || text[from + 16] != ':') {
            return Entry.NO_LONG;
        }
        long day = day(text, from);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        if (day <= 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return Entry.NO_LONG;
        }
        return (day * 86_400 + hour * 3_600L + minute * 60L + second) * MICROS_PER_SECOND;
    }

    /** Days since 1970 of the ten characters {@code 2024-04-22}, or {@link Entry#NO_INT} if they are no date. */
    static int day(byte[] text, int from) {
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        if (text[from + 4] != '-' || text[from + 7] != '-' || year < 1 || month < 1 || day < 1) {
            return Entry.NO_INT;
        }
        try {
            return (int) LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            return Entry.NO_INT;
        }
    }

    /**
     * Days since 1970 of a release date, or {@link Entry#NO_INT} if it does not name a day: {@code 1969}, {@code 1969-07}
     * and {@code 0000} do not.
     */
    public static int releaseDay(byte[] text, int from, int length) {
        return length == 10 ? day(text, from) : Entry.NO_INT;
    }

    private static int number(byte[] text, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The playlist id in an address such as {@code …/v1/playlists/<id>/tracks?offset=100}. */
    public static @Nullable String playlistId(byte[] text, int from, int length) {
        byte[] marker = PLAYLISTS;
        for (int i = from; i + marker.length + ID_LENGTH <= from + length; i++) {
            if (Arrays.equals(text, i, i + marker.length, marker, 0, marker.length)) {
                int start = i + marker.length;
                int end = start;
                while (end < from + length && isBase62(text[end])) {
                    end++;
                }
                return end - start == ID_LENGTH ? new String(text, start, ID_LENGTH, StandardCharsets.US_ASCII) : null;
            }
        }
        return null;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Where the id of this type stands in a URI ({@code spotify:track:<id>}), a link
     * ({@code https://open.spotify.com/intl-de/track/<id>?si=…}) or an address of the Web API ({@code …/v1/tracks/<id>});
     * -1 if there is none.
     */
    public static int idIn(byte[] type, byte[] text, int from, int length) {
        int end = from + length;
        for (int i = from; i + 1 + type.length + 1 + ID_LENGTH <= end; i++) {
            boolean separated = text[i] == ':' || text[i] == '/';
            if (!separated || !Arrays.equals(text, i + 1, i + 1 + type.length, type, 0, type.length)) {
                continue;
            }
            int at = i + 1 + type.length;
            at += text[i] == '/' && text[at] == 's' ? 1 : 0;
            if (text[at] == text[i] && isIdAlone(text, at + 1, end)) {
                return at + 1;
            }
        }
        return -1;
    }

    private static boolean isIdAlone(byte[] text, int at, int end) {
        int to = at;
        while (to < end && isBase62(text[to])) {
            to++;
        }
        return to - at == ID_LENGTH;
    }

    /** True for a URI of this type, such as {@code spotify:track:}, whatever follows. */
    public static boolean isUri(byte[] type, byte[] text, int from, int length) {
        int at = from + SCHEME.length;
        return length > SCHEME.length + type.length
                && Arrays.equals(text, from, at, SCHEME, 0, SCHEME.length)
                && Arrays.equals(text, at, at + type.length, type, 0, type.length)
                && text[at + type.length] == ':';
    }

    private static final byte[] SCHEME = ascii("spotify:");

    /** The {@code offset} parameter of an address, or -1. */
    public static int offset(byte[] text, int from, int length) {
        int end = from + length;
        for (int i = from; i + OFFSET.length < end; i++) {
            boolean starts = text[i] == '?' || text[i] == '&';
            if (starts && Arrays.equals(text, i + 1, i + 1 + OFFSET.length, OFFSET, 0, OFFSET.length)) {
                int at = i + 1 + OFFSET.length;
                int digits = 0;
                while (at + digits < end && digits < 9 && text[at + digits] >= '0' && text[at + digits] <= '9') {
                    digits++;
                }
                return digits == 0 ? -1 : number(text, at, digits);
            }
        }
        return -1;
    }

    private static final byte[] OFFSET = {'o', 'f', 'f', 's', 'e', 't', '='};
    private static final byte[] PLAYLISTS = {'/', 'p', 'l', 'a', 'y', 'l', 'i', 's', 't', 's', '/'};

    /** True for what a playlist, song, album or artist id looks like: 22 letters and digits. */
    public static boolean isId(String text) {
        boolean id = text.length() == ID_LENGTH;
        for (int i = 0; id && i < ID_LENGTH; i++) {
            id = isBase62(text.charAt(i));
        }
        return id;
    }

    private static boolean isBase62(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** The number of a recording code in capital letters: some labels deliver it in small ones. */
    static int upperCase(Strings strings, byte[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (text[i] >= 'a' && text[i] <= 'z') {
                byte[] upper = Arrays.copyOfRange(text, from, from + length);
                for (int k = 0; k < length; k++) {
                    upper[k] -= (byte) (upper[k] >= 'a' && upper[k] <= 'z' ? 'a' - 'A' : 0);
                }
                return strings.intern(upper, 0, length);
            }
        }
        return strings.intern(text, from, length);
    }
}
