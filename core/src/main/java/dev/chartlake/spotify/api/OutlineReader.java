package dev.chartlake.spotify.api;

import dev.chartlake.http.Answer;
import dev.chartlake.spotify.api.Outline.Next;
import dev.chartlake.spotify.api.Outline.Rows;
import dev.chartlake.spotify.calls.ErrorAnswer;
import dev.chartlake.spotify.calls.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Proves that a body is one JSON object and reads its outline. Any object passes, whatever is in it: what it means is
 * the transform's business.
 */
final class OutlineReader {

    private static final JsonFactory JSON = new JsonFactory();

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,12}");

    private @Nullable String name;
    private @Nullable String owner;
    private @Nullable String snapshotId;
    private @Nullable Rows tracks;
    private @Nullable Rows items;

    private OutlineReader() {}

    /** Throws {@link UnreadableException} if the body is empty, cut off, HTML, or anything but a JSON object. */
    static Outline read(Answer answer) throws UnreadableException {
        byte[] body = answer.body();
        int start = 0;
        while (start < body.length && (body[start] == ' ' || body[start] >= '\t' && body[start] <= '\r')) {
            start++;
        }
        if (start == body.length) {
            throw new UnreadableException(answer, "The body is empty", UnreadableException.NOWHERE);
        }
        if (!answer.whole()) {
            String reason = "The connection ended after " + body.length + " bytes of the body";
            throw new UnreadableException(answer, reason, body.length);
        }
        if (body[start] == '<') {
            throw new UnreadableException(answer, "The body is an HTML page, not JSON", start);
        }
        // Anything but plain UTF-8 (a byte-order mark, UTF-16) would not fit between its neighbours in a raw object.
        if (body[start] != '{' || start + 1 < body.length && body[start + 1] == 0) {
            throw new UnreadableException(answer, "The body is not a JSON object in UTF-8", start);
        }
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            json.nextToken();
            Outline outline = new OutlineReader().answer(json);
            if (json.nextToken() != null) {
                long at = json.currentTokenLocation().getByteOffset();
                throw new UnreadableException(answer, "Something follows the JSON object", at);
            }
            return outline;
        } catch (JacksonException e) {
            long at = e.getLocation() == null
                    ? UnreadableException.NOWHERE
                    : e.getLocation().getByteOffset();
            throw new UnreadableException(
                    answer, "The body is not JSON: " + ErrorAnswer.line(e.getOriginalMessage()), at);
        }
    }

    private Outline answer(JsonParser json) {
        Page self = new Page();
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            JsonToken value = json.nextToken();
            switch (field) {
                case "name" -> name = text(json);
                case "snapshot_id" -> snapshotId = text(json);
                case "owner" -> owner = field(json, "id");
                case "tracks" -> tracks = page(json);
                case "items" -> {
                    if (value == JsonToken.START_ARRAY) {
                        self.uris = rows(json); // the answer is a page itself
                    } else {
                        items = page(json);
                    }
                }
                default -> self.field(field, json);
            }
        }
        return new Outline(name, owner, snapshotId, tracks, self.uris == null ? items : self.rows());
    }

    private static @Nullable Rows page(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        Page page = new Page();
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            JsonToken value = json.nextToken();
            if (field.equals("items") && value == JsonToken.START_ARRAY) {
                page.uris = rows(json);
            } else {
                page.field(field, json);
            }
        }
        return page.rows();
    }

    private static List<String> rows(JsonParser json) {
        List<String> uris = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            uris.add(uri(json));
        }
        return uris;
    }

    /** The inner object has booleans that are called {@code track} and {@code episode} too. */
    private static String uri(JsonParser json) {
        String uri = null;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return "";
        }
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            if (uri == null && (field.equals("item") || field.equals("track"))) {
                uri = field(json, "uri");
            } else if (uri == null && field.equals("uri")) {
                uri = text(json); // a song without a row around it
            } else {
                json.skipChildren();
            }
        }
        return uri == null ? "" : uri;
    }

    /** The text {@code wanted} of the object that begins here, or null; reads on to the object's end. */
    private static @Nullable String field(JsonParser json, String wanted) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        String found = null;
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            if (field.equals(wanted)) {
                found = text(json);
            } else {
                json.skipChildren();
            }
        }
        return found;
    }

    private static @Nullable String text(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        json.skipChildren();
        return null;
    }

    /** The fields of a paging object. */
    private static final class Page {
        private @Nullable List<String> uris;
        private long total = Outline.UNKNOWN;
        private long offset = Outline.UNKNOWN;
        private Next next = Next.UNSAID;

        private void field(String field, JsonParser json) {
            switch (field) {
                case "total" -> total = count(json);
                case "offset" -> offset = count(json);
                case "next" -> next = next(json);
                default -> json.skipChildren();
            }
        }

        private static Next next(JsonParser json) {
            JsonToken value = json.currentToken();
            boolean none = value == JsonToken.VALUE_NULL
                    || value == JsonToken.VALUE_FALSE
                    || value == JsonToken.VALUE_STRING && json.getString().isBlank();
            json.skipChildren();
            return none ? Next.LAST : Next.MORE;
        }

        /** A number of rows, also one in quotes; anything else is not known. */
        private static long count(JsonParser json) {
            String text = json.currentToken().isScalarValue() ? json.getString() : "";
            json.skipChildren();
            return COUNT.matcher(text).matches() ? Long.parseLong(text) : Outline.UNKNOWN;
        }

        private @Nullable Rows rows() {
            return uris == null ? null : new Rows(uris, total, next, offset);
        }
    }
}
