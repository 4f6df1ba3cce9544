package dev.chartlake.spotify.calls;

import dev.chartlake.http.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What an answer that is no success says, in any of the shapes seen: an error object, an OAuth error, plain text, HTML.
 *
 * @param text for a message: one line, not long
 * @param reason Spotify's or OAuth's code such as {@code QUOTA_EXCEEDED} or {@code invalid_client}; empty if none
 */
public record ErrorAnswer(String text, String reason) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 200;

    /** The text of an answer that is a web page. */
    public static final String HTML = "with an HTML page";

    /** What an answer says; empty texts where it says nothing. */
    public static ErrorAnswer of(Answer answer) {
        String body = new String(answer.body(), 0, Math.min(answer.body().length, 1 << 14), StandardCharsets.UTF_8);
        String text = body.strip();
        if (text.isEmpty()) {
            return new ErrorAnswer("with an empty body", "");
        }
        if (text.startsWith("<")) {
            return new ErrorAnswer(HTML, "");
        }
        try {
            return json(text);
        } catch (JacksonException e) {
            return new ErrorAnswer(line(text), "");
        }
    }

    /** Why there is no answer, as one line that names no class of ours or of Java's. */
    public static String of(IOException e) {
        String message = line(String.valueOf(e.getMessage()));
        if (e instanceof UnknownHostException) {
            return "no address is known for the host " + message;
        }
        return e.getMessage() == null || message.isEmpty() ? "the connection failed" : message;
    }

    private static ErrorAnswer json(String body) {
        String message = "";
        String reason = "";
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token != JsonToken.VALUE_STRING || json.currentName() == null) {
                    continue;
                }
                switch (json.currentName()) {
                    case "message", "error_description" -> message = json.getString();
                    case "reason", "error" -> reason = json.getString();
                    default -> {}
                }
            }
        }
        String text = message.isEmpty() ? reason : message;
        return new ErrorAnswer(text.isEmpty() ? line(body) : line(text), line(reason));
    }

    /** Where a redirect leads to, without path and query, which may hold credentials; fit for a message. */
    public static String redirect(Answer answer) {
        try {
            URI to = new URI(answer.headers().getOrDefault("location", ""));
            return to.getHost() == null
                    ? "the answer redirects to another path of it"
                    : "the answer redirects to " + to.getScheme() + "://" + line(to.getHost());
        } catch (URISyntaxException e) {
            return "the answer redirects elsewhere";
        }
    }

    /** One line without control characters, which could steer a terminal. */
    public static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
