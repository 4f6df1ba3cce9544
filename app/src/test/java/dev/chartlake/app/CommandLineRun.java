package dev.chartlake.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What one command printed and ended with, run in this process: tests that use it lock {@code Resources.SYSTEM_OUT}. */
record CommandLineRun(int code, String out, String err) {

    static CommandLineRun of(String... arguments) {
        return at("2026-11-21T15:30:00Z", arguments);
    }

    /** Runs it at that time. */
    static CommandLineRun at(String now, String... arguments) {
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code = Main.run(Clock.fixed(Instant.parse(now), ZoneOffset.UTC), arguments);
            return new CommandLineRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.out.flush();
            System.err.flush();
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }
}
