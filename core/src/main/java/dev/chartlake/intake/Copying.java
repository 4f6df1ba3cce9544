package dev.chartlake.intake;

import dev.chartlake.intake.files.Refusal;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** Copies the bytes of files. */
final class Copying {

    private static final int BLOCK = 1 << 16;
    private static final byte[] ZEROS = new byte[BLOCK];

    /** More than any list has: all charts of ten years in one CSV file have 4 GB. */
    private static final long MAX_SIZE = 16L << 30;

    private Copying() {}

    /**
     * Copies a file of text. Throws {@link Refusal} as soon as it has a block of zeros, as sparse files have, or is too
     * large.
     *
     * @return how many bytes it has
     */
    static long text(InputStream in, OutputStream out) throws IOException, Refusal {
        byte[] block = new byte[BLOCK];
        long size = 0;
        while (true) {
            int read = in.readNBytes(block, 0, BLOCK);
            if (read == 0) {
                return size;
            }
            refuseZeros(block, 0, read, size);
            size += read;
            if (size > MAX_SIZE) {
                throw new Refusal("it has more than " + (MAX_SIZE >> 30) + " GiB", "Split it into smaller files.");
            }
            out.write(block, 0, read);
        }
    }

    /** Refuses what {@link #text} refuses. */
    static void checkText(byte[] file) throws Refusal {
        for (int from = 0; from < file.length; from += BLOCK) {
            refuseZeros(file, from, Math.min(file.length, from + BLOCK), from);
        }
    }

    private static void refuseZeros(byte[] bytes, int from, int to, long offset) throws Refusal {
        if (Arrays.equals(bytes, from, to, ZEROS, 0, to - from)) {
            throw new Refusal(
                    "there are only zero bytes from byte " + offset + " on, so it is not text", "Get the file again.");
        }
    }

    /** Writes one page as it is, and several as a JSON array of what is in them. */
    static void pages(List<HeldPage> pages, OutputStream out) throws IOException {
        if (pages.size() == 1) {
            try (InputStream in = pages.get(0).staged().in()) {
                in.transferTo(out);
            }
            return;
        }
        for (int i = 0; i < pages.size(); i++) {
            out.write(i == 0 ? '[' : ',');
            try (InputStream in = pages.get(i).staged().in()) {
                pages.get(i).part().elements(in, out);
            }
        }
        out.write(']');
    }

    static boolean same(Staged a, Staged b) throws IOException {
        try (InputStream x = new BufferedInputStream(a.in());
                InputStream y = new BufferedInputStream(b.in())) {
            while (true) {
                byte[] left = x.readNBytes(BLOCK);
                if (!Arrays.equals(left, y.readNBytes(BLOCK))) {
                    return false;
                }
                if (left.length == 0) {
                    return true;
                }
            }
        }
    }
}
