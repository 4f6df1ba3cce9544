package dev.chartlake.normalise.account;

import dev.chartlake.entry.Entry;
import dev.chartlake.entry.EntryKind;
import dev.chartlake.entry.Item;
import dev.chartlake.entry.OddValues;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.entry.Texts;
import dev.chartlake.entry.Unreadable;
import dev.chartlake.entry.Values;
import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.lists.SafeListId;
import dev.chartlake.normalise.account.AccountFields.ItemField;
import dev.chartlake.normalise.account.AccountFields.ListField;
import dev.chartlake.normalise.account.AccountFields.RowField;
import dev.chartlake.normalise.document.Answers;
import dev.chartlake.normalise.document.UnicodeInput;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lists of an account export: playlists, which have a name and no id, and the saved songs of the library. Used by
 * one thread, for one file after the other.
 */
public final class AccountListReader {

    /** The list of saved songs. */
    public static final String LIBRARY = "your-library";

    private static final byte[] TRACK_ID = "track".getBytes(StandardCharsets.US_ASCII);
    private static final long DAY_MICROS = 86_400_000_000L;

    private final JsonScanner in = new JsonScanner();
    private final Values values = new Values(in);
    private final FieldOrder lists = new FieldOrder(ListField.NAMES);
    private final FieldOrder rows = new FieldOrder(RowField.NAMES);
    private final FieldOrder items = new FieldOrder(ItemField.NAMES);
    private final Unreadable unreadable = new Unreadable();
    private final Answers found = new Answers();
    private final List<String> leftOut = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private Snapshot snapshot = new Snapshot(0);
    private Strings strings = new Strings();
    private boolean one;
    private long listFields;

    /** The lists of the file read last, each with its id; in the order of the file. */
    public Answers answers() {
        return found;
    }

    /** What else is in the library read last, such as {@code albums (2)}. */
    public List<String> leftOut() {
        return leftOut;
    }

    /** The fields of the lists read last. */
    public Set<String> fields() {
        Set<String> names = new TreeSet<>();
        lists.names(listFields).forEach(name -> names.add("account_list." + name));
        rows.names(rows.takeSeen()).forEach(name -> names.add("account_row." + name));
        items.names(items.takeSeen()).forEach(name -> names.add("account_item." + name));
        return names;
    }

    /** True if there were more fields than are told apart. */
    public boolean isCrowded() {
        return lists.isFull() || rows.isFull() || items.isFull();
    }

    /** Reads a file into a cleared snapshot. Throws {@link JsonException} if it is anything else. */
    public void read(InputStream file, Snapshot into) throws IOException {
        snapshot = into;
        strings = into.strings();
        values.use(strings);
        values.countUnreadable(unreadable);
        unreadable.backTo(0);
        found.clear();
        leftOut.clear();
        names.clear();
        listFields = 0;
        lists.takeSeen();
        rows.takeSeen();
        items.takeSeen();
        in.open(UnicodeInput.utf8(file));
        if (in.finished()) {
            throw in.error("empty: no list in it");
        }
        while (!in.finished()) {
            value();
        }
        if (found.size() == 0) {
            throw new JsonException("no playlist and no saved song in it", 0);
        }
        snapshot.addUnreadable(unreadable);
        snapshot.finish();
    }

    /** Reads a file that has one list. Several would take each other's positions. */
    public void readOne(InputStream file, Snapshot into) throws IOException {
        one = true;
        try {
            read(file, into);
        } finally {
            one = false;
        }
    }

    private void value() throws IOException {
        if (in.peek() == '[') {
            in.expect('[');
            for (boolean first = true; another(first); first = false) {
                object();
            }
        } else {
            object();
        }
    }

    private boolean another(boolean first) throws IOException {
        return again(() -> {
            boolean more = in.element(first);
            if (more) {
                in.peek();
            }
            return more;
        });
    }

    /** Something that is read again, with more of the file, if the window ends in it. */
    private interface Step<T> {
        T read() throws JsonException;
    }

    private <T> T again(Step<T> step) throws IOException {
        int from = in.position();
        int before = unreadable.count();
        while (true) {
            try {
                return step.read();
            } catch (JsonScanner.Underflow e) {
                unreadable.backTo(before);
                in.refill(from);
                from = 0;
            }
        }
    }

    private int field(int state) throws IOException {
        return again(() -> {
            int next = in.field(lists, state);
            if (next != FieldOrder.END) {
                in.peek();
            }
            return next;
        });
    }

    private boolean skip() throws IOException {
        return again(() -> {
            in.skip();
            return true;
        });
    }

    private @Nullable String text(String field) throws IOException {
        return values.string(again(() -> values.text(field)));
    }

