package dev.chartlake.app;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.simulator.Fault;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.answer.Dialect;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulate}: the simulator alone. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Serves a generated Spotify on 127.0.0.1 until it is interrupted: the accounts service and the playlists of the"
                    + " Web API. Client id demo, client secret demo-secret.",
            "Lists: 4ChartLakeGlobalTop50A and 4ChartLakeNorwayTop50A are charts that move from day to day,"
                    + " 2ChartLakeOddEntriesAA holds every odd entry, 0SizedDemoList00010000 has 10,000 entries (any"
                    + " number of five digits). docs/simulator.md names the others."
        })
final class SimulateCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = ArgumentTypes.Port.class,
            description = "Port. Default: any free one; the line printed names it")
    private int port;

    @Option(names = "--date", paramLabel = "DATE", description = "The day it plays (YYYY-MM-DD). Default: 2026-11-21")
    private @Nullable LocalDate date;

    @Option(
            names = "--dialect",
            paramLabel = "legacy|transition|2026",
            description = "Which fields and endpoints it has. Default: legacy")
    private String dialect = Dialect.LEGACY.label();

    @Option(
            names = "--recordings",
            paramLabel = "DIR",
            description = "Serve recorded answers <list>/<date>.json from this folder instead of the generated ones")
    private @Nullable Path recordings;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "What goes wrong, such as 429:retry-after=2,times=1, 502, html, empty, reset, truncate,"
                    + " slow:millis=500, quota, premium, null-entries:every=7, edit:after=1. Repeatable")
    private List<String> faults = List.of();

    @Override
    public Integer call() throws InterruptedException {
        if (recordings != null && !Files.isDirectory(recordings)) {
            throw new Failure(ExitCode.USAGE, "No folder " + recordings + ". Name one with <list>/<date>.json in it.");
        }
        try (Simulator simulator = Simulator.start(options())) {
            // A signal ends the process without coming back here.
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "close-simulator"));
            System.out.println(simulator.readyLine());
            System.out.flush();
            new CountDownLatch(1).await();
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage() + ". Name another --port.");
        }
    }

    private SimulatorOptions options() {
        SimulatorOptions options = SimulatorOptions.defaults()
                .withPort(port)
                .withDialect(Dialect.parse(dialect))
                .withRecordings(recordings)
                .withFaults(faults.stream().map(Fault::parse).toList());
        return date == null ? options : options.withDate(date);
    }
}
