package dev.chartlake.normalise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Documents of a larger one, copied byte for byte into an array.
 *
 * @param spans where they stand, in their order
 */
record Spans(List<Span> spans) implements Part.Cut {

    /** The bytes from {@code from} to before {@code to}. */
    record Span(long from, long to) {}

    @Override
    public void copy(InputStream whole, OutputStream to) throws IOException {
        long at = 0;
        to.write('[');
        for (Span span : spans) {
            whole.skipNBytes(span.from() - at);
            if (at > 0) {
                to.write(',');
            }
            copy(whole, to, span.to() - span.from());
            at = span.to();
        }
        to.write(']');
    }

    private static void copy(InputStream from, OutputStream to, long length) throws IOException {
        byte[] buffer = new byte[1 << 16];
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
