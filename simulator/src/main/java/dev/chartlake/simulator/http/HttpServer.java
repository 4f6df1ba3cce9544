package dev.chartlake.simulator.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server on 127.0.0.1: keep-alive, bodies with a Content-Length, one thread per connection.
 *
 * <p>The JDK's own server would have done but for three things the simulator is for: it always stamps the Date header
 * with the real time, and it can neither reset a connection nor break off a body.
 */
public final class HttpServer implements Closeable {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LONGEST_BODY = 1024 * 1024;

    private final ServerSocket listener;
    private final Function<HttpRequest, HttpAnswer> handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "simulator");
        thread.setDaemon(true);
        return thread;
    });

    /** Takes the port. Port 0 takes any free one. Throws when the port is taken. */
    public HttpServer(int port, Function<HttpRequest, HttpAnswer> handler) throws IOException {
        this.handler = handler;
        this.listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 200);
        } catch (IOException e) {
            listener.close();
            throw new IOException("Cannot listen on 127.0.0.1:" + port + " (" + e.getMessage() + ")", e);
        }
    }

    /** The TCP port that it listens at. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Stops listening and cuts every connection. */
    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Starts to answer. Until then clients wait. */
    public void start() {
        threads.execute(this::accept);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                try {
                    threads.execute(() -> serve(socket));
                } finally {
                    if (listener.isClosed()) {
                        socket.close(); // close() may have gone through the open ones before this one was.
                    }
                }
            } catch (IOException | RejectedExecutionException closing) {
                // Closed while waiting, or a client that gave up before it was taken: nothing to answer either way.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (answerOne(socket, in, out)) {
                // The connection is kept alive.
            }
        } catch (IOException gone) {
            // The client left. It knows better than this side why.
        } finally {
            open.remove(socket);
        }
    }

    /** Whether the connection is to be kept for another request. */
    private boolean answerOne(Socket socket, InputStream in, OutputStream out) throws IOException {
        String head = head(in);
        if (head == null) {
            return false;
        }
        HttpRequest request = request(head, in);
        if (request == null) {
            send(out, HttpAnswer.text(400, "text/plain", "Bad request"), false, false);
            return false;
        }
        HttpAnswer answer = answer(request);
        if (request.headers().getOrDefault("accept-encoding", "").contains("gzip") && answer.body().length > 0) {
            answer = answer.gzipped();
        }
        boolean keep = answer.delivery() == HttpAnswer.Delivery.WHOLE
                && !"close".equalsIgnoreCase(request.headers().get("connection"))
                && !head.substring(0, head.indexOf('\r')).endsWith("HTTP/1.0");
        if (answer.delivery() == HttpAnswer.Delivery.RESET) {
            socket.setSoLinger(true, 0);
            return false;
        }
        send(out, answer, keep, request.method().equals("HEAD"));
        return keep;
    }

    private HttpAnswer answer(HttpRequest request) {
        try {
            return handler.apply(request);
        } catch (RuntimeException e) {
            // A bug of the simulator must not look like a fault that was asked for.
            return HttpAnswer.text(500, "text/plain", "The simulator failed: " + e);
        }
    }

    private static void send(OutputStream out, HttpAnswer answer, boolean keep, boolean headOnly) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " " + reason(answer.status()) + "\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        head.append("Connection: ").append(keep ? "keep-alive" : "close").append("\r\n\r\n");
        int length = headOnly
                ? 0
                : answer.delivery() == HttpAnswer.Delivery.TRUNCATED ? answer.body().length / 2 : answer.body().length;
        ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + length);
        whole.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        whole.write(answer.body(), 0, length);
        whole.writeTo(out);
        out.flush();
    }

    /** The request line and headers up to the empty line, or null when the client closed between requests. */
    private static @Nullable String head(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0) {
                if (bytes.size() == 0) {
                    return null;
                }
                throw new EOFException("closed within a request");
            }
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
            bytes.write(next);
            if (bytes.size() > LONGEST_HEAD) {
                throw new IOException("a request head of more than " + LONGEST_HEAD + " bytes");
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static @Nullable HttpRequest request(String head, InputStream in) throws IOException {
        String[] lines = head.split("\r\n");
        String[] line = lines[0].split(" ");
        if (line.length != 3 || !line[2].startsWith("HTTP/1.") || !line[1].startsWith("/")) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 1) {
                return null;
            }
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        String length = headers.getOrDefault("content-length", "0");
        if (!length.matches("[0-9]{1,7}")
                || Integer.parseInt(length) > LONGEST_BODY
                || headers.containsKey("transfer-encoding")) {
            return null;
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        int question = line[1].indexOf('?');
        return new HttpRequest(
                line[0],
                question < 0 ? line[1] : line[1].substring(0, question),
                question < 0 ? "" : line[1].substring(question + 1),
                headers,
                new String(body, StandardCharsets.UTF_8));
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 302 -> "Found";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> "Status";
        };
    }
}
