package dev.chartlake.dashboard.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. Used by the server's thread alone.
 *
 * <pre>
 *   IDLE ──first byte──▶ READING ──whole request──▶ ANSWERING ──answer──▶ WRITING ──▶ IDLE
 *                           └── refused, malformed or late ────────────────▲  └──▶ CLOSING
 * </pre>
 *
 * CLOSING: all is written, and what the client still sends is read away, for closing at once could take the answer from
 * it. Each state but ANSWERING ends after a bounded time.
 */
final class WebConnection {

    private static final Duration CLOSING_TIME = Duration.ofSeconds(2);
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** In the order in which connections are given up for new ones. */
    enum State {
        CLOSING,
        IDLE,
        READING,
        WRITING,
        ANSWERING
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final WebLimits limits;
    private final WebServer server;
    private State state = State.IDLE;
    private long since = System.nanoTime();
    private long moved = since;
    private byte[] in = new byte[1024];
    private int length;
    private int scanned;
    private @Nullable WebRequest head;
    private boolean keepAlive;
    private boolean ended;
    private ByteBuffer[] out = new ByteBuffer[0];
    private int requests;
    private @Nullable Runnable ifGone;

    WebConnection(SocketChannel channel, SelectionKey key, WebLimits limits, WebServer server) {
        this.channel = channel;
        this.key = key;
        this.limits = limits;
        this.server = server;
    }

    State state() {
        return state;
    }

    /** When the client last made progress, by {@link System#nanoTime}. */
    long moved() {
        return state == State.WRITING ? moved : since;
    }

    /** Does what the selector says is possible. */
    void ready(ByteBuffer buffer) throws IOException {
        if (key.isValid() && key.isReadable()) {
            read(buffer);
        }
        if (key.isValid() && key.isWritable() && state == State.WRITING) {
            write();
        }
    }

    /** Closes the connection, or answers that the request came too late, if its time is over. */
    void check(long now) throws IOException {
        switch (state) {
            case IDLE -> closeAfter(now, since, limits.idle());
            case CLOSING -> closeAfter(now, since, CLOSING_TIME);
            case WRITING -> {
                closeAfter(now, moved, limits.stalled());
                closeAfter(now, since, limits.answer());
            }
            case READING -> {
                if (now - since > limits.request().toNanos()) {
                    last(WebAnswer.text(
                            408,
                            "The request did not arrive within "
                                    + limits.request().toSeconds() + " seconds."));
                }
            }
            case ANSWERING -> {}
        }
    }

    private void closeAfter(long now, long start, Duration limit) {
        if (now - start > limit.toNanos()) {
            close();
        }
    }

    void close() {
        server.forget(this);
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
        Runnable gone = ifGone;
        ifGone = null;
        if (gone != null) {
            gone.run();
        }
    }

