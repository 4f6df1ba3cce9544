package dev.chartlake.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import tools.jackson.databind.json.JsonMapper;

/** Speaks AWS's JSON 1.1 protocol: a POST whose header names the operation. The SDK's own clients are its other side. */
public final class AwsJsonServer implements Closeable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One operation: its input to its output. */
    @FunctionalInterface
    public interface Operation {
        Map<String, ?> answer(Map<String, Object> input);
    }

    /** An answer that is an error of the service. */
    public static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        public Fault(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable Fault fault;
    private volatile int faults;

    public AwsJsonServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers an operation, such as {@code AWSGlue.GetDatabase}. */
    public void on(String name, Operation operation) {
        operations.put(name, operation);
    }

    /** Answers the next {@code times} requests with an error. */
    public synchronized void fail(int times, Fault with) {
        fault = with;
        faults = times;
    }

    private synchronized @Nullable Fault nextFault() {
        return faults-- > 0 ? fault : null;
    }

    /** The operations asked for so far, without their service's name. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** How often each operation was asked for since {@link #forget}. */
    public Map<String, Long> counts() {
        return asked.stream().collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }

    public void forget() {
        asked.clear();
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** A client of this server. */
    public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(uri())
                .region(Region.EU_NORTH_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .build();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        asked.add(target.substring(target.indexOf('.') + 1));
        try (exchange) {
            try {
                @SuppressWarnings("unchecked")
                Map<String, Object> input =
                        JSON.readValue(exchange.getRequestBody().readAllBytes(), Map.class);
                send(exchange, 200, answer(target, input));
            } catch (Fault e) {
                send(exchange, e.status, Map.of("__type", e.code, "message", String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                send(exchange, 400, Map.of("__type", "TestServerException", "message", target + ": " + e));
            }
        }
    }

    private Map<String, ?> answer(String target, Map<String, Object> input) {
        var next = nextFault();
        if (next != null) {
            throw next;
        }
        var operation = operations.get(target);
        if (operation == null) {
            throw new Fault(400, "UnknownOperationException", target);
        }
        return operation.answer(input);
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> answer) throws IOException {
        var bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
