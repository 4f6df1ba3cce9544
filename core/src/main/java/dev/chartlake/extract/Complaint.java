package dev.chartlake.extract;

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

    static Complaint of(Answer answer) {
        String body = new String(answer.body(), 0, Math.min(answer.body().length, 1 << 14), StandardCharsets.UTF_8);
        String text = body.strip();
        if (text.isEmpty()) {
            return new Complaint("with an empty body", "");
        }
        if (text.startsWith("<")) {
            return new Complaint("with an HTML page", "");
        }
        try {
            return json(text);
        } catch (JacksonException e) {
            return new Complaint(line(text), "");
        }
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
