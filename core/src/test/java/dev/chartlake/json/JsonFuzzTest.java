package dev.chartlake.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.trials.Seeded;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner and Jackson say the same of any bytes: whether they are JSON, and what they say. */
class JsonFuzzTest {

    private static final int WINDOW = 256 << 10;

    /** An error may be told at the start of the token it is in: {@code falsey}, {@code -01}, four bytes of UTF-8. */
    private static final int TOKEN = 5;

    private final JsonScanner scanner = new JsonScanner();
    private final Reading reading = new Reading(scanner);

    @Test
    void agreesOnRandomDocuments() throws Exception {
        Seeded.run(100, random -> {
            RandomJson json = new RandomJson(random);
            for (int i = 0; i < 25; i++) {
                byte[] document = json.document();
                assertThat(Jackson.reading(document)).as(() -> show(document)).isNotNull();
                check(document, document.length, random);
            }
        });
    }

    @Test
    void agreesOnDamagedDocuments() throws Exception {
        Seeded.run(100, random -> {
            RandomJson json = new RandomJson(random);
            int refused = 0;
            for (int i = 0; i < 80; i++) {
                byte[] document = json.document();
                byte[] damaged = json.damaged(document);
                refused += check(damaged, Arrays.mismatch(document, damaged), random) ? 0 : 1;
            }
            assertThat(refused).isPositive();
        });
    }

    @Test
    void agreesOnEveryTruncation() throws Exception {
        Seeded.run(20, random -> {
            RandomJson json = new RandomJson(random);
            for (int i = 0; i < 2; i++) {
                byte[] document = json.document();
                for (int length = 0; length < document.length; length++) {
                    byte[] start = Arrays.copyOf(document, length);
                    if (!check(start, length, random)) {
                        JsonException e = error(start, false);
                        // Of "\ the offset of the escape is told.
                        assertThat(e.offset()).as(() -> show(start)).isBetween((long) length - 1, (long) length);
                        // What is cut inside a character is not JSON either way, but then the message is about the
                        // byte.
                        assertThat(e.getMessage()).as(() -> show(start)).contains("truncated");
                    }
                }
            }
        });
    }

    /** Each place of a document comes to lie at the window's end, and far behind it. */
    @Test
    void agreesWhereTheWindowEnds() throws Exception {
        Seeded.run(50, random -> {
            RandomJson json = new RandomJson(random);
            for (int i = 0; i < 6; i++) {
                byte[] document = json.document();
                byte[] inner = i % 2 == 0 ? document : json.damaged(document);
                byte[] small = in(inner, 0);
                int padding = WINDOW - 1 - random.nextInt(small.length) + random.nextInt(3) / 2 * WINDOW * 3;
                byte[] large = in(inner, padding);
                String expected = Jackson.reading(small);
                assertThat(read(large))
                        .as(() -> padding + " bytes before " + show(inner))
                        .isEqualTo(expected);
                for (boolean elements : new boolean[] {false, true}) {
                    JsonException before = errorOf(small, elements);
                    JsonException after = errorOf(large, elements);
                    assertThat(after == null ? -1 : after.offset() - padding)
                            .as(() -> padding + " bytes before " + show(inner))
                            .isEqualTo(before == null ? -1 : before.offset());
                    assertThat(after == null ? "" : after.getMessage())
                            .isEqualTo(before == null ? "" : before.getMessage());
                }
            }
        });
    }

    private static byte[] in(byte[] element, int padding) {
        byte[] document = new byte[padding + element.length + 10];
        Arrays.fill(document, (byte) ' ');
        byte[] before = "[true,[".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(before, 0, document, 0, before.length);
        System.arraycopy(element, 0, document, before.length + padding, element.length);
        document[document.length - 2] = ']';
        document[document.length - 1] = ']';
        return document;
    }

