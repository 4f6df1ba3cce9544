package dev.chartlake.aws.lambda;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A request as API Gateway hands it on: of an HTTP API or a function URL (payload 2.0), or of a REST API (1.0). */
final class HttpCall {

    private static final String BEARER = "bearer ";

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

    /** The list asked for, of the query or of a JSON body; empty if none is. */
    String playlist() {
        String queried =
                Json.text(Json.object(event.get("queryStringParameters")).get("playlist_id"));
        if (!queried.isBlank() || !method().equals("POST")) {
            return queried;
        }
        try {
            return Json.text(Json.object(Json.read(body())).get("playlist_id"));
        } catch (JacksonException | IllegalArgumentException e) {
            return "";
        }
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
