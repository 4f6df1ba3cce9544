package dev.chartlake.dashboard;

import dev.chartlake.dashboard.Queries.BadRequest;
import dev.chartlake.dashboard.http.WebAnswer;
import dev.chartlake.dashboard.http.WebHandler;
import dev.chartlake.dashboard.http.WebLimits;
import dev.chartlake.dashboard.http.WebReply;
import dev.chartlake.dashboard.http.WebRequest;
import dev.chartlake.dashboard.http.WebServer;
import dev.chartlake.lake.LakeStatus;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.query.QueryException;
import dev.chartlake.store.LocalStore;
import dev.chartlake.views.ViewSettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Serves the page and its data over HTTP, read-only: files that are part of the application, {@code GET /api/VIEW}, and
 * {@code POST /api/sql}. Files are answered at once; views and SQL have threads of their own, so neither waits for the
 * other, and what does not fit into their queues is refused.
 */
public final class DashboardServer implements Closeable {

    private static final int VIEWS_AT_A_TIME = 4;
    private static final int VIEWS_WAITING = 64;
    private static final String BUSY = "The dashboard is busy with other queries. Try again in a moment.";

    /** The longest path that an error repeats, in characters. */
    private static final int SHOWN_PATH = 200;

    private final WebServer server;
    private final ExecutorService views = threads(VIEWS_AT_A_TIME, new LinkedBlockingQueue<>(VIEWS_WAITING));
    private final ExecutorService sql;
    private final DashboardData data;
    private final SqlProcesses queries;
    private final Status status;
    private final Access access;
    private final Options options;

    /**
     * How to serve.
     *
     * @param address where to listen
     * @param port 0 for any free one
     * @param token what a browser has to show, or null; needed where {@code address} is not loopback
     * @param images whether covers are shown
     * @param limits what a client may cost
     * @param sql what SQL may cost
     */
    public record Options(
            InetAddress address, int port, @Nullable String token, boolean images, WebLimits limits, SqlLimits sql) {

        /** With the usual limits. */
        public Options(InetAddress address, int port, @Nullable String token, boolean images) {
            this(address, port, token, images, WebLimits.USUAL, SqlLimits.USUAL);
        }

        /** On loopback, at any free port. */
        public static Options loopback() {
            return new Options(InetAddress.getLoopbackAddress(), 0, null, true);
        }
    }

