package dev.chartlake.spotify.api;

import dev.chartlake.http.Answer;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.UnreadableException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The lists in the library of the signed-in user, own and followed ones.
 *
 * @param lists each once, in the order of the library
 * @param hidden how many entries are null: lists that Spotify does not show to this app
 */
public record Library(Set<PlaylistRef> lists, int hidden) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LIMIT = 50;

    /** Spotify's documented largest offset. */
    private static final int LARGEST_OFFSET = 100_000;

    /** Reads all pages. Throws as {@link WebApi#me}. */
    public static Library read(WebApi api) throws ListException, InterruptedException {
        Set<PlaylistRef> lists = new LinkedHashSet<>();
        int hidden = 0;
        for (int offset = 0; offset <= LARGEST_OFFSET; ) {
            Answer answer = api.get("/me/playlists?limit=" + LIMIT + "&offset=" + offset)
                    .answer();
            Rows rows = rows(answer);
            for (String id : rows.ids) {
                if (id == null) {
                    hidden++;
                } else if (isId(id)) {
                    lists.add(new PlaylistRef(id));
                }
            }
            offset += rows.ids.size(); // entries that are null count, too
            if (rows.ids.isEmpty() || !rows.goesOn) {
                break;
            }
        }
        return new Library(lists, hidden);
    }

    /** A page: the id of each entry, null for one that is null. */
    private static final class Rows {
        private final List<@Nullable String> ids = new ArrayList<>();
        private boolean goesOn;
        private boolean isPage;
    }

    private static boolean isId(String id) {
        return id.matches("[A-Za-z0-9]{22}");
    }

    /** Reads an answer that is known to be a JSON object. */
    private static Rows rows(Answer answer) throws UnreadableException {
        Rows rows = new Rows();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer.body())) {
            json.nextToken();
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                JsonToken value = json.nextToken();
                if (field.equals("items") && value == JsonToken.START_ARRAY) {
                    rows.isPage = true;
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        rows.ids.add(id(json));
                    }
                } else {
                    rows.goesOn |= field.equals("next") && value == JsonToken.VALUE_STRING;
                    json.skipChildren();
                }
            }
        }
        if (!rows.isPage) {
            throw new UnreadableException(answer, "The page of the library has no items", UnreadableException.NOWHERE);
        }
        return rows;
    }

    private static @Nullable String id(JsonParser json) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        String id = "";
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            if (json.nextToken() == JsonToken.VALUE_STRING && field.equals("id")) {
                id = json.getString();
            } else {
                json.skipChildren();
            }
        }
        return id;
    }
}
