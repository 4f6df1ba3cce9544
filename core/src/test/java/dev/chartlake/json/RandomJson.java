package dev.chartlake.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Writes random documents in every way that the grammar allows, and damages them. */
final class RandomJson {

    static final List<String> NAMES = List.of("a", "id", "name", "added_at", "available_markets", "käse", "🎵", "");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "7",
            "-1",
            "10",
            "123456789012345678",
            "-123456789012345678",
            "1234567890123456789",
            "0.5",
            "-0.0",
            "1e5",
            "1E+5",
            "1e-5",
            "-12.50e07",
            "9223372036854775807",
            "99999999999999999999999999999999",
            "1e400",
            "0e0",
            "0E-0",
            "1.7976931348623157e308");
    private static final List<String> LITERALS = List.of("true", "false", "null");
    private static final List<String> CHARACTERS = List.of(
            "a",
            "Z",
            " ",
            "0",
            "{",
            "]",
            ",",
            ":",
            "/",
            "'",
            "\u007f",
            "é",
            "ß",
            "中",
            "\uffff",
            "\u2028",
            "🎵",
            "\ud800\udc00");
    private static final List<String> ESCAPES = List.of(
            "\\\"",
            "\\\\",
            "\\/",
            "\\b",
            "\\f",
            "\\n",
            "\\r",
            "\\t",
            "\\u0041",
            "\\u0000",
            "\\u00e9",
            "\\uABCD",
            "\\ud83c\\udfb5",
            "\\uDBFF\\uDFFF",
            "\\ud800",
            "\\udfff",
            "\\udc00\\ud800",
            "\\ud800\\ud800\\udc00",
            "\\ud800\\n",
            "\\ud83cx",
            "\\uffff");
    private static final List<String> SPACES =
            List.of(" ", "\n", "\t", "\r", "\r\n", "        ", " \t\n\r  \n        ");
    /** What other readers may take for JSON, and what is nearly JSON. */
    private static final List<String> WRONG = List.of(
            "01",
            "-01",
            "+1",
            ".5",
            "1.",
            "1.e5",
            "-",
            "1e",
            "1e+",
            "- 1",
            "0x10",
            "NaN",
            "Infinity",
            "-Infinity",
            "1_0",
            "1 2",
            "tru",
            "True",
            "nul",
            "nulll",
            "falsey",
            "true1",
            "nullé",
            "undefined",
            "'a'",
            "a",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\\u\"",
            "\"\\u00 41\"",
            "\"\\ud800\\u\"",
            "\"\n\"",
            "\"\t\"",
            "\"\u0000\"",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\":1,}",
            "{,}",
            "{\"a\"}",
            "{\"a\",1}",
            "{\"a\":}",
            "{a:1}",
            "{1:1}",
            "{null:1}",
            "[}",
            "{]",
            "]",
            "}",
            ",",
            ":",
            "/**/1",
            "//\n1",
            "#\n1",
            "\u00a01",
            "\ufeff1",
            "\f1",
            "\"a\" \"b\"",
            "\"",
            "\"\\",
            "\"\\\"",
            "");

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    RandomJson(Random random) {
        this.random = random;
    }

    /** A well-formed document; one in eight is nested deeply. */
    byte[] document() {
        out.setLength(0);
        space();
        int deep = random.nextInt(8) == 0 ? random.nextInt(97) : 0;
        for (int i = 0; i < deep; i++) {
            out.append(i % 2 == deep % 2 ? "[" : "{\"a\":");
            space();
        }
        value(1 + random.nextInt(4));
        for (int i = deep - 1; i >= 0; i--) {
            space();
            out.append(i % 2 == deep % 2 ? "]" : "}");
        }
        space();
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(int depth) {
        switch (depth == 0 ? random.nextInt(3) : random.nextInt(7)) {
            case 0 -> out.append(one(NUMBERS));
            case 1 -> out.append(one(LITERALS));
            case 2, 3 -> string();
            case 4 -> object(depth);
            default -> array(depth);
        }
    }

    private void array(int depth) {
        out.append('[');
        space();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            out.append(i == 0 ? "" : ",");
            space();
            value(depth - 1);
            space();
        }
        out.append(']');
    }

    private void object(int depth) {
        out.append('{');
        space();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            out.append(i == 0 ? "" : ",");
            space();
            if (random.nextInt(3) == 0) {
                string();
            } else {
                name(one(NAMES));
            }
            space();
            out.append(':');
            space();
            value(depth - 1);
            space();
        }
        out.append('}');
    }

    /** A known name, now and then with its first letter escaped. */
    private void name(String name) {
        boolean escaped = !name.isEmpty() && random.nextInt(4) == 0;
        out.append('"');
        out.append(escaped ? String.format("\\u%04x", (int) name.charAt(0)) : "");
        boolean pair = escaped && Character.isHighSurrogate(name.charAt(0));
        out.append(pair ? String.format("\\u%04X", (int) name.charAt(1)) : "");
        out.append(name.substring(pair ? 2 : escaped ? 1 : 0)).append('"');
    }

    private void string() {
        out.append('"');
        int size = random.nextInt(3) == 0 ? 0 : random.nextInt(random.nextInt(10) == 0 ? 60 : 12);
        int escapes = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            out.append(random.nextInt(6) < escapes ? one(ESCAPES) : one(CHARACTERS));
        }
        out.append('"');
    }

    private void space() {
        if (random.nextInt(4) == 0) {
            out.append(one(SPACES));
        }
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** The same document with one to three changes, most of which make it invalid. */
    byte[] damaged(byte[] document) {
        byte[] bytes = document;
        for (int n = random.nextInt(3); n >= 0; n--) {
            bytes = damagedOnce(bytes);
        }
        return bytes;
    }

    private byte[] damagedOnce(byte[] document) {
        int at = random.nextInt(document.length + 1);
        int next = Math.min(at + 1, document.length);
        return switch (random.nextInt(8)) {
            case 0 -> replace(document, at, next, (byte) random.nextInt(256));
            case 1 ->
                replace(document, at, next, (byte) (at < document.length ? document[at] ^ 1 << random.nextInt(8) : 0));
            case 2 -> replace(document, at, Math.min(at + 1 + random.nextInt(4), document.length));
            case 3 -> replace(document, at, at, (byte) "{}[]:,\"\\/-.0eE tfn\n\u0000".charAt(random.nextInt(20)));
            case 4 -> replace(document, at, at, notUtf8());
            case 5 -> replace(document, at, at, one(WRONG).getBytes(StandardCharsets.UTF_8));
            case 6 -> {
                int from = random.nextInt(document.length + 1);
                int to = Math.min(document.length, from + random.nextInt(20));
                yield replace(document, at, at, Arrays.copyOfRange(document, from, to));
            }
            default -> insideAValue(document);
        };
    }

    /** Puts a wrong token where a token can stand: more telling than a random place. */
    private byte[] insideAValue(byte[] document) {
        for (int i = random.nextInt(document.length + 1); i < document.length; i++) {
            if (document[i] == ',' || document[i] == ':' || document[i] == '[') {
                return replace(document, i + 1, i + 1, one(WRONG).getBytes(StandardCharsets.UTF_8));
            }
        }
        return one(WRONG).getBytes(StandardCharsets.UTF_8);
    }

    /** Overlong forms, surrogates, what is beyond Unicode, and pieces of characters. */
    private byte[] notUtf8() {
        String[] forms = {"c080", "c1bf", "e08080", "e09fbf", "eda080", "edbfbf", "f0808080", "f08fbfbf", "f4908080"};
        String[] pieces = {
            "80", "bf", "c3", "e4b8", "f09f8e", "f09f", "ff", "fe", "f5808080", "f8888080", "efbbbf", "c2"
        };
        String hex = random.nextBoolean() ? forms[random.nextInt(forms.length)] : pieces[random.nextInt(pieces.length)];
        return HexFormat.of().parseHex(hex);
    }

    static byte[] replace(byte[] document, int from, int to, byte... with) {
        byte[] result = Arrays.copyOf(document, document.length - (to - from) + with.length);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(document, to, result, from + with.length, document.length - to);
        return result;
    }
}
