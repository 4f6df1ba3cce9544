package dev.chartlake.simulator.answer;

import dev.chartlake.simulator.world.Row;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A generated playlist on a day.
 *
 * @param description HTML-escaped, as Spotify has it
 * @param owner a user id
 * @param ownerName null when the owner has no display name
 * @param image the address of its picture; null for null images
 * @param owned whether each caller counts as its owner
 * @param isPublic whether other people may know of it
 * @param collaborators the ids of others who may change it
 * @param rows the row of each index below the total
 */
record Playlist(
        String id,
        String name,
        String description,
        String owner,
        @Nullable String ownerName,
        int followers,
        @Nullable String image,
        String snapshot,
        boolean owned,
        boolean isPublic,
        Set<String> collaborators,
        int total,
        IntFunction<Row> rows)
        implements Listing {

    @Override
    public boolean isOf(@Nullable String user) {
        return user != null && (owner.equals(user) || collaborators.contains(user));
    }

    @Override
    public void head(JsonGenerator json, Dialect dialect, String href) {
        head(json, dialect.old(), href);
    }

    /** Writes the list as a row of a user's library. */
    void summary(JsonGenerator json, Dialect dialect, String href) {
        json.writeStartObject();
        head(json, false, href);
        for (String page : List.of("tracks", "items")) {
            if (page.equals("tracks") ? dialect.old() : dialect.modern()) {
                json.writeObjectPropertyStart(page);
                json.writeStringProperty("href", href + "/" + page);
                json.writeNumberProperty("total", total);
                json.writeEndObject();
            }
        }
        json.writeStringProperty("type", "playlist");
        json.writeStringProperty("uri", "spotify:playlist:" + id);
        json.writeEndObject();
    }

    private void head(JsonGenerator json, boolean withFollowers, String href) {
        json.writeBooleanProperty("collaborative", !collaborators.isEmpty());
        json.writeStringProperty("description", description);
        ItemJson.externalUrl(json, "playlist", id);
        if (withFollowers) {
            json.writeObjectPropertyStart("followers");
            json.writeNullProperty("href");
            json.writeNumberProperty("total", followers);
            json.writeEndObject();
        }
        json.writeStringProperty("href", href);
        json.writeStringProperty("id", id);
        images(json);
        json.writeStringProperty("name", name);
        json.writeObjectPropertyStart("owner");
        ItemJson.string(json, "display_name", ownerName);
        ItemJson.user(json, owner);
        json.writeEndObject();
        json.writeNullProperty("primary_color");
        json.writeBooleanProperty("public", isPublic);
        json.writeStringProperty("snapshot_id", snapshot);
    }

    private void images(JsonGenerator json) {
        json.writeName("images");
        if (image == null) {
            json.writeNull();
        } else {
            pictures(json);
        }
    }

    /** Writes its pictures as an array. */
    void pictures(JsonGenerator json) {
        json.writeStartArray();
        if (image == null) {
            json.writeEndArray();
            return;
        }
        json.writeStartObject();
        json.writeNullProperty("height");
        json.writeStringProperty("url", image);
        json.writeNullProperty("width");
        json.writeEndObject();
        json.writeEndArray();
    }

    @Override
    public void row(JsonGenerator json, int index, Style style) {
        Row row = rows.apply(index);
        Row.Item item = style.blank() ? null : row.item();
        json.writeStartObject();
        ItemJson.string(json, "added_at", row.addedAt());
        String by = row.addedBy();
        if (by == null) {
            json.writeNullProperty("added_by");
        } else {
            json.writeObjectPropertyStart("added_by");
            ItemJson.user(json, by);
            json.writeEndObject();
        }
        json.writeBooleanProperty("is_local", item instanceof Row.LocalFile);
        json.writeNullProperty("primary_color");
        if (style.dialect().old()) {
            json.writeName("track");
            ItemJson.item(json, item, style);
        }
        if (style.dialect().modern()) {
            json.writeName("item");
            ItemJson.item(json, item, style);
        }
        if (item == null) {
            json.writeNullProperty("video_thumbnail");
        } else {
            json.writeObjectPropertyStart("video_thumbnail");
            json.writeNullProperty("url");
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
