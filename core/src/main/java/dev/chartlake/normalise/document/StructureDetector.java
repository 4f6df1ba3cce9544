package dev.chartlake.normalise.document;

import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.document.DocumentFields.DetectedField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Detects what a value holds from the first fields that are decisive, and leaves the scanner where it was. Used by one
 * thread.
 */
public final class StructureDetector {

    private static final int MAX_DEPTH = 4;
    private static final int MAX_LOOKED_AT = 20;

    private final JsonScanner in;
    private final FieldOrder fields = new FieldOrder(DetectedField.NAMES);
    private final FieldOrder exported = new FieldOrder("trackName", "artistName", "albumName", "trackUri");

    public StructureDetector(JsonScanner in) {
        this.in = in;
    }

    /** The structure of the value at the scanner, which may be moved to the window's start to see more of it. */
    Structure detect() throws IOException {
        int from = in.position();
        while (true) {
            try {
                Structure found = value(0);
                in.back(from);
                return found;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    /** The same for a value that is in the window as a whole, or {@link JsonScanner.Underflow}. */
    public Structure detectInWindow() throws JsonException {
        int from = in.position();
        Structure found = value(0);
        in.back(from);
        return found;
    }

    private Structure value(int depth) throws JsonException {
        int next = depth > MAX_DEPTH ? 0 : in.peek();
        return next == '{' ? object(depth) : next == '[' ? array(depth) : Structure.NOTHING;
    }

    /** By its first element that says something. */
    private Structure array(int depth) throws JsonException {
        in.expect('[');
        boolean first = true;
        for (int looked = 0; looked < MAX_LOOKED_AT && in.element(first); looked++) {
            int from = in.position();
            Structure found = value(depth + 1);
            switch (found) {
                case ROW, SONG:
                    return Structure.ROWS;
                case CHART_ENTRY:
                    return Structure.CHART_ENTRIES;
                case NOTHING:
                    in.back(from);
                    in.skip();
                    break;
                default:
                    return found.refusal() == null ? Structure.WRAPPER : found;
            }
            first = false;
        }
        return Structure.NOTHING;
    }

    private Structure object(int depth) throws JsonException {
        Marks marks = new Marks();
        in.expect('{');
        for (int at = in.field(fields, FieldOrder.START); at != FieldOrder.END; at = in.field(fields, at)) {
            int next = in.peek();
            int from = in.position();
            Structure found = field(fields.name(at), next, depth, marks);
            if (found != Structure.NOTHING) {
                return found;
            }
            in.back(from);
            in.skip();
        }
        return marks.structure();
    }

    /** What makes an object a song is spread over several fields. */
    private static final class Marks {
        private boolean identified;
        private boolean credited;
        private boolean other;
        private boolean numbered;
        private boolean named;
        private boolean titled;

        Structure structure() {
            return titled && identified
                    ? Structure.LIBRARY
                    : identified && credited && !other ? Structure.SONG : Structure.NOTHING;
        }
    }

    /** What the object is if this field says it; else NOTHING. */
    private Structure field(int name, int next, int depth, Marks marks) throws JsonException {
        boolean container = next == '{' || next == '[';
        switch (name) {
            case DetectedField.ITEMS, DetectedField.TRACKS:
                return container ? list(next, depth) : Structure.NOTHING;
            case DetectedField.TRACK, DetectedField.ITEM:
                marks.titled |= next == '"';
                return next == '{' ? row() : next == 'n' ? Structure.ROW : Structure.NOTHING;
            case DetectedField.TYPE:
                return next == '"' ? type(marks) : Structure.NOTHING;
            case DetectedField.ERROR:
                return next == '{' || next == '"' ? Structure.ANSWER : Structure.NOTHING;
            case DetectedField.DISPLAY_CHART:
                return container ? Structure.CHART : Structure.NOTHING;
            case DetectedField.CHART_ENTRY_DATA:
                return container ? Structure.CHART_ENTRY : Structure.NOTHING;
            case DetectedField.ENTRIES:
                Structure entries = container ? value(depth + 1) : Structure.NOTHING;
                return entries == Structure.CHART_ENTRIES ? Structure.CHART : inside(entries);
            case DetectedField.ARTISTS:
                marks.credited = next != 'n';
                return Structure.NOTHING;
            case DetectedField.URI, DetectedField.URL, DetectedField.ID, DetectedField.EXTERNAL_URLS:
                marks.identified |= next == '"' || name == DetectedField.EXTERNAL_URLS && next == '{';
                return Structure.NOTHING;
            case DetectedField.ALBUM_TYPE:
                marks.other = true;
                return Structure.NOTHING;
            case DetectedField.LAST_MODIFIED_DATE:
                return Structure.EXPORTED_PLAYLIST;
            case DetectedField.POS, DetectedField.TRACK_URI:
                marks.numbered |= name == DetectedField.POS;
                marks.named |= name == DetectedField.TRACK_URI;
                return marks.numbered && marks.named ? Structure.MILLION_PLAYLISTS : Structure.NOTHING;
            case DetectedField.DATE_FIRST_SCRAPED:
                return Structure.CUMULATIVE;
            case DetectedField.MSPLAYED, DetectedField.MS_PLAYED:
                return Structure.HISTORY;
            case FieldOrder.OTHER:
                return container ? inside(value(depth + 1)) : Structure.NOTHING;
            default:
                return Structure.NOTHING;
        }
    }

    /** What an object is that holds this in a field of any name. */
    private static Structure inside(Structure found) {
        return switch (found) {
            case ANSWER, ROWS, CHART, CHART_ENTRIES, WRAPPER -> Structure.WRAPPER;
            case ROW, SONG, CHART_ENTRY, NOTHING -> Structure.NOTHING;
            default -> found;
        };
    }

    /** What an object is that has {@code items} or {@code tracks}. */
    private Structure list(int next, int depth) throws JsonException {
        Structure found = next == '[' ? array(depth + 1) : Structure.NOTHING;
        return found == Structure.WRAPPER || found.refusal() != null
                ? found
                : found == Structure.CHART_ENTRIES ? Structure.WRAPPER : Structure.ANSWER;
    }

    /** A row, unless its song has the fields of an account export. */
    private Structure row() throws JsonException {
        in.expect('{');
        int first = in.field(exported, FieldOrder.START);
        boolean known = first != FieldOrder.END && exported.name(first) != FieldOrder.OTHER;
        return known ? Structure.EXPORTED_PLAYLIST : Structure.ROW;
    }

    private Structure type(Marks marks) throws JsonException {
        in.string();
        String type = new String(in.text(), in.textFrom(), in.textLength(), StandardCharsets.UTF_8);
        switch (type) {
            case "playlist":
                return Structure.ANSWER;
            case "track", "episode", "chapter":
                return Structure.SONG;
            default:
                marks.other = true;
                return Structure.NOTHING;
        }
    }
}
