package dev.chartlake.aws.s3;

import dev.chartlake.store.ObjectStore;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * An object that waits in a temporary file until it is uploaded. The file has no name any more where the system allows
 * that, so a process that is killed leaves nothing behind.
 */
final class S3Staged implements ObjectStore.Staged {

    private final FileChannel file;
    private final OutputStream out;
    private final CRC32C crc = new CRC32C();

    S3Staged() throws IOException {
        Path path = Files.createTempFile("chartlake-", ".staged");
        file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            Files.delete(path);
        } catch (IOException e) {
            // Deleted when it is closed, then.
        }
        out = new Summed(Channels.newOutputStream(file));
    }

    /** Sums what passes. Closing it leaves the file open to be read. */
    private final class Summed extends FilterOutputStream {
        Summed(OutputStream to) {
            super(to);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            crc.update(bytes, from, length);
        }

        @Override
        public void close() {}
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public InputStream in() throws IOException {
        return in(0, size());
    }

    /** The bytes from {@code from} to before {@code to}. */
    InputStream in(long from, long to) {
        return new Slice(file, from, to);
    }

    long size() throws IOException {
        return file.size();
    }

    /** The CRC32C of all bytes as S3 writes it. */
    String checksum() {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Reads a part of a file at its own pace; several can be read at once. */
    private static final class Slice extends InputStream {
        private final FileChannel file;
        private final long to;
        private long at;

        Slice(FileChannel file, long from, long to) {
            this.file = file;
            this.at = from;
            this.to = to;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at >= to) {
                return -1;
            }
            int read = file.read(ByteBuffer.wrap(bytes, from, (int) Math.min(length, to - at)), at);
            at += Math.max(read, 0);
            return read;
        }
    }
}
