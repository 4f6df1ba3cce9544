package dev.chartlake.aws.lambda;

import dev.chartlake.metrics.Metrics;
import java.io.PrintStream;
import java.time.Clock;

/** A function's log: each line that it prints is an event of CloudWatch's. */
final class Log {

    private final PrintStream out;
    private final String lake;
    private final Clock clock;

    Log(PrintStream out, String lake, Clock clock) {
        this.out = out;
        this.lake = lake;
        this.clock = clock;
    }

    void say(String text) {
        out.println(text.replaceAll("\\R", " "));
    }

    void measured(Metrics metrics) {
        if (!metrics.values().isEmpty()) {
            out.println(MetricLine.of(metrics, lake, clock.instant()));
        }
        out.flush();
    }
}
