package dev.chartlake.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** S3, DynamoDB and Athena in which nothing is, for a command that is to speak to them and do nothing. */
final class EmptyAws implements AutoCloseable {

    private final HttpServer server;

    EmptyAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", EmptyAws::answer);
        server.start();
    }

    /** What points a process here. */
    Map<String, String> environment() {
        String here = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "AWS_ENDPOINT_URL",
                here,
                "AWS_REGION",
                "eu-north-1",
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test",
                "CHARTLAKE_CACHE",
                Path.of(System.getProperty("java.io.tmpdir")).toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean other = exchange.getRequestHeaders().containsKey("X-Amz-Target");
            boolean listing = exchange.getRequestURI().getQuery() != null;
            String body = other
                    ? "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\",\"message\":\"None\"}"
                    : listing ? "<ListBucketResult></ListBucketResult>" : "";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            boolean written = exchange.getRequestMethod().matches("PUT|DELETE");
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(
                    other ? 400 : listing || written ? 200 : 404, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
