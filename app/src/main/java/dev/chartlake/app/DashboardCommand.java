package dev.chartlake.app;

import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.Browser;
import dev.chartlake.app.settings.Environment;
import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.StatusLook;
import dev.chartlake.dashboard.export.DashboardExport;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.Plurals;
import dev.chartlake.print.ProgressLine;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.views.ViewSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dashboard}: the page. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description = {
            "Serves the dashboard on this machine until it is interrupted, and prints its address: the chart, what moved,"
                    + " songs, artists, comparisons, and SQL. Reads only.",
            "With --export: writes it as a static site instead."
        })
final class DashboardCommand implements Callable<Integer> {

    private static final String TOKEN = "CHARTLAKE_DASHBOARD_TOKEN";

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = ArgumentTypes.Port.class,
            description = "Port. Default: 8050; 0 takes any free one, and the line printed names it")
    private int port = 8050;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen on. Default: 127.0.0.1. Any other one can be reached by others, so a token is"
                            + " needed then: CHARTLAKE_DASHBOARD_TOKEN, or one that is made up and printed. There is no TLS:"
                            + " put a proxy in front")
    private String bind = "127.0.0.1";

    @Option(names = "--no-images", description = "Without covers, which browsers load from Spotify's image host")
    private boolean noImages;

    @Option(names = "--open", description = "Open it in this machine's browser")
    private boolean open;

    @Option(
            names = "--export",
            paramLabel = "DIR",
            description =
                    "Write a static site into this folder: it works from any web server, from S3, and from disk. An"
                            + " earlier one there is replaced when the new one is whole")
    private @Nullable Path export;

    @Option(
            names = "--days",
            paramLabel = "N",
            converter = ArgumentTypes.Count.class,
            description = "With --export: how many of each list's last snapshots can be looked at. Default: 28")
    private int days = 28;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (export != null && Files.exists(export) && !Files.isDirectory(export)) {
            throw new Failure(ExitCode.USAGE, "Not a folder: " + export + ". Name another one with --export.");
        }
        LocalStore store = lake.readable();
        QualityRules rules = lake.settings().quality();
        StatusLook look = () -> lake.status(rules);
        ViewSettings views = lake.settings().views();
        if (export != null) {
            ProgressLine progress = new ProgressLine(System.err, "Exporting");
            DashboardExport.Written written;
            try {
                written = DashboardExport.write(store, look, views, export, days, !noImages, progress::at);
            } finally {
                progress.end();
            }
            System.err.println("Wrote " + Plurals.count(written.files(), "file") + ", "
                    + Plurals.count(written.bytes() / 1000, "KB", "KB") + ". Open " + export.resolve("index.html"));
            DashboardExport.leftOut(days).forEach(System.err::println);
            return ExitCode.DONE;
        }
        lake.keepReadable();
        serve(store, look, views, options(), open);
        return ExitCode.DONE;
    }

    private DashboardServer.Options options() {
        InetAddress address;
        try {
            address = InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new Failure(ExitCode.USAGE, "No address of this machine: --bind " + bind);
        }
        String token = Environment.variables().get(TOKEN);
        if (token != null && token.isEmpty()) {
            token = null;
        }
        if (token != null && !token.matches("[A-Za-z0-9_-]{16,}")) {
            throw new Failure(
                    ExitCode.USAGE,
                    TOKEN + " must be at least 16 letters, digits, '_' or '-'. Leave it out to have one" + " made up.");
        }
        if (token == null && !address.isLoopbackAddress()) {
            byte[] random = new byte[16];
            new SecureRandom().nextBytes(random);
            token = HexFormat.of().formatHex(random);
        }
        return new DashboardServer.Options(address, port, token, !noImages);
    }

    /** Serves until the process is interrupted. */
    static void serve(
            LocalStore store, StatusLook look, ViewSettings views, DashboardServer.Options options, boolean open)
            throws IOException, InterruptedException {
        DashboardServer server;
        try {
            server = DashboardServer.start(store, look, views, options);
        } catch (IOException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage() + ". Name another --port, or 0 for any free one.");
        }
        try (server) {
            boolean madeUp = options.token() != null
                    && !options.token().equals(Environment.variables().get(TOKEN));
            String opened = server.url() + (options.token() == null ? "" : "?token=" + options.token());
            System.out.println("Dashboard: " + (madeUp ? opened : server.url()));
            System.out.flush();
            if (!opened.equals(server.url()) && !madeUp) {
                System.err.println("For the first visit, put ?token= and the value of " + TOKEN + " at the end of it.");
            }
            System.err.println("Press Ctrl+C to end it.");
            if (open) {
                Browser.open(opened);
            }
            new CountDownLatch(1).await();
        }
    }
}
