package dev.chartlake.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.normalise.document.Part;
import dev.chartlake.trials.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The same rows come out of all shapes in which people save them, and import counts them as transform does. */
class DocumentShapesTest {

    private final ReaderUnderTest reader = new ReaderUnderTest();
    private final RawInspector inspector = new RawInspector();

    @Test
    void everyShapeSaysTheSame() throws Exception {
        Seeded.run(10, random -> {
            RandomAnswers answers = new RandomAnswers(random, 0);
            for (int i = 0; i < 5; i++) {
                JsonNode document = answers.document(1, 12);
                JsonNode page = page(document.isArray() ? document.get(0) : document);
                ModelReader.Reading plain = ModelReader.read(page);
                for (Map.Entry<String, byte[]> shape : shapes(random, page).entrySet()) {
                    check(shape.getKey(), shape.getValue(), plain);
                }
            }
        });
    }

    /** Pages of one list, each a document, in any order. */
    @Test
    void pagesInRows() throws Exception {
        Seeded.run(10, random -> {
            RandomAnswers answers = new RandomAnswers(random, 0);
            JsonNode document = answers.document(5, 9);
            ModelReader.Reading plain = ModelReader.read(document);
            List<String> lines = StreamSupport.stream(
                            document.isArray()
                                    ? document.spliterator()
                                    : List.of(document).spliterator(),
                            false)
                    .map(JsonNode::toString)
                    .collect(Collectors.toCollection(ArrayList::new));
            assertThat(reader.read(String.join("\n", lines)).entries()).isEqualTo(plain.entries());
            assertThat(reader.read(String.join("\r\n\r\n", lines) + "\r\n").entries())
                    .isEqualTo(plain.entries());
            assertThat(reader.read(String.join("", lines)).entries()).isEqualTo(plain.entries());
            assertThat(reader.read("{\"pages\":[" + String.join(",", lines) + "]}")
                            .entries())
                    .isEqualTo(plain.entries());
            assertThat(reader.read("[[" + String.join("],[", lines) + "]]").entries())
                    .isEqualTo(plain.entries());
        });
    }

    /** The page of an answer, from its first entry on; with the fields of the list around it if it is a playlist. */
    private static JsonNode page(JsonNode answer) {
        JsonNode copy = answer.deepCopy();
        for (JsonNode page : List.of(copy, copy.path("tracks"), copy.path("items"))) {
            if (page.isObject() && page.path("items").isArray()) {
                ((ObjectNode) page).put("offset", 0);
                ((ObjectNode) page).remove("href");
            }
        }
        return copy;
    }

    private static List<String> rows(JsonNode answer) {
        JsonNode items = answer.path("items").isArray()
                ? answer.path("items")
                : answer.path("items").isObject()
                        ? answer.path("items").path("items")
                        : answer.path("tracks").path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(JsonNode::toString)
                .toList();
    }

    private static Map<String, byte[]> shapes(Random random, JsonNode page) {
        String text = page.toString();
        Map<String, byte[]> shapes = new LinkedHashMap<>();
        put(shapes, "plain", text);
        put(shapes, "pretty", page.toPrettyString());
        put(shapes, "array", "[" + text + "]");
        put(shapes, "a line", "\n" + text + "\n\n");
        put(shapes, "data", "{\"status\":200,\"data\":" + text + ",\"ok\":true}");
        put(shapes, "playlists", "{\"total\":1,\"playlists\":[" + text + "]}");
        put(shapes, "by name", "{\"My \\\"list\\\" 🎵\":" + text + "}");
        put(shapes, "two levels", "{\"meta\":{\"by\":[1,2,{}]},\"result\":{\"playlist\":" + text + "}}");
        put(shapes, "a log", "{\"level\":\"info\",\"body\":{\"response\":" + text + "}}");
        put(shapes, "mark", "\ufeff" + text);
        put(shapes, "mark behind", text + "\ufeff\n");
        for (String charset : List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")) {
            shapes.put(charset, text.getBytes(Charset.forName(charset)));
            shapes.put(charset + " with a mark", ("\ufeff" + text).getBytes(Charset.forName(charset)));
        }
        List<String> rows = rows(page);
        if (!rows.isEmpty()) {
            String array = "[" + String.join(random.nextBoolean() ? "," : ",\n  ", rows) + "]";
            put(shapes, "rows", array);
            put(shapes, "rows by name", "{\"name\":" + array + "}");
            put(shapes, "rows in results", "{\"results\":{\"rows\":" + array + "}}");
            put(shapes, "rows in lines", String.join("\n", rows) + "\n");
            put(shapes, "rows in arrays", "[[" + String.join("],[", rows) + "]]");
        }
        return shapes;
    }

    private static void put(Map<String, byte[]> shapes, String name, String text) {
        shapes.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void check(String shape, byte[] file, ModelReader.Reading plain) throws IOException {
        String start = shape + ": " + new String(file, 0, Math.min(400, file.length), StandardCharsets.UTF_8);
        assertThat(reader.read(file).entries()).as(start).isEqualTo(plain.entries());
        List<Part> parts =
                inspector.inspect(() -> new ByteArrayInputStream(file)).parts();
        assertThat(parts).as(start).hasSize(1);
        assertThat(parts.get(0).entries()).as(start).isEqualTo(plain.read());
        assertThat(parts.get(0).isWhole()).as(start).isTrue();
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        array.write('[');
        parts.get(0).elements(new ByteArrayInputStream(file), array);
        array.write(']');
        assertThat(reader.read(array.toByteArray()).entries())
                .as("as an array: " + start)
                .isEqualTo(plain.entries());
    }
}
