package dev.chartlake.intake.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bounds what one packed file may unpack to, all that it holds taken together. Used by one thread. */
final class UnpackingLimit {

    /** All charts of ten years in one CSV file have 4 GB. */
    private static final long MAX_UNPACKED = 16L << 30;

    /** Text of charts and playlists becomes 5 to 60 times smaller; what is made to fill disks, 1,000 times. */
    private static final long MAX_RATIO = 250;

    /** Up to here the ratio means nothing: a short text that repeats itself packs very well. */
    private static final long ANY_RATIO = 64L << 20;

    private final long most;
    private long unpacked;
    private boolean exceeded;

    /** {@code packedSize} is the size of the packed file in bytes. */
    UnpackingLimit(long packedSize) {
        most = Math.min(MAX_UNPACKED, Math.max(ANY_RATIO, packedSize * MAX_RATIO));
    }

    /** Signals that there is more than there may be. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Refuses an archive that says itself that it holds more, before any of it is unpacked. */
    void check(long declared) throws Refusal {
        if (declared > most) {
            exceeded = true;
            throw new Refusal(
                    "it says that it unpacks to " + (declared >> 20) + " MB, much more than charts and playlists do",
                    "Unpack it and import what it holds.");
        }
    }

    /** True if something was more than it may be. */
    boolean isExceeded() {
        return exceeded;
    }

    /** The stream, which throws {@link Exceeded} where the limit is. */
    InputStream limited(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                count(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                int read = super.read(to, offset, length);
                count(Math.max(0, read));
                return read;
            }
        };
    }

    private void count(int bytes) throws Exceeded {
        unpacked += bytes;
        if (unpacked > most) {
            exceeded = true;
            throw new Exceeded();
        }
    }
}
