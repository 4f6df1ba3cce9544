package dev.chartlake.app;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What one command printed and ended with, run in this process at a time of the test's choice. */
record CommandLineRun(int code, String out, String err) {

    static CommandLineRun of(String... arguments) {
        return at("2026-11-21T15:30:00Z", arguments);
    }

    /** Runs it at that time. */
    static CommandLineRun at(String now, String... arguments) {
        Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
        Ended ended = Console.run(() -> Main.run(clock, arguments));
        return new CommandLineRun(ended.code(), ended.out(), ended.err());
    }
}
