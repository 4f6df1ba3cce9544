package dev.chartlake.app;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.simulator.Fault;
import dev.chartlake.simulator.Limit;
import dev.chartlake.simulator.Regime;
import dev.chartlake.simulator.SignInOptions;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.answer.Dialect;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
            "Serves a generated Spotify on 127.0.0.1 until it is interrupted: the accounts service, where the users sim_ola"
                    + " and sim_kari can sign in, and the playlists and personal endpoints of the Web API. Client id demo,"
                    + " client secret demo-secret.",
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
            names = "--regime",
            paramLabel = "extended|legacy-dev|dev",
            description =
                    "Which kind of app the caller is: with extended quota, or in development mode, made before or since"
                            + " 11 February 2026. Decides fields, endpoints and refusals")
    private @Nullable String regime;

    @Option(
            names = "--dialect",
            paramLabel = "legacy|transition|2026",
            description =
                    "The older option for the same fields and endpoints, but each list counts as the caller's own."
                            + " Default, without --regime: legacy")
    private @Nullable String dialect;

    @Option(names = "--auto-consent", description = "Users agree at once, without a page")
    private boolean autoConsent;

    @Option(
            names = "--rotate-refresh-tokens",
            description = "Each refresh gives out a new refresh token and ends the one before")
    private boolean rotate;

    @Option(
            names = "--refresh-lifetime",
            paramLabel = "SECONDS",
            description = "How long refresh tokens live. Default: six months of simulated time after the user agreed")
    private @Nullable Integer refreshLifetime;

    @Option(
            names = "--limit",
            paramLabel = "N/30s",
            description = "Answer so many requests in so many seconds, and more with 429. Default: no limit")
    private @Nullable String limit;

    @Option(
            names = "--quota",
            paramLabel = "N/day",
            description = "Answer so many requests in a day, and more with 429 and QUOTA_EXCEEDED. Default: no quota")
    private @Nullable String quota;

    @Option(
            names = "--recordings",
            paramLabel = "DIR",
            description = "Serve recorded answers <list>/<date>.json from this folder instead of the generated ones")
    private @Nullable Path recordings;

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "What goes wrong, such as 429:retry-after=2,times=1, 502, html, empty, reset, truncate,"
                    + " slow:millis=500, quota, premium, unregistered, null-entries:every=7, edit:after=1. Repeatable")
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
        if (regime != null && dialect != null) {
            throw new IllegalArgumentException("Either --regime or --dialect: --dialect is its older form.");
        }
        if (refreshLifetime != null && refreshLifetime < 1) {
            throw new IllegalArgumentException(
                    "--refresh-lifetime is a number of seconds, not " + refreshLifetime + ".");
        }
        Duration life = refreshLifetime == null ? null : Duration.ofSeconds(refreshLifetime);
        SimulatorOptions options = SimulatorOptions.defaults()
                .withPort(port)
                .withRecordings(recordings)
                .withFaults(faults.stream().map(Fault::parse).toList())
                .withSignIn(new SignInOptions(autoConsent, rotate, life))
                .withRate(limit == null ? Limit.NONE : Limit.parse(limit))
                .withQuota(quota == null ? Limit.NONE : Limit.parse(quota));
        options = regime != null
                ? options.withRegime(Regime.parse(regime))
                : options.withDialect(dialect == null ? Dialect.LEGACY : Dialect.parse(dialect));
        return date == null ? options : options.withDate(date);
    }
}
