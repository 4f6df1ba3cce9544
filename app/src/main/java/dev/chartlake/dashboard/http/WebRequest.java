package dev.chartlake.dashboard.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One request.
 *
 * @param method as sent, such as {@code GET}
 * @param path decoded, without the query; it begins with a slash
 * @param parameters of the query, decoded; of one that comes twice the last
 * @param headers by their names in lower case
 * @param keepAlive whether the client wants to send another request on this connection
 * @param body empty until it has arrived
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record WebRequest(
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, String> headers,
        boolean keepAlive,
        byte[] body) {

    private static final Pattern LINE = Pattern.compile("([A-Z]{1,16}) (/[!-~]*) HTTP/1\\.([01])");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");

    /** A header's value, or an empty text. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Whether the client sent this header. */
    public boolean has(String name) {
        return headers.containsKey(name);
    }

    WebRequest withBody(byte[] bytes) {
        return new WebRequest(method, path, parameters, headers, keepAlive, bytes);
    }

    /** The length of the body in bytes, or -1 if the header is not a length. */
    long length() {
        String length = headers.getOrDefault("content-length", "0");
        return length.matches("\\d{1,15}") ? Long.parseLong(length) : -1;
    }

    /**
     * Parses the lines before the body. Empty if they are not a request as this server and every proxy before it would
     * understand alike: a header that counts and comes twice, a folded line, or a bare line feed.
     */
    static Optional<WebRequest> parse(byte[] bytes, int length) {
        String[] lines = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        var line = LINE.matcher(lines[0]);
        if (!line.matches()) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            var header = HEADER.matcher(lines[i]);
            if (!header.matches() || lines[i].indexOf('\n') >= 0 || lines[i].indexOf('\0') >= 0) {
                return Optional.empty();
            }
            String name = header.group(1).toLowerCase(Locale.ROOT);
            String before = headers.put(name, header.group(2));
            if (before != null && name.equals("cookie")) {
                headers.put(name, before + "; " + header.group(2));
            } else if (before != null
                    && (name.equals("host") || name.equals("content-length") || name.equals("origin"))) {
                return Optional.empty();
            }
        }
        String target = line.group(2);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        boolean close =
                headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
        return Optional.of(new WebRequest(
                line.group(1),
                decode(path.replace("+", "%2B")),
                parameters(question < 0 ? "" : target.substring(question + 1)),
                Map.copyOf(headers),
                !close && line.group(3).equals("1"),
                new byte[0]));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return Map.copyOf(parameters);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
