package dev.chartlake.extract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chartlake.spotify.calls.SpotifyAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A scripted accounts service and Web API. Its JSON has odd spaces, escapes and key orders on purpose. */
final class FakeSpotify implements AutoCloseable {

    static final String ID = "demo-client";
    static final String SECRET = "s3cr3t-that-must-not-leak";

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else 40 ms for each answer
    }

    /** What a server does instead of answering as it should. */
    interface Fault {
        void answer(HttpExchange exchange) throws IOException;
    }

    enum Dialect {
        TRACKS,
        ITEMS,
        BOTH,
        /** A new app that reads somebody else's list. */
        NEITHER
    }

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> served = new CopyOnWriteArrayList<>();
    final Map<String, FakeList> lists = new ConcurrentHashMap<>();
    final AtomicInteger tokens = new AtomicInteger();

    private final HttpServer server;
    private final List<Script> scripts = new CopyOnWriteArrayList<>();
    private volatile String validToken = "";

    private record Script(Predicate<String> path, AtomicInteger left, Fault fault) {}

    FakeSpotify() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    SpotifyAccess access() {
        return SpotifyAccess.of(base("/v1"), base(""), ID, SECRET);
    }

    private URI base(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    FakeList list(String id, int rows, Dialect dialect) {
        FakeList list = new FakeList(id, rows, dialect);
        lists.put(id, list);
        return list;
    }

    /** Lets the next {@code times} requests whose path and query contain {@code part} go wrong. */
    void fail(String part, int times, Fault fault) {
        scripts.add(new Script(path -> path.contains(part), new AtomicInteger(times), fault));
    }

    void expireTokens() {
        validToken = "";
    }

    long requestsTo(String part) {
        return requests.stream().filter(request -> request.contains(part)).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().toString();
            requests.add(path);
            for (Script script : scripts) {
                if (script.path.test(path) && script.left.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0) {
                    script.fault.answer(exchange);
                    return;
                }
            }
            if (path.endsWith("/api/token")) {
                validToken = "token-" + tokens.incrementAndGet();
                send(
                        exchange,
                        200,
                        "{\"access_token\":\"" + validToken + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
            } else if (!("Bearer " + validToken)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, "{\"error\":{\"status\":401,\"message\":\"The access token expired\"}}");
            } else {
                api(exchange, path);
            }
        }
    }

    private static final Pattern PLAYLIST = Pattern.compile("/v1/playlists/(\\w+)(?:/(items|tracks))?\\?(.*)");

    private void api(HttpExchange exchange, String path) throws IOException {
        Matcher matcher = PLAYLIST.matcher(path);
        FakeList list = matcher.matches() ? lists.get(matcher.group(1)) : null;
        if (list == null) {
            send(exchange, 404, "{\"error\":{\"status\":404,\"message\":\"Resource not found\"}}");
            return;
        }
        String folder = matcher.group(2);
        String body = folder == null ? list.whole() : list.page(folder, matcher.group(3));
        if (body == null) {
            send(exchange, 403, "{\"error\":{\"status\":403,\"message\":\"Forbidden\"}}");
        } else if (body.isEmpty()) {
            send(exchange, 400, "{\"error\":{\"status\":400,\"message\":\"Invalid limit\"}}");
        } else {
            served.add(body);
            send(exchange, 200, body);
        }
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static Fault answer(int status, String body, String... header) {
        return exchange -> {
            for (int i = 0; i < header.length; i += 2) {
                exchange.getResponseHeaders().set(header[i], header[i + 1]);
            }
            send(exchange, status, body);
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A list whose rows a test may edit. */
    static final class FakeList {
        final String id;
        final List<String> uris = new CopyOnWriteArrayList<>();
        final Dialect dialect;
        String owner = "somebody";
        int revision = 1;
        int tracksLimit = 100;
        boolean itemsOpen = true;
        boolean tracksOpen = true;

        /** Runs after each answer, with the number of answers so far. */
        @Nullable IntConsumer afterAnswer;

        private int answers;

        FakeList(String id, int rows, Dialect dialect) {
            this.id = id;
            this.dialect = dialect;
            List<String> all = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                all.add(String.format("spotify:track:%022d", i));
            }
            uris.addAll(all);
        }

        /** Puts a row on top, as users do. */
        void insertOnTop(String uri) {
            uris.add(0, uri);
            revision++;
        }

        private String whole() {
            int end = Math.min(100, uris.size());
            String tracks = "\"tracks\" : " + paging("tracks", 0, end, 100);
            String items = "\"items\":\t" + paging("items", 0, end, 100);
            String rows = switch (dialect) {
                case TRACKS -> tracks + ",";
                case ITEMS -> items + ",";
                case BOTH -> tracks + ",\r\n" + items + ",";
                case NEITHER -> "";
            };
            return answered("{ \"snapshot_id\":\"rev-" + revision + "\"," + rows
                    + "\n  \"name\" : \"Caf\\u00e9 – \\u266b \uD83C\uDFB5\", \"owner\":{\"display_name\":null,\"id\":\""
                    + owner
                    + "\"},\"images\":null }\n");
        }

        private @Nullable String page(String folder, String query) {
            if (folder.equals("items") ? !itemsOpen : !tracksOpen) {
                return null;
            }
            int limit = number(query, "limit");
            int offset = number(query, "offset");
            if (limit > (folder.equals("items") ? 50 : tracksLimit)
                    || !query.contains("additional_types=track,episode")) {
                return "";
            }
            return answered(
                    paging(folder, Math.min(offset, uris.size()), Math.min(offset + limit, uris.size()), limit));
        }

        private String answered(String body) {
            answers++;
            if (afterAnswer != null) {
                afterAnswer.accept(answers);
            }
            return body;
        }

        private String paging(String folder, int from, int to, int limit) {
            List<String> rows = new ArrayList<>();
            for (String uri : uris.subList(from, to)) {
                rows.add(row(folder, uri));
            }
            String next = to < uris.size() ? "\"https://api.spotify.com/v1/unusable\"" : "null";
            return "{\"limit\":" + limit + ",\"next\":" + next + " ,\"items\":[" + String.join(" ,\n", rows)
                    + "],\"offset\":" + from + ", \"total\" :" + uris.size() + "}";
        }

        private String row(String folder, String uri) {
            String inner = uri.isEmpty()
                    ? "null"
                    : "{\"track\":true,\"episode\":false,\"album\":{\"uri\":\"spotify:album:x\"},\"uri\":\"" + uri
                            + "\"}";
            boolean both = dialect == Dialect.BOTH;
            String item = both || folder.equals("items") ? ",\"item\":" + inner : "";
            String track = both || folder.equals("tracks") ? ",\"track\":" + inner : "";
            return "{\"added_at\":null" + track + item + "}";
        }

        private static int number(String query, String name) {
            Matcher matcher = Pattern.compile("\\b" + name + "=(\\d+)").matcher(query);
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        }
    }
}
