package dev.chartlake.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.simulator.world.WorldLists;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OddEntriesTest {

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final Client client = new Client(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    private List<JsonNode> items(String query) {
        List<JsonNode> items = new ArrayList<>();
        client.json("/playlists/" + WorldLists.ODD_ENTRIES + "/tracks" + query)
                .path("items")
                .forEach(row -> items.add(row.path("track")));
        return items;
    }

    @Test
    void everyOddKindIsThere() {
        List<JsonNode> items = items("?additional_types=track,episode");
        assertThat(items).anyMatch(JsonNode::isNull);
        assertThat(items)
                .anyMatch(item -> item.path("type").asString().equals("episode")
                        && item.path("show").isObject());
        assertThat(items)
                .filteredOn(item -> item.path("is_local").asBoolean())
                .extracting(item -> item.path("uri").asString())
                .containsExactly(
                        "spotify:local:Hjemmelaget+%26+Co:Demo%2C+1998:%C3%98ving%3A+take+3:187", "spotify:local::::0");
        assertThat(items)
                .anyMatch(item -> !item.path("is_local").asBoolean()
                        && item.path("id").isNull()
                        && item.path("name").asString("x").isEmpty()
                        && item.at("/album/name").asString("x").isEmpty());
        assertThat(items)
                .extracting(item -> item.at("/album/release_date").asString(""))
                .contains("1974", "1981-06", "0000", "2009-05");
        assertThat(items).anyMatch(item -> item.path("artists").size() >= 3);
        assertThat(items)
                .anyMatch(item -> item.at("/album/artists/0/name").asString("").equals("Various Artists"));
        assertThat(items)
                .anyMatch(item -> item.has("external_ids")
                        && !item.at("/external_ids/isrc").asString("").isEmpty()
                        && item.at("/external_ids/isrc")
                                .asString()
                                .equals(item.at("/external_ids/isrc").asString().toLowerCase(java.util.Locale.ROOT)));
        Set<String> seen = new HashSet<>();
        assertThat(items)
                .anyMatch(item -> !item.path("id").isNull()
                        && item.has("id")
                        && !seen.add(item.path("id").asString()));
    }

    @Test
    void namesComeInManyScripts() {
        Set<Character.UnicodeScript> scripts = new TreeSet<>();
        StringBuilder all = new StringBuilder();
        items("").forEach(item -> all.append(item.path("name").asString("")));
        all.codePoints().forEach(point -> scripts.add(Character.UnicodeScript.of(point)));
        assertThat(scripts)
                .contains(
                        Character.UnicodeScript.LATIN,
                        Character.UnicodeScript.CYRILLIC,
                        Character.UnicodeScript.GREEK,
                        Character.UnicodeScript.ARABIC,
                        Character.UnicodeScript.HEBREW,
                        Character.UnicodeScript.HIRAGANA,
                        Character.UnicodeScript.HAN,
                        Character.UnicodeScript.HANGUL,
                        Character.UnicodeScript.THAI,
                        Character.UnicodeScript.DEVANAGARI);
        assertThat(all.toString()).contains("<script>", "\"", "'", ",", "✨");
    }

    @Test
    void theOwnerHasNoDisplayName() {
        JsonNode owner = client.json("/playlists/" + WorldLists.ODD_ENTRIES).path("owner");
        assertThat(owner.path("display_name").isNull()).isTrue();
        assertThat(owner.path("id").asString()).isEqualTo("sim_españa");
        assertThat(owner.path("href").asString()).endsWith("/users/sim_espa%C3%B1a");
    }

    @Test
    void withoutAskingForEpisodesTheyAreDisguisedAsTracks() {
        assertThat(items(""))
                .filteredOn(item -> item.path("uri").asString("").startsWith("spotify:episode:"))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.has("show")).isFalse();
                    assertThat(item.path("track").asBoolean()).isTrue();
                    assertThat(item.path("episode").asBoolean()).isFalse();
                    assertThat(item.at("/album/album_type").asString()).isEqualTo("compilation");
                    assertThat(item.at("/artists/0/href").asString()).contains("/shows/");
                });
    }
}
