package dev.chartlake.normalise;

import dev.chartlake.json.JsonException;
import dev.chartlake.normalise.document.JsonDocuments;
import dev.chartlake.normalise.document.UnicodeInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Names the line in which a file is broken. In JSON Lines that is the line that begins with the broken document. */
final class BrokenLine {

    private BrokenLine() {}

    /** The error with its line, if the file has more than one. */
    static JsonException named(JsonException error, JsonDocuments documents, RawReader.Source file) throws IOException {
        if (error.offset() < 0) {
            return error;
        }
        long start = documents.documentFrom();
        long line = 1;
        long lastFilled = 1;
        long documentLine = 1;
        long errorLine = 1;
        boolean blank = true;
        long filled = 0;
        long filledBefore = 0;
        boolean known = false;
        try (InputStream in = new BufferedInputStream(UnicodeInput.utf8(file.open()))) {
            int b = in.read();
            for (long at = 0; b >= 0 && !known; b = in.read(), at++) {
                if (at == start) {
                    documentLine = line;
                    filledBefore = filled;
                }
                if (at <= error.offset()) {
                    // A line that ends too early is found out where the next one begins.
                    errorLine = at == error.offset() && blank && (b == '{' || b == '[') ? lastFilled : line;
                }
                if (b == '\n') {
                    line++;
                    blank = true;
                } else if (blank && b > ' ') {
                    blank = false;
                    filled++;
                    lastFilled = line;
                }
                known = at > error.offset() && filled > 1;
            }
        }
        // Each document before took one line, so this one should, too.
        boolean lines = documents.documents() > 0 && filledBefore == documents.documents();
        return line > 1 && filled > 1
                ? new JsonException(
                        "line " + (lines ? documentLine : errorLine) + ": " + error.getMessage(), error.offset())
                : error;
    }
}
