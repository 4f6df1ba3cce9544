package dev.chartlake.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The ways in which callers use a scanner. */
final class Reading {

    static final long NO_INTEGER = Long.MIN_VALUE;

    private final FieldOrder shape = new FieldOrder(RandomJson.NAMES.toArray(new String[0]));
    private final Recurring recurring = new Recurring(1 << 20);

    private final JsonScanner in;

    Reading(JsonScanner in) {
        this.in = in;
    }

    private interface Step {
        void run() throws IOException;
    }

    private void step(Step step) throws IOException {
        int from = in.position();
        while (true) {
            try {
                step.run();
                return;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    private void end() throws IOException {
        if (!in.finished()) {
            throw in.error("more behind the end");
        }
    }

    /** Passes over the whole document as one value. */
    void skip(InputStream document) throws IOException {
        in.open(document);
        step(in::skip);
        end();
    }

    /** Passes over the elements of an array one by one, by either kind of skip; over anything else as a whole. */
    void skipElements(InputStream document, Random random) throws IOException {
        in.open(document);
        if (in.finished() || in.peek() != '[') {
            step(() -> in.skip(recurring, new SharedValues()));
        } else {
            in.expect('[');
            boolean[] more = {true};
            for (boolean first = true; more[0]; first = false) {
                boolean atFirst = first;
                boolean repeated = random.nextInt(4) > 0;
                step(() -> {
                    more[0] = in.element(atFirst);
                    if (more[0] && repeated) {
                        in.skip(recurring, new SharedValues());
                    } else if (more[0]) {
                        in.skip();
                    }
                });
            }
        }
        end();
    }

    /** Reads all that is said, in the form of {@link Jackson#reading}; the elements of an array one by one. */
    String all(InputStream document) throws IOException {
        StringBuilder out = new StringBuilder();
        in.open(document);
        if (in.finished() || in.peek() != '[') {
            int before = out.length();
            step(() -> {
                out.setLength(before);
                value(out);
            });
        } else {
            in.expect('[');
            out.append("[");
            boolean[] more = {true};
            for (boolean first = true; more[0]; first = false) {
                boolean atFirst = first;
                int before = out.length();
                step(() -> {
                    out.setLength(before);
                    more[0] = in.element(atFirst);
                    if (more[0]) {
                        value(out);
                    }
                });
            }
            out.append("] ");
        }
        end();
        return out.toString();
    }

    private void value(StringBuilder out) throws IOException {
        int next = in.peek();
        if (next == '{') {
            in.expect('{');
            out.append("{");
            for (int at = in.field(shape, FieldOrder.START); at != FieldOrder.END; at = in.field(shape, at)) {
                out.append(shape.name(at)).append(": ");
                value(out);
            }
            out.append("} ");
        } else if (next == '[') {
            in.expect('[');
            out.append("[");
            for (boolean first = true; in.element(first); first = false) {
                value(out);
            }
            out.append("] ");
        } else if (next == '"') {
            in.string();
            text(text(), out);
            out.append(' ');
        } else if (in.nextNull()) {
            out.append("null ");
        } else if (next == 't' || next == 'f') {
            in.skip();
            out.append(next == 't' ? "true " : "false ");
        } else {
            out.append(in.integer(NO_INTEGER)).append(' ');
        }
    }

    private String text() {
        return new String(in.text(), in.textFrom(), in.textLength(), StandardCharsets.UTF_8);
    }

    /** With its length, so that no two texts look the same. */
    static void text(String text, StringBuilder out) {
        out.append(text.length()).append('"').append(text).append('"');
    }

    /** Half a pair of surrogates cannot be written as UTF-8; the scanner makes U+FFFD of it, Jackson keeps it. */
    static String withoutLoneSurrogates(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> out.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 0xfffd : c));
        return out.toString();
    }
}
