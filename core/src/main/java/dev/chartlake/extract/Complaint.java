package dev.chartlake.extract;

import java.io.IOException;
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
record Complaint(String text, String reason) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST = 200;

    /** The text of an answer that is a web page. */
    static final String HTML = "with an HTML page";

    static Complaint of(Answer answer) {
        String body = new String(answer.body(), 0, Math.min(answer.body().length, 1 << 14), StandardCharsets.UTF_8);
        String text = body.strip();
        if (text.isEmpty()) {
            return new Complaint("with an empty body", "");
        }
        if (text.startsWith("<")) {
            return new Complaint(HTML, "");
        }
        try {
            return json(text);
        } catch (JacksonException e) {
            return new Complaint(line(text), "");
        }
    }

    /** Why there is no answer, as one line that names no class of ours or of Java's. */
    static String of(IOException e) {
        String message = line(String.valueOf(e.getMessage()));
        if (e instanceof UnknownHostException) {
            return "no address is known for the host " + message;
        }
        return e.getMessage() == null || message.isEmpty() ? "the connection failed" : message;
    }

    private static Complaint json(String body) {
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
        return new Complaint(text.isEmpty() ? line(body) : line(text), line(reason));
    }

    /** One line without control characters, which could steer a terminal. */
    static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
