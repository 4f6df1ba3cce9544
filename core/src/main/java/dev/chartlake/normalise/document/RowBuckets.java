package dev.chartlake.normalise.document;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of many charts or days, in the order of a file, to be taken out chart by chart. Charts share buckets; what a bucket
 * has no room for in memory waits in one temporary file. To take out a chart, its bucket is read into memory. Used by one
 * thread.
 */
public final class RowBuckets implements Closeable {

    private static final int BUCKETS = 256;
    private static final int ROOM = 1 << 16;

    private static final class Bucket {
        private ByteBuffer rows = ByteBuffer.allocate(1 << 10);
        private final List<long[]> chunks = new ArrayList<>();
    }

    private final Bucket[] buckets = new Bucket[BUCKETS];
    private byte[] header = {};
    private @Nullable FileChannel file;
    private int loaded = -1;
    private final Map<Integer, ByteArrayOutputStream> charts = new HashMap<>();

    /** The bucket of a chart; those of one bucket are best taken out one after the other. */
    public static int bucket(int chart) {
        return chart % BUCKETS;
    }

    /** Keeps the header, which each chart begins with. */
    public void header(byte[] bytes, int from, int to) {
        header = Arrays.copyOfRange(bytes, from, to);
    }

    /** Adds a row with its line end. */
    public void add(int chart, byte[] bytes, int from, int to) throws IOException {
        int number = bucket(chart);
        Bucket bucket = buckets[number] == null ? (buckets[number] = new Bucket()) : buckets[number];
        int length = to - from + 2 * Integer.BYTES;
        if (bucket.rows.remaining() < length) {
            makeRoom(bucket, length);
        }
        bucket.rows.putInt(chart).putInt(to - from).put(bytes, from, to - from);
    }

    private void makeRoom(Bucket bucket, int length) throws IOException {
        if (bucket.rows.position() + length > ROOM && bucket.rows.position() > 0) {
            spill(bucket);
        }
        if (bucket.rows.remaining() < length) {
            ByteBuffer larger = ByteBuffer.allocate(
                    Math.max(bucket.rows.position() + length, Math.min(ROOM, bucket.rows.capacity() * 2)));
            larger.put(bucket.rows.flip());
            bucket.rows = larger;
        }
    }

    private void spill(Bucket bucket) throws IOException {
        FileChannel to = file;
        try {
            if (to == null) {
                Path path = Files.createTempFile("chartlake-", ".rows");
                to = FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
                file = to;
            }
            bucket.chunks.add(new long[] {to.size(), bucket.rows.position()});
            bucket.rows.flip();
            long at = to.size();
            while (bucket.rows.hasRemaining()) {
                at += to.write(bucket.rows, at);
            }
            bucket.rows.clear();
        } catch (IOException e) {
            throw new IOException("No room for temporary files: " + e.getMessage(), e);
        }
    }

    /** Writes the header and the rows of a chart. */
    public void copy(int chart, OutputStream to) throws IOException {
        if (bucket(chart) != loaded) {
            load(bucket(chart));
        }
        to.write(header);
        ByteArrayOutputStream rows = charts.get(chart);
        if (rows != null) {
            rows.writeTo(to);
        }
    }

    private void load(int number) throws IOException {
        charts.clear();
        loaded = number;
        Bucket bucket = buckets[number];
        if (bucket == null) {
            return;
        }
        for (long[] chunk : bucket.chunks) {
            ByteBuffer rows = ByteBuffer.allocate((int) chunk[1]);
            FileChannel from = file;
            while (from != null && rows.hasRemaining()) {
                if (from.read(rows, chunk[0] + rows.position()) < 0) {
                    throw new EOFException("A temporary file became shorter.");
                }
            }
            sort(rows.flip());
        }
        sort(bucket.rows.duplicate().flip());
    }

    private void sort(ByteBuffer rows) {
        while (rows.hasRemaining()) {
            int chart = rows.getInt();
            int length = rows.getInt();
            ByteArrayOutputStream of = charts.computeIfAbsent(chart, number -> new ByteArrayOutputStream());
            of.write(rows.array(), rows.position(), length);
            rows.position(rows.position() + length);
        }
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(buckets, null);
        charts.clear();
        loaded = -1;
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
