package dev.chartlake.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * One answer, and how it goes out.
 *
 * @param status the HTTP status
 * @param headers in the order they are sent, without Content-Length
 * @param body the bytes of the body, possibly none
 * @param delivery whether the client gets all of it
 */
@SuppressWarnings("ArrayRecordComponent") // Bodies are large and written once; nobody compares or keeps answers.
public record HttpAnswer(int status, Map<String, String> headers, byte[] body, Delivery delivery) {

    /** What becomes of an answer on its way out. */
    public enum Delivery {
        /** Sent completely; the connection stays open. */
        WHOLE,
        /** The connection is reset (TCP RST) before a byte is sent. */
        RESET,
        /** The headers promise the whole body, half of it is sent, and the connection is closed. */
        TRUNCATED
    }

    /** An answer of JSON in UTF-8. */
    public static HttpAnswer json(int status, byte[] body) {
        return new HttpAnswer(status, Map.of("Content-Type", "application/json; charset=utf-8"), body, Delivery.WHOLE);
    }

    /** An answer of JSON. */
    public static HttpAnswer json(int status, String body) {
        return json(status, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer of text in UTF-8. */
    public static HttpAnswer text(int status, String type, String body) {
        return new HttpAnswer(
                status,
                Map.of("Content-Type", type + "; charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8),
                Delivery.WHOLE);
    }

    /** A Web API error: {@code {"error":{"status":…,"message":…}}}. The message must need no JSON escapes. */
    public static HttpAnswer error(int status, String message) {
        return json(status, "{\"error\":{\"status\":" + status + ",\"message\":\"" + message + "\"}}");
    }

    /** An accounts service error: {@code {"error":…,"error_description":…}}. */
    public static HttpAnswer oauthError(int status, String error, String description) {
        return json(status, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }

    /** The same with one more header. */
    public HttpAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, more, body, delivery);
    }

    /** The same with its body compressed, for a client that accepts it. */
    HttpAnswer gzipped() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        HttpAnswer said = with("Content-Encoding", "gzip").with("Vary", "Accept-Encoding");
        return new HttpAnswer(status, said.headers, bytes.toByteArray(), delivery);
    }

    /** The same, delivered in another way. */
    public HttpAnswer delivered(Delivery how) {
        return new HttpAnswer(status, headers, body, how);
    }
}
