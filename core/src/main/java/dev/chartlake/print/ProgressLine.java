package dev.chartlake.print;

import dev.chartlake.model.Progress;
import java.io.PrintStream;

/** Says on stderr how far long work is: a line that changes on a terminal, a line every few seconds elsewhere. */
public final class ProgressLine implements Progress {

    private static final long PLAIN_EVERY_NANOS = 5_000_000_000L;
    private static final long TERMINAL_EVERY_NANOS = 100_000_000L;
    private static final int WIDTH = 24;

    private final PrintStream out;
    private final boolean terminal;
    private final String what;
    private long last = System.nanoTime();
    private boolean drawn;

    public ProgressLine(PrintStream out, String what) {
        this.out = out;
        this.terminal = Terminal.decorated();
        this.what = what;
    }

    /** Shows the state, unless it was shown a moment ago. */
    @Override
    public synchronized void at(int done, int of) {
        long now = System.nanoTime();
        boolean due = now - last >= (terminal ? TERMINAL_EVERY_NANOS : PLAIN_EVERY_NANOS);
        if (!due || of <= 0) {
            return;
        }
        last = now;
        if (terminal) {
            int filled = (int) ((long) WIDTH * done / of);
            out.print("\r" + what + " [" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + done + "/" + of);
            out.flush();
            drawn = true;
        } else {
            out.println(what + " " + done + "/" + of);
        }
    }

    /** Removes the line. */
    public synchronized void end() {
        if (drawn) {
            out.print("\r\033[K");
            out.flush();
            drawn = false;
        }
    }
}
