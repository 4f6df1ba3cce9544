package dev.chartlake.app.print;

import dev.chartlake.outcome.ErrorText;
import dev.chartlake.outcome.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** This process's stdout. Java's own keeps it to itself when the disk is full, so half a result would look like all of it. */
public final class StandardOutput extends OutputStream {

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private volatile @Nullable IOException failure;

    private StandardOutput() {}

    /** Has {@link System#out} write here. */
    public static StandardOutput install() {
        StandardOutput installed = new StandardOutput();
        System.setOut(new PrintStream(installed, false, StandardCharsets.UTF_8));
        return installed;
    }

    /** The exit code of a command that ended with {@code code}: another one if not all could be written. */
    public int checked(int code) {
        System.out.flush();
        @Nullable IOException e = failure;
        if (e == null || isClosedPipe(e)) {
            return code;
        }
        System.err.println("Not all was written to stdout: " + ErrorText.of(e));
        return Math.max(code, ExitCode.SOME_FAILED);
    }

    /** The reader has seen enough, as {@code head} has. */
    private static boolean isClosedPipe(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