    private DashboardServer(LocalStore store, StatusLook look, ViewSettings views, Options options) throws IOException {
        if (!options.address().isLoopbackAddress() && options.token() == null) {
            throw new IllegalArgumentException("An address that other machines can reach needs a token.");
        }
        this.options = options;
        access = new Access(options.address(), options.token());
        status = new Status(look);
        sql = threads(options.sql().atATime() + options.sql().waiting(), new SynchronousQueue<>());
        data = new DashboardData(store, views);
        queries = new SqlProcesses(store.root(), views, options.sql());
        try {
            server = new WebServer(
                    new InetSocketAddress(options.address(), options.port()),
                    options.limits(),
                    headers(),
                    DashboardServer::error,
                    new Requests());
        } catch (IOException e) {
            queries.close();
            data.close();
            throw new IOException(
                    "Cannot listen on " + options.address().getHostAddress() + ":" + options.port() + " ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    /** Starts to serve. Throws if the port is taken. */
    public static DashboardServer start(LocalStore store, QualityRules rules, Options options) throws IOException {
        return start(store, () -> LakeStatus.of(store, rules), options);
    }

    /** The same for a copy of a lake elsewhere, whose status {@code look} tells. */
    public static DashboardServer start(LocalStore copy, StatusLook look, Options options) throws IOException {
        return start(copy, look, ViewSettings.DEFAULT, options);
    }

    /** The same with views as the configuration says. */
    public static DashboardServer start(LocalStore copy, StatusLook look, ViewSettings views, Options options)
            throws IOException {
        DashboardServer dashboard = new DashboardServer(copy, look, views, options);
        dashboard.server.start();
        dashboard.warm();
        return dashboard;
    }

    /** The page's address. It never holds the token. */
    public String url() {
        String host = options.address().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port() + "/";
    }

    @Override
    public void close() throws IOException {
        server.close();
        views.shutdownNow();
        sql.shutdownNow();
        queries.close();
        status.close();
        data.close();
    }

    private void warm() throws IOException {
        data.warm(queries::warm);
        status.warm(data.state());
    }

    private static ExecutorService threads(int most, BlockingQueue<Runnable> waiting) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, waiting, Background::daemon);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private Map<String, String> headers() {
        String policy = PagePolicy.of(options.images() ? PagePolicy.Images.SHOWN : PagePolicy.Images.LEFT_OUT);
        return Map.of(
                "Content-Security-Policy", policy + "; frame-ancestors 'none'",
                "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "no-referrer",
                "Cross-Origin-Opener-Policy", "same-origin",
                "Cross-Origin-Resource-Policy", "same-origin",
                "Cache-Control", "no-store");
    }

    private final class Requests implements WebHandler {

        @Override
        public Optional<WebAnswer> refuse(WebRequest request) {
            return switch (access.judge(request)) {
                case PASS -> unsuitable(request);
                case KEEP -> Optional.of(WebAnswer.redirect("/").with("Set-Cookie", access.cookie()));
                case NO_TOKEN ->
                    Optional.of(WebAnswer.text(
                            401,
                            "A token is needed: open the address with ?token= and the dashboard's token at its end."));
                case WRONG_HOST ->
                    Optional.of(WebAnswer.text(403, "This page is served to this machine alone. Open it at " + url()));
                case FOREIGN_PAGE -> Optional.of(error(403, "A page of another site asked for this. It is refused."));
            };
        }

        /** What is refused before the body is read. */
        private Optional<WebAnswer> unsuitable(WebRequest request) {
            if (!request.path().equals("/api/sql")) {
                return request.method().equals("GET") || request.method().equals("HEAD")
                        ? Optional.empty()
                        : Optional.of(error(405, "This page only reads."));
            }
            if (!request.method().equals("POST")) {
                return Optional.of(error(405, "SQL is sent by POST."));
            }
            // A form of another site cannot send this type.
            return request.header("content-type").startsWith("application/sql")
                    ? Optional.empty()
                    : Optional.of(error(415, "SQL is sent as application/sql."));
        }

        @Override
        public void handle(WebRequest request, WebReply reply) {
            if (request.path().equals("/api/sql")) {
                answer(sql, reply, () -> sql(request, reply));
            } else if (request.path().startsWith("/api/")) {
                answer(views, reply, () -> view(request));
            } else {
                reply.send(answer(() -> file(request.path())));
            }
        }
    }

    /** Answers on one of these threads, or at once that there is no room. */
    private static void answer(ExecutorService threads, WebReply reply, Callable<WebAnswer> question) {
        try {
            threads.execute(() -> reply.send(answer(question)));
        } catch (RejectedExecutionException e) {
            reply.send(busy());
        }
    }

    private static WebAnswer busy() {
        return error(503, BUSY).with("Retry-After", "5");
    }

    private static WebAnswer answer(Callable<WebAnswer> question) {
        try {
            return question.call();
        } catch (BadRequest | QueryException e) {
            return error(400, String.valueOf(e.getMessage()));
        } catch (Exception e) {
            return error(500, e.getMessage() == null ? "The dashboard could not answer. Try again." : e.getMessage());
        } catch (OutOfMemoryError e) {
            return error(500, "The answer needs more memory than the dashboard has. Ask for less.");
        }
    }

    private WebAnswer file(String path) throws IOException {
        String name = path.equals("/") ? "index.html" : path.substring(1);
        if (!PageFiles.has(name)) {
            return WebAnswer.text(404, "There is no " + shown(path));
        }
        byte[] bytes = name.equals("index.html")
                ? PageFiles.index("", Map.of("images", String.valueOf(options.images())))
                        .getBytes(StandardCharsets.UTF_8)
                : PageFiles.bytes(name);
        return WebAnswer.of(200, PageFiles.type(name), bytes);
    }

    private WebAnswer view(WebRequest request) throws IOException {
        String state = data.state();
        if (request.path().equals("/api/status")) {
            return WebAnswer.json(200, status.soon(state)).with("X-Lake-State", state);
        }
        if (request.path().equals("/api/state")) {
            return WebAnswer.json(200, "{}".getBytes(StandardCharsets.UTF_8)).with("X-Lake-State", state);
        }
        Optional<DataView> view = DataView.of(request.path().substring(5));
        if (view.equals(Optional.of(DataView.COLUMNS))) {
            queries.warm(); // the page of SQL is being opened
        }
        return view.isEmpty()
                ? error(404, "There is no " + shown(request.path()))
                : WebAnswer.json(200, data.view(view.get(), request.parameters()))
                        .with("X-Lake-State", state);
    }

    private WebAnswer sql(WebRequest request, WebReply reply) throws IOException {
        return queries.ask(new String(request.body(), StandardCharsets.UTF_8), reply::ifGone)
                .map(rows -> WebAnswer.json(200, rows))
                .orElseGet(DashboardServer::busy);
    }

    private static String shown(String path) {
        return path.length() > SHOWN_PATH ? path.substring(0, SHOWN_PATH) + "…" : path;
    }

    private static WebAnswer error(int code, String message) {
        String text = new String(JsonStringEncoder.getInstance().quoteAsCharArray(message));
        return WebAnswer.json(code, ("{\"error\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
