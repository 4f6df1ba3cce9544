package dev.chartlake.dashboard.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.trials.Seeded;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportNamesTest {

    private static final String LETTERS = "aAbBcConulpt019._-~_.. /\\:*?\"<>|%&'()!+é\u0130ſK😀\n\0";

    @ParameterizedTest
    @CsvSource({
        "regional-no-daily, regional-no-daily",
        "2024-03-12, 2024-03-12",
        "aB, aB~~4",
        "Ab, Ab~~8",
        "37i9dQZEVXbMDoHDwVN2tF, 37i9dQZEVXbMDoHDwVN2tF~~07db64",
        ".., ~2e~2e",
        "a.b., a.b~2e",
        "a/b, a~2fb",
        "CON, ~43ON~~18",
        "con.x, ~63on.x",
        "console, console",
        "_, ~5f",
        "'', _",
        "é~, ~c3~a9~7e",
    })
    void namesStayReadable(String text, String name) {
        assertThat(ExportNames.of(text)).isEqualTo(name);
    }

    @Test
    void namesAreSafeAndDifferWhereCaseDoesNotCount() {
        Seeded.run(5, random -> {
            Map<String, String> texts = new HashMap<>();
            for (int i = 0; i < 2000; i++) {
                StringBuilder text = new StringBuilder();
                for (int left = random.nextInt(6); left > 0; left--) {
                    int at = random.nextInt(LETTERS.codePointCount(0, LETTERS.length()));
                    text.appendCodePoint(LETTERS.codePointAt(LETTERS.offsetByCodePoints(0, at)));
                }
                String name = ExportNames.of(text.toString());
                assertThat(name).matches("[A-Za-z0-9_~-]+(\\.+[A-Za-z0-9_~-]+)*");
                assertThat(name.toLowerCase(Locale.ROOT)).doesNotMatch("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
                String other = texts.put(name.toLowerCase(Locale.ROOT), text.toString());
                if (other != null) {
                    assertThat(text.toString()).isEqualTo(other);
                }
            }
        });
    }

    @Test
    void longNamesAreNumbered() {
        ExportNames names = new ExportNames();
        String first = names.path("artist", "a".repeat(300), "");
        assertThat(first).isEqualTo("data/artist/~~1/_.js");
        assertThat(names.path("artist", "a".repeat(301), "x")).isEqualTo("data/artist/~~2/x.js");
        assertThat(names.path("song", "a".repeat(300))).isEqualTo("data/song/~~1.js");
        assertThat(names.numbered()).hasSize(2);
    }
}
