package dev.chartlake.dashboard.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;

/**
 * An HTTP/1.1 server with keep-alive and bodies of a known length. One thread reads all requests and writes all answers as
 * far as their clients have sent and taken them, so any number of slow clients leaves it free. It is our own because the
 * JDK's keeps a thread for each request that has begun to arrive and for each answer that is being taken.
 */
public final class WebServer implements Closeable {

    private static final long LOOK_EVERY_MILLIS = 200;

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final WebHandler handler;
    private final WebLimits limits;
    private final Map<String, String> headers;
    private final BiFunction<Integer, String, WebAnswer> error;
    private final Set<WebConnection> connections = new HashSet<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16 << 10);
    private final Thread thread = new Thread(this::serve, "dashboard");
    private volatile boolean closed;

    /**
     * Takes the port; nothing is answered before {@link #start}.
     *
     * @param address where to listen, with port 0 for any free one
     * @param headers of every answer, also of those that the server gives itself
     * @param error makes the answer for a request that is refused, of its status and a sentence
     * @throws IOException if the port is taken
     */
    public WebServer(
            InetSocketAddress address,
            WebLimits limits,
            Map<String, String> headers,
            BiFunction<Integer, String, WebAnswer> error,
            WebHandler handler)
            throws IOException {
        this.limits = limits;
        this.headers = headers;
        this.error = error;
        this.handler = handler;
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address, 256);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException | RuntimeException e) {
            listener.close();
            selector.close();
            throw e;
        }
        thread.setDaemon(true);
    }

    /** Starts to answer. */
    public void start() {
        thread.start();
    }

    /** The port that it listens on. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** Stops listening and closes every connection, also those that wait for an answer. */
    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        if (thread.isAlive()) {
            selector.wakeup();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            selector.close();
        }
    }

    private void serve() {
        while (!closed) {
            try {
                selector.select(LOOK_EVERY_MILLIS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    ready(key);
                }
                selector.selectedKeys().clear();
                long now = System.nanoTime();
                for (WebConnection connection : List.copyOf(connections)) {
                    guarded(connection, () -> connection.check(now));
                }
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                giveUpSlowest(); // no descriptor or memory left: the next ones need the room
            }
        }
        List.copyOf(connections).forEach(WebConnection::close);
        try {
            selector.close();
        } catch (IOException e) {
            // Nothing is left that it would hold.
        }
    }

    private void ready(SelectionKey key) throws IOException {
        if (key.attachment() instanceof WebConnection connection) {
            guarded(connection, () -> connection.ready(buffer));
        } else if (key.isValid() && key.isAcceptable()) {
            accept();
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            if (connections.size() >= limits.connections() && !giveUpSlowest()) {
                channel.close();
                continue;
            }
            try {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                WebConnection connection = new WebConnection(channel, key, limits, this);
                key.attach(connection);
                connections.add(connection);
            } catch (IOException e) {
                channel.close(); // the client has left already
            }
        }
    }

    /** Whether one was closed that waits for its client and not for an answer. */
    private boolean giveUpSlowest() {
        Optional<WebConnection> slowest = connections.stream()
                .filter(each -> each.state() != WebConnection.State.ANSWERING)
                .min(Comparator.comparing(WebConnection::state).thenComparing(WebConnection::moved));
        slowest.ifPresent(WebConnection::close);
        return slowest.isPresent();
    }

    /** Something that a connection does. */
    interface Step {
        void run() throws IOException;
    }

    /** What goes wrong with one connection ends this one alone. */
    private void guarded(WebConnection connection, Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            connection.close();
        }
    }

    /** Has the server's thread do it. */
    void later(WebConnection connection, Step step) {
        tasks.add(() -> guarded(connection, step));
        selector.wakeup();
    }

    void forget(WebConnection connection) {
        connections.remove(connection);
    }

    Optional<WebAnswer> refuse(WebRequest head) {
        return handler.refuse(head);
    }

    void handle(WebRequest request, WebReply reply) {
        handler.handle(request, reply);
    }

    WebAnswer error(int code, String message) {
        return error.apply(code, message);
    }

    WebAnswer dressed(WebAnswer answer) {
        return answer.with(headers);
    }
}
