package dev.chartlake.spotify.api;

import dev.chartlake.http.Answer;
import dev.chartlake.spotify.calls.ErrorAnswer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The signed-in user.
 *
 * @param id the user's id; empty if the answer has none
 * @param name the display name; empty if there is none
 */
public record Me(String id, String name) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads an answer that is known to be a JSON object. */
    static Me of(Answer answer) {
        String id = "";
        String name = "";
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer.body())) {
            json.nextToken();
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                boolean text = json.nextToken() == JsonToken.VALUE_STRING;
                if (text && field.equals("id")) {
                    id = ErrorAnswer.line(json.getString());
                } else if (text && field.equals("display_name")) {
                    name = ErrorAnswer.line(json.getString());
                } else {
                    json.skipChildren();
                }
            }
        }
        return new Me(id, name);
    }
}