    /** A file of playlists, a playlist, or the library. */
    private void object() throws IOException {
        long from = in.offset();
        if (in.peek() != '{') {
            throw in.error("a playlist of an account export expected, found " + in.found());
        }
        in.expect('{');
        long before = snapshot.read();
        String name = null;
        String id = null;
        for (int at = field(FieldOrder.START); at != FieldOrder.END; at = field(at)) {
            boolean array = in.peek() == '[';
            switch (lists.name(at)) {
                case ListField.PLAYLISTS -> {
                    if (array) {
                        value();
                    } else {
                        skip();
                    }
                }
                case ListField.NAME -> name = text("name");
                case ListField.DESCRIPTION -> snapshot.description = text("description");
                case ListField.NUMBER_OF_FOLLOWERS ->
                    snapshot.followers = again(() -> values.bigint("numberOfFollowers"));
                case ListField.ITEMS -> {
                    start(from);
                    id = "";
                    entries(array, RowField.NAMES);
                }
                case ListField.TRACKS -> {
                    start(from);
                    id = LIBRARY;
                    entries(array, ItemField.NAMES);
                }
                default -> other(array, lists.names(1L << at).get(0));
            }
        }
        listFields |= lists.takeSeen();
        if (id != null) {
            end(from, before, id, name);
        }
    }

    private void start(long from) throws JsonException {
        if (one && found.size() > 0) {
            throw new JsonException("several lists of an account export in one document. import splits it", from);
        }
    }

    private void end(long from, long before, String id, @Nullable String name) throws JsonException {
        String list = id;
        if (id.isEmpty()) {
            if (name == null || name.isBlank()) {
                throw new JsonException("a playlist without a name, which nothing tells from others", from);
            }
            snapshot.name = name;
            int times = names.merge(SafeListId.of(name), 1, Integer::sum);
            list = SafeListId.of(name) + (times > 1 ? "-" + times : "");
        } else {
            snapshot.name = "Your library";
        }
        found.add(new Answers.Answer(
                from, in.offset(), list, 0, null, snapshot.read() - before, null, null, Answers.Form.LIST));
    }

    /** What the library has besides songs is counted. */
    private void other(boolean array, String name) throws IOException {
        if (!array) {
            skip();
            return;
        }
        int count = 0;
        in.expect('[');
        for (boolean first = true; another(first); first = false) {
            skip();
            count++;
        }
        if (count > 0) {
            leftOut.add(name + " (" + count + ")");
        }
    }

    /** Reads rows of playlists or saved songs, going by their fields. */
    private void entries(boolean array, String[] of) throws IOException {
        if (!array) {
            skip();
            return;
        }
        in.expect('[');
        int position = 0;
        for (boolean first = true; another(first); first = false) {
            Entry entry = snapshot.next();
            again(() -> {
                entry.clear();
                if (of == RowField.NAMES) {
                    row(entry);
                } else {
                    entry.item = item(EntryKind.TRACK);
                }
                entry.kind = entry.item.kind;
                return true;
            });
            snapshot.add(++position);
        }
    }

    private void row(Entry entry) throws JsonException {
        if (!values.object("row")) {
            return;
        }
        for (int at = in.field(rows, FieldOrder.START); at != FieldOrder.END; at = in.field(rows, at)) {
            EntryKind kind = switch (rows.name(at)) {
                case RowField.TRACK -> EntryKind.TRACK;
                case RowField.EPISODE, RowField.AUDIOBOOK -> EntryKind.EPISODE;
                case RowField.LOCAL_TRACK -> EntryKind.LOCAL;
                default -> null;
            };
            if (kind != null && in.peek() == '{') {
                entry.item = item(kind);
            } else if (rows.name(at) == RowField.ADDED_DATE) {
                entry.addedAt = day();
            } else {
                in.skip();
            }
        }
    }

    /** The start of the day, which is all that the export says. */
    private long day() throws JsonException {
        String text = values.string(values.text("addedDate"));
        if (text == null || text.isBlank()) {
            return Entry.NO_LONG;
        }
        Optional<Long> time = OddValues.day(text).map(day -> day * DAY_MICROS).or(() -> OddValues.time(text));
        if (time.isEmpty()) {
            values.unreadable("addedDate", text);
        }
        return time.orElse(Entry.NO_LONG);
    }

    private Item item(EntryKind kind) throws JsonException {
        Item item = new Item();
        if (!values.object("item")) {
            return item;
        }
        item.kind = kind;
        for (int at = in.field(items, FieldOrder.START); at != FieldOrder.END; at = in.field(items, at)) {
            switch (items.name(at)) {
                case ItemField.TRACK_NAME, ItemField.EPISODE_NAME, ItemField.TRACK, ItemField.NAME ->
                    item.name = values.text("name");
                case ItemField.ARTIST_NAME, ItemField.SHOW_NAME, ItemField.ARTIST ->
                    item.artistNames = values.text("artist");
                case ItemField.TRACK_URI, ItemField.EPISODE_URI, ItemField.URI -> item.uri = values.text("uri");
                default -> in.skip();
            }
        }
        if (kind == EntryKind.TRACK) {
            int at = item.uri == Strings.NULL
                    ? -1
                    : Texts.idIn(TRACK_ID, strings.bytes(), strings.start(item.uri), strings.length(item.uri));
            item.songId = at < 0 ? Strings.NULL : values.copy(at, Texts.ID_LENGTH);
            item.kind = at < 0 ? EntryKind.UNAVAILABLE : EntryKind.TRACK;
        }
        return item;
    }
}
