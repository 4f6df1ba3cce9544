package dev.chartlake.aws.lambda;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A request as API Gateway hands it on: of an HTTP API or a function URL (payload 2.0), or of a REST API (1.0). */
final class HttpCall {

    private static final String BEARER = "bearer ";

    /** What callers call the list. */
    private static final List<String> NAMES = List.of("playlist_id", "playlist_uri");

    private final Map<?, ?> event;
    private final Map<?, ?> context;

    HttpCall(@Nullable Object event) {
        this.event = Json.object(event);
        this.context = Json.object(this.event.get("requestContext"));
    }

    /** In capitals; empty if there is none. */
    String method() {
        String rest = Json.text(event.get("httpMethod"));
        String http = Json.text(Json.object(context.get("http")).get("method"));
        return (rest.isEmpty() ? http : rest).toUpperCase(Locale.ROOT);
    }

    /**
     * The list asked for, {@code playlist_id} or {@code playlist_uri} of the query, of a JSON body or of a form; empty if
     * none is.
     */
    String playlist() {
        String queried = playlist(Json.object(event.get("queryStringParameters")));
        if (!queried.isBlank() || !method().equals("POST")) {
            return queried;
        }
        try {
            String body = body().strip();
            return playlist(body.startsWith("{") ? Json.object(Json.read(body)) : form(body));
        } catch (JacksonException | IllegalArgumentException e) {
            return "";
        }
    }

    private static String playlist(Map<?, ?> values) {
        return NAMES.stream()
                .map(name -> Json.text(values.get(name)))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    /** What an HTML form or {@code curl -d} sends. Throws {@link IllegalArgumentException} if it is encoded wrong. */
    private static Map<String, String> form(String body) {
        Map<String, String> values = new HashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private String body() {
        String body = Json.text(event.get("body"));
        return Boolean.TRUE.equals(event.get("isBase64Encoded"))
                ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8)
                : body;
    }

    /** True if the gateway says who calls, or the call shows {@code token}. */
    boolean mayWrite(Optional<String> token) {
        boolean authorised =
                Json.object(context.get("authorizer")).values().stream().anyMatch(HttpCall::says);
        boolean signed = says(Json.object(context.get("identity")).get("userArn"));
        return authorised || signed || token.map(this::shows).orElse(false);
    }

    /** A REST API names what it does not know as null, and how long it took to find out as a number. */
    private static boolean says(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                ? !map.isEmpty()
                : !Json.text(value).isBlank();
    }

    /** Compares in a time that says nothing about where they differ. */
    private boolean shows(String token) {
        String header = Json.object(event.get("headers")).entrySet().stream()
                .filter(entry -> "authorization".equalsIgnoreCase(String.valueOf(entry.getKey())))
                .map(entry -> Json.text(entry.getValue()))
                .findFirst()
                .orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        byte[] shown = header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(shown, token.getBytes(StandardCharsets.UTF_8));
    }
}
