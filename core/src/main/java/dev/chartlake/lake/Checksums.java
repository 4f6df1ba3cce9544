package dev.chartlake.lake;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Streams that count and sum up what goes through them. */
public final class Checksums {

    private Checksums() {}

    /**
     * What identifies bytes.
     *
     * @param size how many there are
     * @param crc32c their checksum, eight hexadecimal digits
     */
    public record Sum(long size, String crc32c) {}

    /** Opens what is to be summed up. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    /** Reads all bytes, in bounded memory. */
    public static Sum of(Opening opening) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[1 << 17];
        long size = 0;
        try (InputStream in = opening.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
                size += read;
            }
        }
        return new Sum(size, hex(crc));
    }

    /** Eight hexadecimal digits. */
    public static String hex(CRC32C crc) {
        return HexFormat.of().toHexDigits(crc.getValue(), 8);
    }

    /** Sums up what is read. */
    public static final class In extends FilterInputStream {
        private final CRC32C crc;

        public In(InputStream in, CRC32C crc) {
            super(in);
            this.crc = crc;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) {
                crc.update(b);
            }
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = in.read(bytes, from, length);
            if (read > 0) {
                crc.update(bytes, from, read);
            }
            return read;
        }
    }

    /** Sums up and counts what is written. */
    public static final class Out extends FilterOutputStream {
        private final CRC32C crc = new CRC32C();
        private long size;

        /** Passes everything on to {@code out}. */
        public Out(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            crc.update(b);
            size++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            crc.update(bytes, from, length);
            size += length;
        }

        /** Bytes written so far. */
        public long size() {
            return size;
        }

        /** The checksum so far, eight hexadecimal digits. */
        public String crc32c() {
            return hex(crc);
        }
    }
}
