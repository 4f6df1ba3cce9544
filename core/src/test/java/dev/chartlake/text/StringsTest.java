package dev.chartlake.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.trials.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal texts have one number, different texts have different ones, and no text is lost while the store grows. */
class StringsTest {

    @Test
    void startsWithNothingButNull() {
        assertThat(new Strings().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "1234567", "12345678", "123456789", "1234567890123456", "é", "🎵", "a\u0000", "\u0000"})
    void keepsTexts(String text) {
        Strings strings = new Strings();
        int number = strings.intern(text);
        assertThat(number).isNotEqualTo(Strings.NULL);
        assertThat(strings.intern(text)).isEqualTo(number);
        assertThat(strings.string(number)).isEqualTo(text);
        assertThat(strings.length(number)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Texts that differ in length alone, or behind the eighth byte, or by what stands behind them in the source. */
    @Test
    void tellsSimilarTextsApart() {
        Strings strings = new Strings();
        List<String> texts = new ArrayList<>();
        for (int length = 0; length < 40; length++) {
            texts.add("\u0000".repeat(length));
            texts.add("x".repeat(length) + "y");
            texts.add("y" + "x".repeat(length + 1));
        }
        List<Integer> numbers = texts.stream().map(strings::intern).toList();
        assertThat(numbers).doesNotHaveDuplicates();
        byte[] source = "abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz!".getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(source, source.length);
        for (int length = 0; length <= 26; length++) {
            assertThat(strings.intern(padded, 0, length)).isEqualTo(strings.intern(padded, 27, length));
        }
    }

    @Test
    void behavesLikeAMap() throws Exception {
        Seeded.run(random -> {
            Strings strings = new Strings();
            Map<String, Integer> numbers = new HashMap<>();
            List<String> texts = new ArrayList<>();
            texts.add("");
            for (int i = 0; i < 200_000; i++) {
                StringBuilder text = new StringBuilder();
                for (int n = random.nextInt(random.nextInt(50) == 0 ? 3_000 / (1 + i / 1_000) + 1 : 12); n > 0; n--) {
                    text.appendCodePoint(
                            random.nextInt(20) == 0 ? 0x80 + random.nextInt(0xd000) : 'a' + random.nextInt(6));
                }
                String key = text.toString();
                int number = strings.intern(key);
                Integer before = numbers.putIfAbsent(key, number);
                if (number != (before == null ? texts.size() : before)) {
                    throw new AssertionError(number + " for " + key + ", which is " + before);
                }
                if (before == null) {
                    texts.add(key);
                }
                if (random.nextInt(20_000) == 0) {
                    List<String> gone = texts.subList(1 + random.nextInt(texts.size()), texts.size());
                    strings.clear(texts.size() - gone.size());
                    gone.forEach(numbers::remove);
                    gone.clear();
                }
            }
            assertThat(strings.count()).isEqualTo(texts.size());
            for (int number = 1; number < texts.size(); number++) {
                if (!strings.string(number).equals(texts.get(number))) {
                    throw new AssertionError("number " + number + " is no longer " + texts.get(number));
                }
            }
        });
    }

    /** A text may be interned from the store's own bytes, also when these have to grow for it. */
    @Test
    void takesTextsFromItself() {
        Strings strings = new Strings();
        int whole = strings.intern("0123456789".repeat(6_000));
        for (int length = 59_999; length > 59_900; length--) {
            int part = strings.intern(strings.bytes(), strings.start(whole), length);
            assertThat(strings.string(part))
                    .isEqualTo("0123456789".repeat(6_000).substring(0, length));
        }
    }

    @Test
    void aCopyGoesOnByItself() {
        Strings first = new Strings();
        int both = first.intern("both");
        Strings second = first.copy();
        int one = first.intern("one");
        int other = second.intern("other");
        assertThat(one).isEqualTo(other);
        assertThat(first.string(one)).isEqualTo("one");
        assertThat(second.string(other)).isEqualTo("other");
        assertThat(second.intern("both")).isEqualTo(both);
        assertThat(second.intern("one")).isNotEqualTo(other);
        first.clear();
        assertThat(second.string(both)).isEqualTo("both");
    }

    @ParameterizedTest
    @CsvSource({"a,b", "a,aa", "'',a", "Z,a", "z,é", "é,中", "\uffff,🎵"})
    void ordersByCodePoints(String less, String greater) {
        Strings strings = new Strings();
        int a = strings.intern(less);
        int b = strings.intern(greater);
        assertThat(strings.compare(a, b)).isNegative();
        assertThat(strings.compare(b, a)).isPositive();
        assertThat(strings.compare(a, a)).isZero();
    }
}
