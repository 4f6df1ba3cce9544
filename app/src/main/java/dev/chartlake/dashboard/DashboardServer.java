package dev.chartlake.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chartlake.dashboard.Queries.BadRequest;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.sql.QueryException;
import dev.chartlake.store.LocalStore;
import dev.chartlake.transform.LakeStatus;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Serves the page and its data over HTTP, read-only: files that are part of the application, {@code GET /api/VIEW}, and
 * {@code POST /api/sql}.
 */
public final class DashboardServer implements Closeable {

    private static final long MOST_ROWS = 10_000;
    private static final int LONGEST_SQL = 100_000;

    static {
        // Else an answer's body waits for the browser to acknowledge its headers, which it does 40 ms later.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final DashboardData data;
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
     */
    public record Options(
            InetAddress address, int port, @Nullable String token, boolean images) {

        /** On loopback, at any free port. */
        public static Options loopback() {
            return new Options(InetAddress.getLoopbackAddress(), 0, null, true);
        }
    }

    private DashboardServer(LocalStore store, StatusLook look, Options options) throws IOException {
        if (!options.address().isLoopbackAddress() && options.token() == null) {
            throw new IllegalArgumentException("An address that others can reach needs a token.");
        }
        this.options = options;
        access = new Access(options.address(), options.token());
        status = new Status(look);
        data = new DashboardData(store);
        threads = Executors.newFixedThreadPool(8, task -> {
            Thread thread = new Thread(task, "dashboard");
            thread.setDaemon(true);
            return thread;
        });
        try {
            server = HttpServer.create(new InetSocketAddress(options.address(), options.port()), 50);
        } catch (IOException e) {
            data.close();
            throw new IOException(
                    "Cannot listen on " + options.address().getHostAddress() + ":" + options.port() + " ("
                            + e.getMessage() + ")",
                    e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /** Starts to serve. Throws if the port is taken. */
    public static DashboardServer start(LocalStore store, QualityRules rules, Options options) throws IOException {
        return start(store, () -> LakeStatus.of(store, rules), options);
    }

    /** The same for a copy of a lake elsewhere, whose status {@code look} tells. */
    public static DashboardServer start(LocalStore copy, StatusLook look, Options options) throws IOException {
        DashboardServer dashboard = new DashboardServer(copy, look, options);
        dashboard.server.start();
        dashboard.warm();
        return dashboard;
    }

    /** Where the page is, with the token if there is one. */
    public String url() {
        String host = options.address().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.getAddress().getPort() + "/" + (options.token() == null ? "" : "?token=" + options.token());
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        status.close();
        data.close();
    }

    private void warm() throws IOException {
        data.warm();
        status.warm(data.state());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            answer.send(exchange, Policy.of(options.images() ? Policy.Images.SHOWN : Policy.Images.LEFT_OUT));
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Map<String, String> parameters = parameters(exchange.getRequestURI().getRawQuery());
        switch (access.judge(exchange, parameters.get("token"))) {
            case WRONG_HOST:
                return Answer.text(403, "This page is served to this machine alone. Open it at " + url());
            case NO_TOKEN:
                return Answer.text(401, "A token is needed: open the address that ./chartlake dashboard printed.");
            case KEEP:
                return Answer.redirect("/").with("Set-Cookie", access.cookie());
            case PASS:
                break;
        }
        try {
            return route(exchange, exchange.getRequestURI().getPath(), parameters);
        } catch (BadRequest | QueryException e) {
            return error(400, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return error(500, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private Answer route(HttpExchange exchange, String path, Map<String, String> parameters) throws IOException {
        String method = exchange.getRequestMethod();
        if (path.equals("/api/sql")) {
            return method.equals("POST") ? sql(exchange) : error(405, "SQL is sent by POST.");
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return error(405, "This page only reads.");
        }
        if (path.equals("/api/status")) {
            return Answer.json(200, status.soon(data.state())).with("X-Lake-State", data.state());
        }
        if (path.startsWith("/api/")) {
            String state = data.state();
            var view = DataView.of(path.substring(5));
            return view.isEmpty()
                    ? error(404, "There is no " + path)
                    : Answer.json(200, data.view(view.get(), parameters)).with("X-Lake-State", state);
        }
        String name = path.equals("/") ? "index.html" : path.substring(1);
        if (!PageFiles.has(name)) {
            return Answer.text(404, "There is no " + path);
        }
        byte[] bytes = name.equals("index.html")
                ? PageFiles.index("", Map.of("images", String.valueOf(options.images())))
                        .getBytes(StandardCharsets.UTF_8)
                : PageFiles.bytes(name);
        return Answer.of(200, PageFiles.type(name), bytes);
    }

    /** A form of another site can neither send this type nor, without the header, come from here. */
    private Answer sql(HttpExchange exchange) throws IOException {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!type.startsWith("application/sql")) {
            return error(415, "SQL is sent as application/sql.");
        }
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_SQL + 1);
        if (body.length > LONGEST_SQL) {
            return error(413, "The SQL is longer than " + LONGEST_SQL + " bytes.");
        }
        return Answer.json(200, data.sql(new String(body, StandardCharsets.UTF_8), MOST_ROWS));
    }

    private static Answer error(int code, String message) {
        String text = new String(JsonStringEncoder.getInstance().quoteAsCharArray(message));
        return Answer.json(code, ("{\"error\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
