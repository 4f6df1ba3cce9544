package dev.chartlake.normalise.document;

import dev.chartlake.json.JsonScanner;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through a file and finds the answers in it: one document or several, such as JSON Lines, with answers alone, in
 * arrays, or wrapped in objects. Used by one thread.
 */
public final class JsonDocuments {

    /** Reads what is found; the scanner stands at its first byte. */
    public interface Found {
        /** A playlist or a page; or something else, to be refused. */
        void answer() throws IOException;

        /** An array of rows. */
        void rows() throws IOException;

        /** A single row. */
        void row() throws IOException;

        /** A chart. */
        void chart() throws IOException;

        /** An array of entries of a chart. */
        void chartEntries() throws IOException;

        /** What was found so far. */
        Answers answers();
    }

    private static final int MAX_DEPTH = 4;
    private static final int GZIP = 0x1f;
    private static final Set<String> ID_NAMES =
            Set.of("id", "playlist_id", "playlistid", "uri", "playlist_uri", "list");

    private final JsonScanner in;
    private final StructureDetector detector;
    private final FieldWalk fields;
    private int documents;
    private long documentFrom;
    private Structure refused = Structure.NOTHING;

    public JsonDocuments(JsonScanner in, StructureDetector detector) {
        this.in = in;
        this.detector = detector;
        this.fields = new FieldWalk(in);
    }

    /** How many whole documents were read of the file that was read last, also if it is broken. */
    public int documents() {
        return documents;
    }

    /** Where the document begins that was read last, also if it is broken. */
    public long documentFrom() {
        return documentFrom;
    }

    /** What was found in the file read last and is read by another reader; {@link Structure#NOTHING} if nothing was. */
    public Structure refused() {
        return refused;
    }

    /** Reads all documents, of which there is at least one. */
    public void read(Found found) throws IOException {
        refused = Structure.NOTHING;
        documents = 0;
        documentFrom = 0;
        while (!in.finished()) {
            int first = in.peek();
            documentFrom = in.offset();
            if (first != '{' && first != '[') {
                throw in.error(documents > 0 ? "trailing content: " + in.found() : notJson(first));
            }
            value(found, 0);
            documents++;
        }
    }

    private String notJson(int first) {
        return switch (first) {
            case '<' -> "an HTML page, not JSON";
            case GZIP, 'P' -> "not JSON: " + in.found() + ". If it is packed, ./chartlake import unpacks it";
            default -> "not JSON: " + in.found();
        };
    }

    private void value(Found found, int depth) throws IOException {
        boolean array = in.peek() == '[';
        Structure structure = depth > MAX_DEPTH ? Structure.NOTHING : detector.detect();
        String refusal = structure.refusal();
        if (refusal != null) {
            refused = structure;
            throw in.error(refusal);
        }
        switch (structure) {
            case ROWS -> found.rows();
            case ROW, SONG -> found.row();
            case CHART -> found.chart();
            case CHART_ENTRIES -> found.chartEntries();
            default -> {
                if (array) {
                    array(found, depth);
                } else if (structure == Structure.WRAPPER) {
                    object(found, depth);
                } else {
                    found.answer();
                }
            }
        }
    }

    private void array(Found found, int depth) throws IOException {
        in.expect('[');
        for (boolean first = true; another(first); first = false) {
            value(found, depth + 1);
        }
    }

    /** Goes to the next answer of the array; false behind its end. */
    private boolean another(boolean first) throws IOException {
        int from = in.position();
        while (true) {
            try {
                boolean more = in.element(first);
                if (more && in.peek() != '{' && in.peek() != '[') {
                    throw in.error("an answer expected, found " + in.found());
                }
                return more;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    /** Reads what the fields of a wrapper hold, and what else they say of it. */
    private void object(Found found, int depth) throws IOException {
        Answers answers = found.answers();
        int start = answers.size();
        List<Integer> starts = new ArrayList<>();
        String list = null;
        Instant observedAt = null;
        in.expect('{');
        String name = fields.next(true);
        while (name != null) {
            int next = in.peek();
            int before = answers.size();
            if (next == '{' || next == '[') {
                value(found, name, depth + 1);
            } else {
                String text = fields.scalar();
                list = ID_NAMES.contains(name) && text != null
                        ? Optional.ofNullable(ListReader.anyId(text)).orElse(list)
                        : list;
                observedAt = ObservedTime.isName(name) && text != null
                        ? ObservedTime.read(text).orElse(observedAt)
                        : observedAt;
            }
            if (answers.size() > before) {
                starts.add(before);
            }
            name = fields.next(false);
        }
        answers.say(start, list, observedAt);
        if (!starts.isEmpty()) {
            answers.inFields(starts);
        }
    }

    /** Reads the value of a field if it holds answers, and skips it otherwise. The field's name can say list or time. */
    private void value(Found found, String name, int depth) throws IOException {
        int before = found.answers().size();
        switch (detector.detect()) {
            case ROW, SONG, CHART_ENTRY, NOTHING -> fields.skip();
            default -> value(found, depth);
        }
        found.answers()
                .say(before, ListReader.anyId(name), ObservedTime.read(name).orElse(null));
    }
}
