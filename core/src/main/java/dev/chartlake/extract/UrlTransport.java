package dev.chartlake.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP by the JDK's {@link HttpURLConnection}. Requests go out one at a time, so {@code java.net.http.HttpClient} would
 * add nothing but its start: 430 ms of a cold JVM on two cores, where this takes 80.
 */
public final class UrlTransport implements Transport {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration WHOLE_BODY = Duration.ofMinutes(2);

    /** Far beyond any page; a body without end must not take all memory. */
    private static final int LARGEST_BODY = 64 << 20;

    private static final int CHUNK = 1 << 16;

    @Override
    public Answer send(Request request) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) request.uri().toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) SILENCE.toMillis());
        connection.setInstanceFollowRedirects(false); // a redirect would take the credentials elsewhere
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", "chartlake");
        connection.setRequestProperty("Accept", "application/json");
        request.headers().forEach(connection::setRequestProperty);
        if (!request.form().isEmpty()) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
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
            return new Answer(status, headers(connection), body.toByteArray(), whole);
        }
    }

    /** Returns false if the connection broke before the end. */
    private static boolean read(InputStream in, ByteArrayOutputStream body) throws IOException {
        long start = System.nanoTime();
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
                throw new IOException("The answer is larger than " + LARGEST_BODY + " bytes");
            }
            if (System.nanoTime() - start > WHOLE_BODY.toNanos()) {
                throw new SocketTimeoutException("The answer takes longer than " + WHOLE_BODY.toSeconds() + " s");
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