    private void read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            end();
        } else if (state != State.CLOSING) {
            append(buffer.flip());
            if (state == State.IDLE || state == State.READING) {
                advance();
            } else if (length > limits.head()) {
                key.interestOpsAnd(~SelectionKey.OP_READ); // the next requests wait until this one is answered
            }
        }
    }

    /** The client sends no more. It may still read, unless someone waits to be told that it is gone. */
    private void end() {
        if (state == State.WRITING || (state == State.ANSWERING && ifGone == null)) {
            ended = true;
            key.interestOpsAnd(~SelectionKey.OP_READ);
        } else {
            close();
        }
    }

    private void append(ByteBuffer more) {
        int size = more.remaining();
        if (length + size > in.length) {
            in = Arrays.copyOf(in, Math.max(length + size, 2 * in.length));
        }
        more.get(in, length, size);
        length += size;
    }

    /** Goes on with what has been read, up to one whole request. */
    private void advance() throws IOException {
        if (length == 0) {
            return;
        }
        if (state == State.IDLE) {
            enter(State.READING);
        }
        WebRequest request = head == null ? headers() : head;
        if (request == null) {
            return;
        }
        int body = (int) request.length();
        if (length >= body) {
            head = null;
            byte[] bytes = Arrays.copyOf(in, body);
            drop(body);
            keepAlive = request.keepAlive();
            answer(request.withBody(bytes));
        }
    }

    /** The request line and headers if they are there and may go on. */
    private @Nullable WebRequest headers() throws IOException {
        int end = endOfHead();
        if (end > limits.head() || (end < 0 && length > limits.head())) {
            last(WebAnswer.text(431, "The request line and headers are longer than " + limits.head() + " bytes."));
            return null;
        }
        if (end < 0) {
            return null;
        }
        Optional<WebRequest> parsed = WebRequest.parse(in, end);
        if (parsed.isEmpty() || parsed.get().length() < 0) {
            last(WebAnswer.text(400, "This is not an HTTP/1.1 request that this server understands."));
            return null;
        }
        WebRequest request = parsed.get();
        drop(end + 4);
        Optional<WebAnswer> refused = server.refuse(request).or(() -> unfit(request));
        if (refused.isPresent()) {
            boolean whole = request.length() == 0 && !request.has("transfer-encoding");
            keepAlive = whole && request.keepAlive();
            requests++;
            send(refused.get(), request.method().equals("HEAD"));
            return null;
        }
        if (request.header("expect").equalsIgnoreCase("100-continue") && length < request.length()) {
            channel.write(ByteBuffer.wrap(CONTINUE));
        }
        head = request;
        return request;
    }

    private Optional<WebAnswer> unfit(WebRequest request) {
        if (request.has("transfer-encoding")) {
            return Optional.of(server.error(411, "The body needs a Content-Length; it cannot be sent in chunks."));
        }
        return request.length() > limits.body()
                ? Optional.of(server.error(413, "The body is longer than " + limits.body() + " bytes."))
                : Optional.empty();
    }

    private int endOfHead() {
        for (int i = Math.max(0, scanned - 3); i + 3 < length; i++) {
            if (in[i] == '\r' && in[i + 1] == '\n' && in[i + 2] == '\r' && in[i + 3] == '\n') {
                return i;
            }
        }
        scanned = length;
        return -1;
    }

    private void drop(int bytes) {
        System.arraycopy(in, bytes, in, 0, length - bytes);
        length -= bytes;
        scanned = 0;
    }

    private void answer(WebRequest request) {
        enter(State.ANSWERING);
        int number = ++requests;
        boolean withoutBody = request.method().equals("HEAD");
        server.handle(request, new WebReply() {
            @Override
            public void send(WebAnswer answer) {
                server.later(WebConnection.this, () -> answered(number, answer, withoutBody));
            }

            @Override
            public void ifGone(Runnable task) {
                server.later(WebConnection.this, () -> {
                    if (number == requests && state == State.ANSWERING) {
                        ifGone = task;
                        if (ended) {
                            close();
                        }
                    }
                });
            }
        });
    }

    private void answered(int number, WebAnswer answer, boolean withoutBody) throws IOException {
        if (number == requests && state == State.ANSWERING && channel.isOpen()) {
            ifGone = null;
            send(answer, withoutBody);
        }
    }

    /** An answer after which the connection is of no use. */
    private void last(WebAnswer answer) throws IOException {
        keepAlive = false;
        send(answer, false);
    }

    private void send(WebAnswer answer, boolean withoutBody) throws IOException {
        enter(State.WRITING);
        keepAlive &= !ended;
        out = new ByteBuffer[] {
            ByteBuffer.wrap(server.dressed(answer).head(keepAlive)),
            ByteBuffer.wrap(withoutBody ? new byte[0] : answer.body())
        };
        write();
    }

    private void write() throws IOException {
        while (out[0].hasRemaining() || out[1].hasRemaining()) {
            if (channel.write(out) == 0) {
                key.interestOpsOr(SelectionKey.OP_WRITE);
                return;
            }
            moved = System.nanoTime();
        }
        out = new ByteBuffer[0];
        if (keepAlive && !ended) {
            enter(State.IDLE);
            key.interestOps(SelectionKey.OP_READ);
            if (in.length > limits.head()) {
                in = Arrays.copyOf(in, Math.max(1024, length));
            }
            advance();
        } else if (ended) {
            close();
        } else {
            enter(State.CLOSING);
            length = 0;
            key.interestOps(SelectionKey.OP_READ);
            channel.shutdownOutput();
        }
    }

    private void enter(State next) {
        state = next;
        since = System.nanoTime();
        moved = since;
    }
}
