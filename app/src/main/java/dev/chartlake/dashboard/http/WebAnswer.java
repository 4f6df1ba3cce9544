package dev.chartlake.dashboard.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One answer of the server.
 *
 * @param code the status
 * @param headers without those of the connection, such as Content-Length
 * @param body empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Written once and never compared.
public record WebAnswer(int code, Map<String, String> headers, byte[] body) {

    /** An answer with a status, a content type and a body. */
    public static WebAnswer of(int code, String type, byte[] body) {
        return new WebAnswer(code, Map.of("Content-Type", type), body);
    }

    /** One line of plain text. */
    public static WebAnswer text(int code, String text) {
        return of(code, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** An answer of JSON in UTF-8. */
    public static WebAnswer json(int code, byte[] json) {
        return of(code, "application/json; charset=utf-8", json);
    }

    /** Sends the browser to another address, by GET. */
    public static WebAnswer redirect(String to) {
        return new WebAnswer(303, Map.of("Location", to), new byte[0]);
    }

    /** The same answer with one more header. */
    public WebAnswer with(String header, String value) {
        return with(Map.of(header, value));
    }

    /** The same answer with more headers. */
    public WebAnswer with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new WebAnswer(code, all, body);
    }

    /** The status line and all headers, with the empty line that ends them. */
    byte[] head(boolean keepAlive) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(code)
                .append(' ')
                .append(reason())
                .append("\r\n");
        headers.forEach((name, value) -> head.append(name)
                .append(": ")
                .append(value.replaceAll("[\\r\\n]", " "))
                .append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n");
        head.append("Connection: ").append(keepAlive ? "keep-alive" : "close").append("\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String reason() {
        return switch (code) {
            case 200 -> "OK";
            case 303 -> "See Other";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 408 -> "Request Timeout";
            case 411 -> "Length Required";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