    @Test
    void readsValuesLongerThanTheWindow() throws Exception {
        Seeded.run(random -> {
            RandomJson json = new RandomJson(random);
            for (int size : new int[] {WINDOW - 9, WINDOW, 3 * WINDOW, 4 * WINDOW + 1, 9 * WINDOW}) {
                StringBuilder text = new StringBuilder("[[\"");
                while (text.length() < size) {
                    text.append(List.of("Motörhead ", "\\u0041", "\\ud83c\\udfb5", "🎵", "\\\"", "x".repeat(70))
                            .get(random.nextInt(6)));
                }
                text.append("\"],");
                String rest = new String(json.document(), StandardCharsets.UTF_8);
                byte[] document = (text + rest + "]").getBytes(StandardCharsets.UTF_8);
                check(document, document.length, random);
                byte[] wrong = RandomJson.replace(document, text.length() / 2, text.length() / 2, (byte) 1);
                check(wrong, text.length() / 2, random);
                check(Arrays.copyOf(document, document.length - rest.length() - 4), text.length() - 4, random);
            }
        });
    }

    @Test
    void readsLongDocumentsOfSmallElements() throws Exception {
        Seeded.run(random -> {
            RandomJson json = new RandomJson(random);
            for (int i = 0; i < 2; i++) {
                StringBuilder text = new StringBuilder("[");
                while (text.length() < 3 * WINDOW + random.nextInt(WINDOW)) {
                    text.append(text.length() == 1 ? "" : ",")
                            .append(new String(json.document(), StandardCharsets.UTF_8));
                }
                byte[] document = text.append("]").toString().getBytes(StandardCharsets.UTF_8);
                check(document, document.length, random);
                int at = random.nextInt(document.length);
                check(RandomJson.replace(document, at, at, (byte) random.nextInt(32)), at, random);
            }
        });
    }

    /** The last two arrays or objects are recognised by their bytes; what follows them must still be right. */
    @Test
    void recognisesRepeatedValuesOnlyWhereTheyStand() throws Exception {
        Seeded.run(50, random -> {
            List<String> values = List.of(
                    "[\"AD\",\"AE\"]",
                    "[\"AD\",\"AE\",\"AF\"]",
                    "[\"AD\",\"AE\" ]",
                    "[]",
                    "{}",
                    "[[]]",
                    "{\"a\":[]}",
                    "12",
                    "123",
                    "\"AD\"",
                    "null",
                    "[\"AD\",\"AE\"",
                    "[\"AD\",\"AE\"]]",
                    "[\"AD\",\"AE\"]1",
                    "{}{}");
            for (int i = 0; i < 50; i++) {
                StringBuilder text = new StringBuilder("[");
                int size = random.nextInt(12);
                for (int n = 0; n < size; n++) {
                    int right = random.nextInt(60) == 0 ? values.size() : 11;
                    text.append(n == 0 ? "" : ",").append(values.get(random.nextInt(right)));
                }
                byte[] document = text.append("]").toString().getBytes(StandardCharsets.UTF_8);
                boolean wellFormed = Jackson.reading(document) != null;
                assertThat(errorOf(document, true) == null)
                        .as(() -> show(document))
                        .isEqualTo(wellFormed);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"256,true", "257,false"})
    void nestsAsDeepAsItSays(int depth, boolean fine) {
        for (String open : new String[] {"[", "{\"a\":"}) {
            String close = open.equals("[") ? "]" : "}";
            byte[] document = (open.repeat(depth) + "1" + close.repeat(depth)).getBytes(StandardCharsets.UTF_8);
            JsonException e = errorOf(document, false);
            assertThat(e == null).isEqualTo(fine);
            if (e != null) {
                assertThat(e).hasMessage("nested more than 256 levels deep");
                assertThat(e.offset()).isEqualTo((long) open.length() * 256);
            }
        }
    }

    @Test
    void boundsTheLengthOfOneValue() {
        byte[] start = "[1, \"".getBytes(StandardCharsets.UTF_8);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                Arrays.fill(bytes, from, from + length, (byte) 'x');
                return length;
            }
        };
        assertThatThrownBy(() -> new Reading(new JsonScanner())
                        .skipElements(new SequenceInputStream(new ByteArrayInputStream(start), endless), new Random(1)))
                .isInstanceOf(JsonException.class)
                .hasMessage("a single value of more than 16 MB");
    }

