package dev.chartlake.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came over the wire.
 *
 * @param method in capitals
 * @param path percent-encoded, without the query
 * @param query percent-encoded, "" when there is none
 * @param headers by lower-case name; of a repeated header the last
 * @param body "" when there is none
 */
public record HttpRequest(String method, String path, String query, Map<String, String> headers, String body) {

    /** A header by any case of its name. */
    @Nullable public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The parameters of the query, decoded, in order; of a repeated one the first. */
    public Map<String, String> parameters() {
        return decoded(query);
    }

    /** The fields of a form body, decoded, in order; of a repeated one the first. */
    public Map<String, String> form() {
        return decoded(body);
    }

    private static Map<String, String> decoded(String text) {
        Map<String, String> out = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            out.putIfAbsent(decode(name), decode(value));
        }
        return out;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text; // Spotify takes a stray percent sign literally, and so does everybody who logs it.
        }
    }
}
