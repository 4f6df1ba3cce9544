package dev.chartlake.app;

import dev.chartlake.trials.Hang;
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
        return new Running(command).run();
    }

    /** Starts a command in a thread of its own. */
    static Running start(IntSupplier command) {
        Running running = new Running(command);
        running.thread = new Thread(running::run);
        running.thread.start();
        return running;
    }

    /** A command, and what it has printed so far. */
    static final class Running {
        private final IntSupplier command;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private volatile @Nullable Ended ended;
        private Thread thread = Thread.currentThread();

        private Running(IntSupplier command) {
            this.command = command;
        }

        private Ended run() {
            OUT.set(out);
            ERR.set(err);
            try {
                int code = command.getAsInt();
                Ended now = new Ended(code, out(), err());
                ended = now;
                return now;
            } finally {
                OUT.remove();
                ERR.remove();
            }
        }

        String out() {
            return out.toString(StandardCharsets.UTF_8);
        }

        String err() {
            return err.toString(StandardCharsets.UTF_8);
        }

        boolean isRunning() {
            return ended == null && thread.isAlive();
        }

        /** Waits for its end. */
        Ended end() throws InterruptedException {
            thread.join(Hang.LIMIT.toMillis());
            if (ended == null) {
                throw new AssertionError("No end. It printed: " + out() + err());
            }
            return ended;
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
