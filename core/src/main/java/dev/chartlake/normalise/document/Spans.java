package dev.chartlake.normalise.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Documents of a larger one, copied byte for byte into an array, as UTF-8.
 *
 * @param spans where they stand in the file as UTF-8, in their order
 * @param extent whether they are all that the file has
 */
public record Spans(List<Span> spans, Extent extent) implements Part.Cut {

    /** How much of a file is wanted. */
    public enum Extent {
        /** All of it, so that it is archived as it is. */
        WHOLE,
        /** A part of it. */
        PART
    }

    /** The bytes from {@code from} to before {@code to}. */
    public record Span(long from, long to) {}

    @Override
    public boolean isWhole() {
        return extent == Extent.WHOLE;
    }

    @Override
    public void copy(InputStream whole, OutputStream to) throws IOException {
        if (isWhole()) {
            whole.transferTo(to);
            return;
        }
        to.write('[');
        elements(whole, to);
        to.write(']');
    }

    @Override
    public void elements(InputStream whole, OutputStream to) throws IOException {
        InputStream text = UnicodeInput.utf8(whole);
        long at = 0;
        for (Span span : spans) {
            text.skipNBytes(span.from() - at);
            if (at > 0) {
                to.write(',');
            }
            copy(text, to, span.to() - span.from());
            at = span.to();
        }
    }

    private static void copy(InputStream from, OutputStream to, long length) throws IOException {
        byte[] buffer = new byte[(int) Math.min(1 << 16, length)];
        long left = length;
        while (left > 0) {
            int read = from.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
            if (read == 0) {
                throw new IOException("The file became shorter while it was read.");
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }
}
