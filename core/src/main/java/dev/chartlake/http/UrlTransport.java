package dev.chartlake.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP by the JDK's {@link HttpURLConnection}. Requests go out one at a time, so {@code java.net.http.HttpClient} would
 * add nothing but its start: 430 ms of a cold JVM on two cores, where this takes 80.
 */
public final class UrlTransport implements Transport {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration WHOLE_ANSWER = Duration.ofMinutes(2);

    /** Far beyond any page; a body without end, or one that unpacks to one, must not take all memory. */
    private static final int LARGEST_BODY = 64 << 20;

    private static final int CHUNK = 1 << 16;

    static {
        // Both are read when the first connection is made. Without the first, a password opens no tunnel; without the
        // second, the JDK sends a POST a second time by itself when the connection breaks.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final Proxies proxies;
    private final Duration wholeAnswer;

    /** Uses no proxy. */
    public UrlTransport() {
        this(Proxies.NONE);
    }

    /** Asks through {@code proxies} where they say so. */
    public UrlTransport(Proxies proxies) {
        this(proxies, WHOLE_ANSWER);
    }

    UrlTransport(Proxies proxies, Duration wholeAnswer) {
        this.proxies = proxies;
        this.wholeAnswer = wholeAnswer;
    }

    @Override
    public Answer send(Request request) throws IOException {
        HttpURLConnection connection = proxies.open(request.uri());
        // The JDK limits each wait for a byte, so a server that sends one byte at a time could hold it for ever.
        AtomicBoolean late = new AtomicBoolean();
        Timer timer = new Timer("chartlake-answer-limit", true);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        late.set(true);
                        connection.disconnect();
                    }
                },
                wholeAnswer.toMillis());
        try {
            Answer answer = exchange(connection, request);
            if (late.get()) {
                throw tooLate(null);
            }
            return answer;
        } catch (IOException e) {
            throw late.get() ? tooLate(e) : e;
        } finally {
            timer.cancel();
        }
    }

    private IOException tooLate(@Nullable IOException cause) {
        IOException late = new SocketTimeoutException("the answer takes longer than " + wholeAnswer.toSeconds() + " s");
        late.initCause(cause);
        return late;
    }

    private static Answer exchange(HttpURLConnection connection, Request request) throws IOException {
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) SILENCE.toMillis());
        connection.setInstanceFollowRedirects(false); // a redirect would take the credentials elsewhere
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", "chartlake");
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("Accept-Encoding", "gzip");
        request.headers().forEach(connection::setRequestProperty);
        if (!request.form().isEmpty()) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        }
        connection.connect(); // else a proxy that refuses a tunnel would pass for the server's own answer
        if (!request.form().isEmpty()) {
            connection.getOutputStream().write(request.form().getBytes(StandardCharsets.US_ASCII));
        }
        int status = connection.getResponseCode();
        if (status < 0) {
            throw new IOException("The answer is not HTTP");
        }
        return answer(connection, status);
    }

    private static Answer answer(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK);
            boolean whole = in == null || read(in, body);
            whole = whole && connection.getContentLengthLong() <= body.size();
            return unpacked(new Answer(status, headers(connection), body.toByteArray(), whole));
        }
    }

    /** Detected from the bytes, not the header: gzip cannot be JSON, and some caches pack or unpack without saying so. */
    private static Answer unpacked(Answer answer) throws IOException {
        byte[] body = answer.body();
        if (body.length < 2 || (body[0] & 0xff) != 0x1f || (body[1] & 0xff) != 0x8b) {
            return answer;
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(8 * body.length);
        boolean whole;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body), CHUNK)) {
            whole = read(in, plain);
        } catch (EOFException | ZipException e) {
            whole = false;
        }
        return new Answer(answer.status(), answer.headers(), plain.toByteArray(), answer.whole() && whole);
    }

    /** Returns false if the connection broke before the end. */
    private static boolean read(InputStream in, ByteArrayOutputStream body) throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (true) {
            int n;
            try {
                n = in.read(chunk);
            } catch (IOException e) {
                if (body.size() == 0) {
                    throw e;
                }
                return false;
            }
            if (n < 0) {
                return true;
            }
            body.write(chunk, 0, n);
            if (body.size() > LARGEST_BODY) {
                throw new IOException("the answer is larger than " + LARGEST_BODY + " bytes");
            }
        }
    }

    private static Map<String, String> headers(HttpURLConnection connection) {
        Map<String, String> headers = new HashMap<>();
        connection.getHeaderFields().forEach((name, values) -> {
            if (name != null && !values.isEmpty()) { // the status line has no name
                headers.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        return headers;
    }
}
