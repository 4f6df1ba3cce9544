package dev.chartlake.quality;

import dev.chartlake.table.Strings;
import dev.chartlake.table.TableRows;

/** Ids are 22 letters and digits. */
final class IdCheck {

    private static final int LENGTH = 22;
    private static final boolean[] BASE62 = new boolean[256];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            BASE62[c] = c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a';
        }
    }

    private IdCheck() {}

    static boolean isId(TableRows rows, int row, int column) {
        Strings strings = rows.strings();
        int text = rows.integer(row, column);
        if (strings.length(text) != LENGTH) {
            return false;
        }
        byte[] bytes = strings.bytes();
        int start = strings.start(text);
        boolean plain = true;
        for (int i = start; i < start + LENGTH; i++) {
            plain &= BASE62[bytes[i] & 0xff];
        }
        return plain;
    }
}