    /** Other encodings are refused by name; Jackson would guess them. A UTF-8 mark is allowed, once. */
    @Test
    void knowsOtherEncodings() {
        for (String encoding : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE")) {
            byte[] document = "{\"a\": 1}".getBytes(Charset.forName(encoding));
            assertThat(error(document, false)).hasMessage("not UTF-8 but UTF-16 or UTF-32");
        }
        assertThat(errorOf("\ufeff{}".getBytes(StandardCharsets.UTF_8), false)).isNull();
        assertThat(error("\ufeff\ufeff{}".getBytes(StandardCharsets.UTF_8), false)
                        .offset())
                .isEqualTo(3);
    }

    /** Behind a value, marks are white space: files that were put together have some between their documents. */
    @ParameterizedTest
    @ValueSource(strings = {"{}\ufeff", "[] \ufeff\ufeff", "0\ufeff\n", "null\ufeff ", "\"a\"\ufeff"})
    void marksBehindAValueAreSpace(String document) {
        assertThat(errorOf(document.getBytes(StandardCharsets.UTF_8), false)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\ufeff", "\n\t "})
    void refusesNothing(String nothing) {
        assertThat(error(nothing.getBytes(StandardCharsets.UTF_8), false).offset())
                .isEqualTo(nothing.getBytes(StandardCharsets.UTF_8).length);
    }

    /** A failure of the stream is told as it is, and the scanner can be used again. */
    @Test
    void passesOnWhatTheStreamThrows() throws Exception {
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(new byte[] {'['})) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int read = super.read(bytes, from, length);
                if (read < 0) {
                    throw new IOException("reset");
                }
                return read;
            }
        };
        assertThatThrownBy(() -> reading.skip(broken))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("reset");
        assertThat(read("[1]".getBytes(StandardCharsets.UTF_8))).isEqualTo("[1 ] ");
    }

    /** Byte order marks behind a document are skipped, as white space is; Jackson rejects them. */
    private static byte[] withoutMarksBehindIt(byte[] document) {
        return new String(document, StandardCharsets.ISO_8859_1)
                .replaceFirst("(?<=[^ \t\r\n])[ \t\r\n]*(\u00ef\u00bb\u00bf[ \t\r\n]*)+\\z", "")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Compares with Jackson; {@code firstChange} is where the document is no longer a well-formed one's start. */
    private boolean check(byte[] document, int firstChange, Random random) throws IOException {
        String expected = Jackson.reading(withoutMarksBehindIt(document));
        assertThat(read(document)).as(() -> show(document)).isEqualTo(expected);
        assertThat(read(new Trickle(document, random))).as(() -> show(document)).isEqualTo(expected);
        for (boolean elements : new boolean[] {false, true}) {
            JsonException e = errorOf(document, elements);
            assertThat(e == null).as(() -> show(document) + ": " + e).isEqualTo(expected != null);
            if (e != null) {
                assertThat(e.offset())
                        .as(() -> show(document) + ": " + e)
                        .isBetween((long) Math.max(0, firstChange - TOKEN), (long) document.length);
            }
        }
        return expected != null;
    }

    private @Nullable String read(byte[] document) throws IOException {
        return read(new ByteArrayInputStream(document));
    }

    private @Nullable String read(InputStream document) throws IOException {
        try {
            return reading.all(document);
        } catch (JsonException e) {
            return null;
        }
    }

    private @Nullable JsonException errorOf(byte[] document, boolean elements) {
        try {
            if (elements) {
                reading.skipElements(new ByteArrayInputStream(document), new Random(document.length));
            } else {
                reading.skip(new ByteArrayInputStream(document));
            }
            return null;
        } catch (JsonException e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonException error(byte[] document, boolean elements) {
        JsonException e = errorOf(document, elements);
        if (e == null) {
            throw new AssertionError("accepted: " + show(document));
        }
        return e;
    }

    private static String show(byte[] document) {
        String text = new String(document, StandardCharsets.ISO_8859_1);
        return text.length() <= 2_000
                ? text.replaceAll("[^ -~]", "·") + " = " + HexFormat.of().formatHex(document)
                : document.length + " bytes";
    }

    /** Gives a few bytes at a time, as a slow connection does. */
    private static final class Trickle extends ByteArrayInputStream {
        private final Random random;

        Trickle(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] bytes, int from, int length) {
            return super.read(bytes, from, Math.min(length, 1 + random.nextInt(7)));
        }
    }
}
