package dev.chartlake.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One answer of the server. */
@SuppressWarnings("ArrayRecordComponent") // Written once; nobody compares answers.
record Answer(int code, Map<String, String> headers, byte[] body) {

    static Answer of(int code, String type, byte[] body) {
        return new Answer(code, Map.of("Content-Type", type), body);
    }

    static Answer text(int code, String text) {
        return of(code, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(int code, byte[] json) {
        return of(code, "application/json; charset=utf-8", json);
    }

    static Answer redirect(String to) {
        return new Answer(303, Map.of("Location", to), new byte[0]);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(code, more, body);
    }

    /** Sends it with the headers that every answer has. */
    void send(HttpExchange exchange, String policy) throws IOException {
        var out = exchange.getResponseHeaders();
        out.set("Content-Security-Policy", policy + "; frame-ancestors 'none'");
        out.set("X-Content-Type-Options", "nosniff");
        out.set("Referrer-Policy", "no-referrer");
        out.set("Cross-Origin-Opener-Policy", "same-origin");
        out.set("Cross-Origin-Resource-Policy", "same-origin");
        out.set("Cache-Control", "no-store");
        headers.forEach(out::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(code, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
