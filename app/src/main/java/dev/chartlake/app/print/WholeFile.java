package dev.chartlake.app.print;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A text file that is written beside its place and moved there when it is whole, so no reader sees a part of it. */
final class WholeFile implements Closeable {

    private final Path target;
    private final Path part;
    private final Writer writer;

    private WholeFile(Path target, Path part) throws IOException {
        this.target = target;
        this.part = part;
        part.toFile().deleteOnExit(); // for a process that a signal ends
        writer = new BufferedWriter(new OutputStreamWriter(
                new Named(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW), target), StandardCharsets.UTF_8));
    }

    /** Throws {@link Failure} if {@code file} cannot become a file, before any work is done for it. */
    static void check(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new Failure(ExitCode.USAGE, "Not a file: " + file + " is a folder. Name a file in it.");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Failure(
                    ExitCode.USAGE, "No folder " + folder + " for the file " + file.getFileName() + ". Make it first.");
        }
    }

    /** Begins a file that replaces {@code file}, or what {@code file} links to, by {@link #publish}. */
    static WholeFile begin(Path file) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        return new WholeFile(
                target,
                target.resolveSibling("." + target.getFileName() + "."
                        + ProcessHandle.current().pid() + ".tmp"));
    }

    /** True for devices and pipes, such as {@code /dev/stderr}: they are written to and not replaced. */
    static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /** Takes the text, as UTF-8. */
    Writer writer() {
        return writer;
    }

    /** Moves it into place, with the permissions of the file that it replaces. */
    void publish() throws IOException {
        writer.close();
        @Nullable PosixFileAttributeView old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (old != null && Files.exists(target)) {
            Files.setPosixFilePermissions(part, old.readAttributes().permissions());
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Without {@link #publish}, nothing is left. */
    @Override
    public void close() throws IOException {
        try {
            writer.close();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Names the file when it cannot be written: the operating system gives only a reason, such as a full disk. */
    private static final class Named extends FilterOutputStream {
        private final Path file;

        Named(OutputStream out, Path file) {
            super(out);
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw new FileSystemException(
                        file.toString(), null, Objects.requireNonNullElse(e.getMessage(), "cannot be written"));
            }
        }
    }
}
