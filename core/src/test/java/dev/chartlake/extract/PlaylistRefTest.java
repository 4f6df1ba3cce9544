package dev.chartlake.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.model.PlaylistRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as people paste them. */
class PlaylistRefTest {

    private static final String ID = "37i9dQZEVXbMDoHDwVN2tF";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID,
                "  " + ID + "\n",
                ID + "?si=0123456789abcdef",
                "spotify:playlist:" + ID,
                "spotify:playlist:" + ID + "?si=abc",
                "spotify:user:spotify:playlist:" + ID,
                "spotify:user:spotify_españa:playlist:" + ID,
                "https://open.spotify.com/playlist/" + ID,
                "https://open.spotify.com/playlist/" + ID + "?si=60e8cd3e2bd54a2d",
                "https://open.spotify.com/playlist/" + ID + "?si=a&pt=b#c",
                "https://open.spotify.com/playlist/" + ID + "/",
                "http://open.spotify.com/playlist/" + ID,
                "HTTPS://Open.Spotify.com/playlist/" + ID,
                "open.spotify.com/playlist/" + ID + "?si=x",
                "https://open.spotify.com/intl-de/playlist/" + ID,
                "https://open.spotify.com/intl-pt-br/playlist/" + ID,
                "https://open.spotify.com/embed/playlist/" + ID + "?utm_source=generator",
                "https://open.spotify.com/user/spotify/playlist/" + ID,
                "https://play.spotify.com/user/spotify/playlist/" + ID,
                "<https://open.spotify.com/playlist/" + ID + "?si=x>",
                "\"" + ID + "\"",
            })
    void readsWhatPeoplePaste(String text) {
        assertThat(PlaylistRef.parse(text)).isEqualTo(new PlaylistRef(ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "top 50",
                "37i9dQZEVXbMDoHDwVN2t",
                "37i9dQZEVXbMDoHDwVN2tFx",
                "37i9dQZEVXbMDoHDwVN2t_",
                "https://open.spotify.com/playlist/",
                "https://evil.example/playlist/" + ID,
                "https://open.spotify.com.evil.example/playlist/" + ID,
                "spotify:playlist:" + ID + "/../x",
            })
    void refusesTheRestAndSaysWhatItTakes(String text) {
        assertThatThrownBy(() -> PlaylistRef.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("https://open.spotify.com/playlist/ID");
    }

    @ParameterizedTest
    @CsvSource({
        "https://open.spotify.com/track/6dOtVTDdiauQNBQEDOtlAB?si=x,link to a Spotify track",
        "https://open.spotify.com/intl-no/album/6dOtVTDdiauQNBQEDOtlAB,link to a Spotify album",
        "spotify:artist:6dOtVTDdiauQNBQEDOtlAB,link to a Spotify artist",
        "https://spotify.link/AbCdEfGh,copy the long link",
        "https://spotify.app.link/AbC,copy the long link"
    })
    void saysWhatElseALinkIs(String text, String what) {
        assertThatThrownBy(() -> PlaylistRef.parse(text)).hasMessageContaining(what);
    }
}
