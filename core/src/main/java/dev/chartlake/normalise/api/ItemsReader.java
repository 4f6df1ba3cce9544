package dev.chartlake.normalise.api;

import dev.chartlake.entry.Entry;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.document.Structure;
import dev.chartlake.normalise.document.StructureDetector;
import java.io.IOException;

/** Reads the items of a page into a snapshot, row by row, through the scanner's window. Used by one thread. */
final class ItemsReader {

    /** How items stand in a document. */
    enum Form {
        /** An array of them. */
        ARRAY,
        /** One alone, as in a line of JSON Lines. */
        SINGLE
    }

    private final JsonScanner in;
    private final RowReader rows;
    private final StructureDetector detector;
    private Snapshot snapshot = new Snapshot(0);
    private FieldsSeen seen = new FieldsSeen();
    /** True if the page says where the Web API has it, so that its items are rows. */
    private boolean linked;

    private boolean anyItem;
    /** True if the items are songs without rows around them. */
    private boolean songs;

    ItemsReader(JsonScanner in, RowReader rows) {
        this.in = in;
        this.rows = rows;
        this.detector = new StructureDetector(in);
    }

    /** What reads each row. */
    RowReader rows() {
        return rows;
    }

    /** Starts a file, whose fields are noted in {@code fields}. */
    void start(FieldsSeen fields) {
        seen = fields;
        rows.start();
    }

    /**
     * Reads the items at the scanner, the first of which follows the {@code before} items in front of it. Returns how many
     * are before the next one.
     */
    int read(Snapshot into, int before, Form form, boolean hasAddress) throws IOException {
        long start = in.offset();
        snapshot = into;
        linked = hasAddress;
        anyItem = false;
        songs = false;
        int position = before;
        if (form == Form.SINGLE) {
            next(form, true);
            snapshot.add(++position);
        } else {
            in.expect('[');
            for (boolean first = true; next(form, first); first = false) {
                snapshot.add(++position);
            }
        }
        if (position > before && !anyItem) {
            throw new JsonException("items that are not entries of a playlist: none has a track or an item", start);
        }
        return position;
    }

    /** Reads the next item into the next entry of the snapshot; false behind the last one. */
    private boolean next(Form form, boolean first) throws IOException {
        int from = in.position();
        while (true) {
            try {
                boolean more = form == Form.SINGLE || in.element(first);
                if (more) {
                    Entry entry = snapshot.next();
                    item(entry);
                    seen.add(entry.item.fields);
                }
                return more;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    /** Some programs save the songs that they have read, without the rows around them. */
    private void item(Entry entry) throws JsonException {
        if (!anyItem && !linked) {
            songs = detector.detectInWindow() == Structure.SONG;
        }
        anyItem |= songs ? rows.song(entry) : rows.row(entry);
    }
}
