package dev.chartlake.simulator.answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded lists, {@code <list>/<date>.json}: a page of {@code /tracks} or {@code /items}, a whole playlist object, or
 * an array holding one of these. Files are read on every request, so they can be exchanged while the simulator runs.
 */
public final class Recordings {

    private final Path folder;
    private final JsonMapper mapper = JsonMapper.shared();

    public Recordings(Path folder) {
        this.folder = folder;
    }

    /**
     * The list of that day, or null when it was not recorded.
     *
     * @throws IllegalStateException naming the file, when it is not a recorded list
     */
    @Nullable public Listing find(String list, LocalDate day) {
        Path file = folder.resolve(list).resolve(day + ".json");
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            JsonNode node = mapper.readTree(Files.readAllBytes(file));
            if (node.isArray() && node.size() == 1) {
                node = node.get(0);
            }
            JsonNode rows = rows(node);
            if (rows == null) {
                throw new IllegalStateException("Neither a page nor a playlist: " + file);
            }
            List<JsonNode> all = new ArrayList<>();
            rows.forEach(all::add);
            return new Recorded(mapper, list, node, all);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        } catch (JacksonException e) {
            throw new IllegalStateException("Not JSON: " + file + " (" + e.getOriginalMessage() + ")", e);
        }
    }

    private static @Nullable JsonNode rows(JsonNode node) {
        for (String pointer : List.of("/tracks/items", "/items/items", "/items")) {
            JsonNode rows = node.at(pointer);
            if (rows.isArray()) {
                return rows;
            }
        }
        return null;
    }

    /** One recorded list. */
    private record Recorded(JsonMapper mapper, String list, JsonNode node, List<JsonNode> rows) implements Listing {

        @Override
        public int total() {
            return rows.size();
        }

        @Override
        public boolean owned() {
            return true;
        }

        /** Who owned it then is nobody who can sign in here. */
        @Override
        public boolean isOf(@Nullable String user) {
            return true;
        }

        @Override
        public boolean isPublic() {
            return true;
        }

        @Override
        public void head(JsonGenerator json, Dialect dialect, String href) {
            if (!node.has("snapshot_id") && !node.has("owner")) {
                wrapped(json, href);
                return;
            }
            for (Map.Entry<String, JsonNode> one : node.properties()) {
                String name = one.getKey();
                if (name.equals("href")) {
                    json.writeStringProperty("href", href);
                } else if (!List.of("tracks", "items", "type", "uri").contains(name)) {
                    json.writeName(name);
                    mapper.writeTree(json, one.getValue());
                }
            }
        }

        /** The playlist object around a page: what its id tells, and null for the rest. */
        private void wrapped(JsonGenerator json, String href) {
            ItemJson.externalUrl(json, "playlist", list);
            json.writeStringProperty("href", href);
            json.writeStringProperty("id", list);
            json.writeNullProperty("images");
            json.writeStringProperty("name", list);
            json.writeNullProperty("primary_color");
            if (list.startsWith("37i9")) {
                json.writeObjectPropertyStart("owner");
                ItemJson.string(json, "display_name", "Spotify");
                ItemJson.user(json, "spotify");
                json.writeEndObject();
            } else {
                json.writeNullProperty("owner");
            }
            for (String name : List.of("collaborative", "description", "followers", "public", "snapshot_id")) {
                json.writeNullProperty(name);
            }
        }

        @Override
        public void row(JsonGenerator json, int index, Style style) {
            JsonNode row = rows.get(index);
            if (!row.isObject()) {
                mapper.writeTree(json, row);
                return;
            }
            boolean first = true;
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> one : row.properties()) {
                boolean song = one.getKey().equals("track") || one.getKey().equals("item");
                if (!song) {
                    json.writeName(one.getKey());
                    mapper.writeTree(json, one.getValue());
                } else if (first) {
                    first = false;
                    song(json, one.getValue(), style);
                }
            }
            json.writeEndObject();
        }

        private void song(JsonGenerator json, JsonNode song, Style style) {
            for (String name : List.of("track", "item")) {
                if (name.equals("track")
                        ? style.dialect().old()
                        : style.dialect().modern()) {
                    json.writeName(name);
                    if (style.blank()) {
                        json.writeNull();
                    } else {
                        mapper.writeTree(json, song);
                    }
                }
            }
        }
    }
}
