package dev.chartlake.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Catches what one test's commands print while other tests print, too: each thread, and those it starts, has its own. */
final class Console {

    private static final InheritableThreadLocal<@Nullable ByteArrayOutputStream> OUT = new InheritableThreadLocal<>();
    private static final InheritableThreadLocal<@Nullable ByteArrayOutputStream> ERR = new InheritableThreadLocal<>();

    static {
        System.setOut(routed(OUT, System.out));
        System.setErr(routed(ERR, System.err));
    }

    private Console() {}

    /** Runs a command and keeps what it prints. */
    static Ended run(IntSupplier command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OUT.set(out);
        ERR.set(err);
        try {
            int code = command.getAsInt();
            return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            OUT.remove();
            ERR.remove();
        }
    }

    private static PrintStream routed(ThreadLocal<@Nullable ByteArrayOutputStream> own, PrintStream usual) {
        OutputStream routed = new OutputStream() {
            private OutputStream to() {
                OutputStream mine = own.get();
                return mine == null ? usual : mine;
            }

            @Override
            public void write(int b) throws IOException {
                to().write(b);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                to().write(bytes, from, length);
            }

            @Override
            public void flush() throws IOException {
                to().flush();
            }
        };
        return new PrintStream(routed, true, StandardCharsets.UTF_8);
    }
}
