package dev.chartlake.intake;

import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Collects the bytes of an object of unknown size: a small one in memory, a larger one in a staged file. */
final class Spool extends OutputStream {

    private final ObjectStore store;
    private ByteArrayOutputStream small = new ByteArrayOutputStream();
    private @Nullable Staged large;
    private long size;

    Spool(ObjectStore store) {
        this.store = store;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        size += length;
        if (large == null && size > ObjectStore.SMALL) {
            large = store.stage();
            small.writeTo(large.out());
            small = new ByteArrayOutputStream();
        }
        (large == null ? small : large.out()).write(bytes, from, length);
    }

    /** How many bytes were written. */
    long size() {
        return size;
    }

    /** All that was written, which the caller closes. Called once, at the end. */
    Staged staged() throws IOException {
        if (large == null) {
            return store.stage(small.toByteArray());
        }
        large.out().close();
        return large;
    }

    /** Gives up what was written. */
    void discard() throws IOException {
        if (large != null) {
            large.close();
        }
    }
}
