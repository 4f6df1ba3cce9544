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

    /** Forces the bytes to the disk. Does nothing the second time. */
    void finish() throws IOException {
        if (finished) {
            return;
        }
        if (bytes != null) {
            try (FileOutputStream written = new FileOutputStream(file.toFile())) {
                written.write(bytes);
                written.getChannel().force(true);
            }
        } else if (out instanceof FileOutputStream open && open.getChannel().isOpen()) {
            open.getChannel().force(true);
            open.close();
        } else {
            force(file, StandardOpenOption.WRITE);
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
