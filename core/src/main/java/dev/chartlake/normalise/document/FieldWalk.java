package dev.chartlake.normalise.document;

import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Goes through the fields of an object of which nothing is known, with as much of the file as a value needs. */
public final class FieldWalk {

    private final JsonScanner in;

    public FieldWalk(JsonScanner in) {
        this.in = in;
    }

    /** Goes to the value of the next field, whose name is returned; null behind the last one. */
    @Nullable public String next(boolean first) throws IOException {
        int from = in.position();
        while (true) {
            try {
                return name(first);
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    private @Nullable String name(boolean first) throws JsonException {
        if (in.next('}')) {
            return null;
        }
        if (!first) {
            in.expect(',');
        }
        in.string();
        String name = new String(in.text(), in.textFrom(), in.textLength(), StandardCharsets.UTF_8);
        in.expect(':');
        in.peek();
        return name;
    }

    /** A text, or a number or word as it is written; null for {@code null}. */
    @Nullable public String scalar() throws IOException {
        int from = in.position();
        while (true) {
            try {
                return in.nextNull() ? null : text();
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    private String text() throws JsonException {
        if (in.peek() == '"') {
            in.string();
            return new String(in.text(), in.textFrom(), in.textLength(), StandardCharsets.UTF_8);
        }
        int from = in.position();
        in.skip();
        return new String(in.bytes(from, in.position()), StandardCharsets.UTF_8);
    }

    /** Goes past any value. */
    public void skip() throws IOException {
        int from = in.position();
        while (true) {
            try {
                in.skip();
                return;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }
}
