package dev.chartlake.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.trials.Seeded;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawKeyTest {

    @ParameterizedTest
    @CsvSource({
        "spotify-web-api, 37i9dQZEVXbMDoHDwVN2tF, 2026-11-21T08:30:15.999Z, json,"
                + " 2026-11-21/spotify-web-api/37i9dQZEVXbMDoHDwVN2tF/083015Z.json",
        "spotify-charts, regional-no-weekly, 2025-11-27T00:00:00Z, csv, 2025-11-27/spotify-charts/regional-no-weekly/000000Z.csv",
        "spotify-web-api, a.b_c-, 2024-02-29T23:59:59Z, json, 2024-02-29/spotify-web-api/a.b_c-/235959Z.json",
        "spotify-web-api, x, 1969-12-31T23:59:59.5Z, json, 1969-12-31/spotify-web-api/x/235959Z.json",
    })
    void hasAPathThatIsReadBack(String source, String list, Instant at, String extension, String path) {
        RawKey key = new RawKey(source, list, at, extension);
        assertThat(key.path()).isEqualTo(path);
        assertThat(RawKey.parse(path)).contains(key);
        assertThat(key.date()).isEqualTo(LocalDate.parse(path.substring(0, 10)));
        for (RawState state : RawState.values()) {
            assertThat(key.in(state)).isEqualTo(state.prefix() + path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-21",
                "2026-11-21/spotify-web-api/x/083015Z",
                "2026-11-21/spotify-web-api/x/083015Z.xml",
                "2026-11-21/spotify-web-api/x/083015.json",
                "2026-11-21/spotify-web-api/x/083015Z.json.error.json",
                "2026-13-21/spotify-web-api/x/083015Z.json",
                "2026-02-30/spotify-web-api/x/083015Z.json",
                "2026-11-21/spotify-web-api/x/243015Z.json",
                "2026-11-21/spotify-web-api/x/086015Z.json",
                "2026-11-21/spotify-web-api/x/083060Z.json",
                "2026-11-21/spotify-web-api/../083015Z.json",
                "2026-11-21/spotify-web-api/./083015Z.json",
                "2026-11-21/spotify-web-api//083015Z.json",
                "2026-11-21/spotify-web-api/x/y/083015Z.json",
                "2026-11-21/../x/083015Z.json",
                "/2026-11-21/spotify-web-api/x/083015Z.json",
                "2026-11-21/spotify-web-api/x y/083015Z.json",
                "2026-11-21/spotify-web-api/x/083015Z.json\n",
                "to_process/2026-11-21/spotify-web-api/x/083015Z.json"
            })
    void readsNoOtherPath(String path) {
        assertThat(RawKey.parse(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a/b", "a b", "é", "a\n", "*", "a\\b"})
    void refusesWhatCannotBeAFolder(String name) {
        Instant at = Instant.EPOCH;
        assertThatThrownBy(() -> new RawKey(RawKey.WEB_API, name, at, "json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("list '" + name + "'");
        assertThatThrownBy(() -> new RawKey(name, "x", at, "json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source '" + name + "'");
    }

    @Test
    void isOrderedByTimeThenSourceThenList() throws Exception {
        List<String> order = List.of(
                "2026-11-20/spotify-web-api/z/235959Z.json",
                "2026-11-21/spotify-charts/b/000000Z.csv",
                "2026-11-21/spotify-web-api/A/000000Z.json",
                "2026-11-21/spotify-web-api/a/000000Z.csv",
                "2026-11-21/spotify-web-api/a/000000Z.json",
                "2026-11-21/spotify-charts/a/000001Z.csv");
        Seeded.run(random -> {
            List<RawKey> keys = new ArrayList<>(
                    order.stream().map(path -> RawKey.parse(path).orElseThrow()).toList());
            Collections.shuffle(keys, random);
            Collections.sort(keys);
            assertThat(keys).extracting(RawKey::path).isEqualTo(order);
        });
    }
}
