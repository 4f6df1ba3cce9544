package dev.chartlake.store;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A temporary file that becomes an object of a {@link LocalStore}. */
final class LocalStaged implements ObjectStore.Staged {

    private static final boolean FOLDERS_CAN_BE_FORCED =
            !System.getProperty("os.name", "").startsWith("Windows");

    private final Path file;
    private final OutputStream out;
    /** All bytes, if there is no file before it must be. */
    private final byte @Nullable [] bytes;

    private boolean finished;

    /** Makes the file. */
    LocalStaged(Path file) throws IOException {
        this.file = file;
        this.out = new FileOutputStream(file.toFile());
        this.bytes = null;
    }

    /** Makes the file when it is {@linkplain #finish() finished}, and keeps its bytes in memory. */
    LocalStaged(Path file, byte[] bytes) {
        this.file = file;
        this.out = OutputStream.nullOutputStream();
        this.bytes = bytes;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public InputStream in() throws IOException {
        return bytes == null ? Files.newInputStream(file) : new ByteArrayInputStream(bytes);
    }

    Path file() {
        return file;
    }

    /** True if its bytes are in no file yet. */
    boolean isInMemory() {
        return bytes != null && !finished;
    }

    /** Writes the bytes that are in memory to a new file, which still has to be forced to the disk. */
    void write(Path to) throws IOException {
        try (FileOutputStream written = new FileOutputStream(to.toFile())) {
            written.write(Objects.requireNonNull(bytes));
        }
    }

    /** Forces the bytes to the disk. Does nothing the second time. */
    void finish() throws IOException {
        if (finished) {
            return;
        }
        if (bytes != null) {
            write(file);
            forceFile(file);
        } else if (out instanceof FileOutputStream open && open.getChannel().isOpen()) {
            open.getChannel().force(true);
            open.close();
        } else {
            forceFile(file);
        }
        finished = true;
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (bytes == null || finished) {
            Files.deleteIfExists(file);
        }
    }

    /** Forces the bytes of a file to the disk. */
    static void forceFile(Path file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    /** Forces the names in a folder to the disk. */
    static void forceFolder(Path folder) throws IOException {
        if (FOLDERS_CAN_BE_FORCED) {
            force(folder, StandardOpenOption.READ);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
