package dev.chartlake.quality;

import dev.chartlake.entry.Texts;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.util.Arrays;

/**
 * Which texts are well formed. Remembers the good ones by their numbers, because most ids and dates come back the next day.
 * Used by one thread, for one day after the other.
 */
public final class WellFormedTexts {

    private static final int ID_LENGTH = 22;
    private static final int FIRST_YEAR = 1860;
    private static final int FULL_DATE = 10;
    private static final byte GOOD_ID = 1;
    private static final byte GOOD_RELEASE = 2;
    private static final boolean[] BASE62 = new boolean[256];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            BASE62[c] = c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a';
        }
    }

    private Strings strings = new Strings();
    private int generation;
    private int lastYear;
    private byte[] good = new byte[1 << 12];

    /** Texts are numbers of {@code texts} from now on, and releases of up to {@code year} are good. */
    void use(Strings texts, int year) {
        if (texts != strings || texts.generation() != generation || year != lastYear) {
            strings = texts;
            generation = texts.generation();
            lastYear = year;
            Arrays.fill(good, (byte) 0);
        }
        if (good.length < texts.count()) {
            good = Arrays.copyOf(good, Math.max(good.length * 2, texts.count()));
        }
    }

    /** True for 22 letters and digits. */
    boolean isId(int text) {
        if ((good[text] & GOOD_ID) != 0) {
            return true;
        }
        if (strings.length(text) != ID_LENGTH) {
            return false;
        }
        byte[] bytes = strings.bytes();
        int start = strings.start(text);
        for (int i = start; i < start + ID_LENGTH; i++) {
            if (!BASE62[bytes[i] & 0xff]) {
                return false;
            }
        }
        good[text] |= GOOD_ID;
        return true;
    }

    /** True if it begins with a year that can be, and is a day of the calendar if it has the form of one. */
    boolean isRelease(int text) {
        if ((good[text] & GOOD_RELEASE) != 0) {
            return true;
        }
        byte[] bytes = strings.bytes();
        int start = strings.start(text);
        int length = strings.length(text);
        int year = year(bytes, start, length);
        boolean noDay = length == FULL_DATE && Texts.releaseDay(bytes, start, length) == TableRows.NO_INT;
        if (noDay || year < FIRST_YEAR || year > lastYear) {
            return false;
        }
        good[text] |= GOOD_RELEASE;
        return true;
    }

    private static int year(byte[] text, int start, int length) {
        int year = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = length < 4 ? -1 : text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            year = year * 10 + digit;
        }
        return year;
    }
}
