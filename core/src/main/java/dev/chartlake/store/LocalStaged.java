package dev.chartlake.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A temporary file that becomes an object of a {@link LocalStore}. */
final class LocalStaged implements ObjectStore.Staged {

    private static final boolean FOLDERS_CAN_BE_FORCED =
            !System.getProperty("os.name", "").startsWith("Windows");

    private final Path file;
    private final FileOutputStream out;
    private boolean finished;

    LocalStaged(Path file) throws IOException {
        this.file = file;
        this.out = new FileOutputStream(file.toFile());
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public InputStream in() throws IOException {
        return Files.newInputStream(file);
    }

    Path file() {
        return file;
    }

    /** Forces the bytes to the disk. Does nothing the second time. */
    void finish() throws IOException {
        if (!finished) {
            if (out.getChannel().isOpen()) {
                out.getChannel().force(true);
                out.close();
            } else {
                force(file, StandardOpenOption.WRITE);
            }
            finished = true;
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
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
