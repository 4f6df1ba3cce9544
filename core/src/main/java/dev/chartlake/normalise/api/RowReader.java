package dev.chartlake.normalise.api;

import dev.chartlake.entry.Entry;
import dev.chartlake.entry.EntryKind;
import dev.chartlake.entry.Item;
import dev.chartlake.entry.Unreadable;
import dev.chartlake.entry.Values;
import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.api.ApiFields.RowField;
import dev.chartlake.text.Strings;
import java.util.List;

/**
 * Reads the rows of a page: when and by whom they were added, and what is in them. The rows of a list begin and end alike,
 * so what stood around the last row's item is looked for first. Used by one thread.
 */
final class RowReader {

    private static final byte[] NOTHING = {};
    private static final int MAX_TAIL = 512;

    private final JsonScanner in;
    private final Values values;
    private final ItemReader items;
    private final FieldOrder rows;
    private final Unreadable inRow = new Unreadable();

    /**
     * What stood before and behind the last row's item, and what it means. The head is in two parts when the time stands in
     * it, because the time is read for each row.
     */
    private byte[] head = NOTHING;

    private byte[] headBehindTime = NOTHING;
    private byte[] tail = NOTHING;
    private int headState;
    private boolean timeApart;
    private int timeFrom;
    private int timeTo;
    private long headAddedAt;
    private int headAddedBy;
    private boolean headIsLocal;
    private int itemFrom;
    private int itemTo;

    /** Keeps up to {@code rememberedBytes} of items to recognise them when they come again. */
    RowReader(JsonScanner in, Values values, int rememberedBytes) {
        this.in = in;
        this.values = values;
        this.items = new ItemReader(in, values, rememberedBytes);
        rows = new FieldOrder(RowField.NAMES);
    }

    /** Knows what {@code other} has learned; its texts are numbers of {@code texts} from now on, which has the same ones. */
    RowReader(JsonScanner in, Values values, RowReader other, Strings texts) {
        this.in = in;
        this.values = values;
        this.items = new ItemReader(in, values, other.items, texts);
        rows = other.rows.copy();
    }

    /** Texts become numbers of {@code texts} from now on. */
    void use(Strings texts) {
        if (items.use(texts)) {
            head = NOTHING; // it holds a text's number
        }
    }

    /** Starts a document. Its first row is read field by field, so that the fields of rows are seen. */
    void start() {
        head = NOTHING;
        rows.takeSeen();
        items.start();
    }

    /** The fields of all rows since {@link #start()}. */
    long rowFields() {
        return rows.takeSeen();
    }

    /** The names of fields that {@link #rowFields()} gave. */
    List<String> fieldNames(long fields) {
        return rows.names(fields);
    }

    FieldsSeen.Shapes shapes(FieldOrder answers) {
        return items.shapes(answers, rows);
    }

    /** Reads a row into a cleared entry; false if the row has neither a {@code track} nor an {@code item}. */
    boolean row(Entry entry) throws JsonException {
        use(items.strings());
        inRow.backTo(0);
        values.countUnreadable(inRow);
        boolean hasItemField = in.peek() == '{' ? fields(entry) : values.object("row");
        entry.unreadable = inRow.take();
        return hasItemField;
    }

    /** Reads a song or episode without a row around it into a cleared entry; false for anything else. */
    boolean song(Entry entry) throws JsonException {
        use(items.strings());
        inRow.backTo(0);
        values.countUnreadable(inRow);
        boolean song = in.peek() == '{';
        if (song) {
            items.bare(entry, inRow);
            entry.kind = kind(entry, false);
        } else {
            values.object("row");
        }
        entry.unreadable = inRow.take();
        return song;
    }

    private boolean fields(Entry entry) throws JsonException {
        int start = in.position();
        if (!head(start)) {
            in.expect('{');
            return rest(entry, start, FieldOrder.START, false);
        }
        entry.addedAt = headAddedAt;
        entry.addedBy = headAddedBy;
        itemOrNull(entry);
        entry.kind = kind(entry, headIsLocal);
        return in.repeats(tail) || rest(entry, start, headState, headIsLocal);
    }

    /** True and past it if the row at {@code start} begins as the last one did, but for the time. */
    private boolean head(int start) throws JsonException {
        if (!in.repeats(head)) {
            return false;
        }
        if (timeApart) {
            headAddedAt = time();
            if (!in.repeats(headBehindTime)) {
                in.back(start);
                return false;
            }
        }
        return true;
    }

    private long time() throws JsonException {
        in.peek();
        timeFrom = in.position();
        long time = values.time("added_at");
        timeTo = in.position();
        return time;
    }

    /** Reads the fields of the row at {@code start} behind {@code state}; says whether it has an item field. */
    private boolean rest(Entry entry, int start, int state, boolean local) throws JsonException {
        boolean isLocal = local;
        boolean hasItemField = state != FieldOrder.START;
        int times = 0;
        for (int at = in.field(rows, state); at != FieldOrder.END; at = in.field(rows, at)) {
            switch (rows.name(at)) {
                case RowField.ADDED_AT -> {
                    entry.addedAt = time();
                    times++;
                }
                case RowField.ADDED_BY -> entry.addedBy = values.user("added_by");
                case RowField.IS_LOCAL -> isLocal = values.truth("is_local") == 1;
                case RowField.TRACK, RowField.ITEM -> {
                    if (!hasItemField) {
                        rememberHead(entry, start, at, times == 1, isLocal);
                    }
                    hasItemField = true;
                    if (entry.item != Item.NONE || in.peek() == 't' || in.peek() == 'f') {
                        in.skipSame(itemFrom, itemTo); // in the transition both fields hold the same object
                    } else {
                        itemOrNull(entry);
                    }
                }
                default -> in.skip();
            }
        }
        entry.kind = kind(entry, isLocal);
        rememberTail(entry, isLocal);
        return hasItemField;
    }

    private void itemOrNull(Entry entry) throws JsonException {
        if (in.peek() == '{') {
            itemFrom = in.position();
            items.item(entry, inRow);
            itemTo = in.position();
        } else {
            values.object("item");
        }
    }

    private static EntryKind kind(Entry entry, boolean isLocal) {
        EntryKind kind = entry.item.kind;
        boolean file = isLocal && entry.item != Item.NONE && kind != EntryKind.EPISODE && kind != EntryKind.OTHER;
        return file ? EntryKind.LOCAL : kind;
    }

    private void rememberHead(Entry entry, int start, int state, boolean hasTime, boolean isLocal) {
        int end = in.position();
        if (inRow.count() > 0) {
            head = NOTHING; // what cannot be read is counted for each row
            return;
        }
        head = in.bytes(start, hasTime ? timeFrom : end);
        headBehindTime = hasTime ? in.bytes(timeTo, end) : NOTHING;
        timeApart = hasTime;
        headState = state;
        headAddedAt = entry.addedAt;
        headAddedBy = entry.addedBy;
        headIsLocal = isLocal;
    }

    /** A tail is only good for rows with the same head, and only if it says nothing that the head did not say. */
    private void rememberTail(Entry entry, boolean isLocal) {
        boolean says = isLocal != headIsLocal || entry.addedBy != headAddedBy || entry.addedAt != headAddedAt;
        boolean useful = !says && inRow.count() == 0 && entry.item != Item.NONE && in.position() - itemTo < MAX_TAIL;
        tail = useful ? in.bytes(itemTo, in.position()) : NOTHING;
    }
}
