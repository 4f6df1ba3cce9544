package dev.chartlake.normalise;

import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.json.Shape;
import dev.chartlake.table.Strings;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of the Spotify Web API: a whole playlist or a page of its items, or an array of these, in either dialect.
 * Used by one thread, for one document after the other.
 */
final class ApiReader {

    private final Shape answers = new Shape(
            "href",
            "items",
            "tracks",
            "offset",
            "total",
            "id",
            "name",
            "owner",
            "description",
            "external_urls",
            "images",
            "followers",
            "snapshot_id",
            "error",
            "type",
            "track",
            "item",
            "next");
    private final Shape owner = new Shape("id", "display_name");
    private final Shape total = new Shape("total");
    private final Shape error = new Shape("message");
    private static final int UNKNOWN = -1;
    private static final int MAX_OFFSET = 100_000_000;

    /**
     * Where one answer stands in the document.
     *
     * @param from its first byte
     * @param to behind its last byte
     * @param listId the list it is about, or null if it does not say
     * @param entries how many entries it has
     * @param offset the 0-based place of its first entry, or null if it does not say
     * @param total how many entries the list has, or null if it does not say
     */
    record Answer(
            long from,
            long to,
            @Nullable String listId,
            long entries,
            @Nullable Integer offset,
            @Nullable Integer total) {}

    private final JsonScanner in = new JsonScanner();
    private final Values values;
    private final ItemReader items;
    private final List<Answer> found = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private List<Integer> knownOffsets = List.of();
    private Strings strings = new Strings();
    private Snapshot snapshot = new Snapshot(0);
    private boolean misplaced;
    private int pages;
    private int nextOffset;
    private @Nullable String answerId;
    private @Nullable String hrefId;
    private boolean isPlaylist;
    private boolean isRow;
    private boolean answerHasItems;
    private int answerOffset;
    private int answerTotal;
    private final FieldsSeen seen = new FieldsSeen();
    private final Unreadable unreadable = new Unreadable();

    /** Keeps up to {@code rememberedBytes} of items to recognise them when they come again. */
    ApiReader(int rememberedBytes) {
        values = new Values(in);
        items = new ItemReader(in, values, rememberedBytes);
    }

    /** Knows what {@code other} has learned; its texts are numbers of {@code texts}, which has the same ones. */
    ApiReader(ApiReader other, Strings texts) {
        values = new Values(in, other.values);
        items = new ItemReader(in, values, other.items, texts);
    }

    /** The answers of the document read last. */
    List<Answer> answers() {
        return found;
    }

    /** The fields of the document read last. */
    FieldsSeen seen() {
        return seen;
    }

    /** What the bits of {@link #seen()} are of. */
    FieldsSeen.Shapes shapes() {
        return items.shapes(answers);
    }

    /** True if a page said only after its items where it starts, so that the document must be read again. */
    boolean misplaced() {
        return misplaced;
    }

    /** Reads a document into a cleared snapshot, with nothing known of its pages. */
    void read(InputStream document, Snapshot into) throws IOException {
        read(document, into, List.of());
    }

    /** Reads the document again that was read last, with what was learned of its pages. */
    void readAgain(InputStream document, Snapshot into) throws IOException {
        read(document, into, List.copyOf(offsets));
    }

    private void read(InputStream document, Snapshot into, List<Integer> learned) throws IOException {
        snapshot = into;
        strings = into.strings();
        values.use(strings);
        items.use(strings);
        items.start();
        answers.takeSeen();
        seen.clear();
        found.clear();
        offsets.clear();
        knownOffsets = learned;
        unreadable.backTo(0);
        values.countUnreadable(unreadable);
        misplaced = false;
        pages = 0;
        nextOffset = 0;
        in.open(document);
        if (in.finished()) {
            throw in.error("empty: no answer in it");
        }
        int first = in.peek();
        if (first == '[') {
            in.expect('[');
            array();
        } else if (first == '{') {
            answer();
        } else if (first == '<') {
            throw in.error("an HTML page, not JSON");
        } else {
            throw in.error("not JSON: " + in.found());
        }
        if (!in.finished()) {
            throw in.error("more behind the end of the document: " + in.found());
        }
        if (pages == 0) {
            throw new JsonException(
                    found.isEmpty()
                            ? "an empty array: no answer in it"
                            : "a playlist without its items: Spotify leaves them out unless you own the list",
                    0);
        }
        seen.row = items.rowFields();
        snapshot.addUnreadable(unreadable);
        snapshot.finish();
    }

    private void array() throws IOException {
        for (boolean first = true; another(first); first = false) {
            answer();
        }
    }

    /** Goes to the next answer of the array; false behind its end. */
    private boolean another(boolean first) throws IOException {
        int from = in.position();
        while (true) {
            try {
                boolean more = in.element(first);
                if (more && in.peek() != '{') {
                    throw in.error("an answer expected, found " + in.found());
                }
                return more;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    private void answer() throws IOException {
        long from = in.offset();
        answerId = null;
        hrefId = null;
        isPlaylist = false;
        isRow = false;
        answerHasItems = false;
        answerOffset = UNKNOWN;
        answerTotal = UNKNOWN;
        long before = snapshot.read();
        in.expect('{');
        fields(new Page());
        if (!answerHasItems && !isPlaylist) {
            throw new JsonException(
                    isRow
                            ? "rows without the page around them: put them into {\"items\": [...]}"
                            : "neither a playlist nor a page of its items",
                    from);
        }
        // A page's own "id" does not exist; a playlist read with fields=… may lack its type.
        String id = answerId != null && (isPlaylist || hrefId == null) ? answerId : hrefId;
        if (id != null && snapshot.listId == null) {
            snapshot.listId = id;
        }
        found.add(new Answer(from, in.offset(), id, snapshot.read() - before, known(answerOffset), known(answerTotal)));
    }

    private static @Nullable Integer known(int number) {
        return number == UNKNOWN ? null : number;
    }

    /** What a page says of itself while it is read. */
    private static final class Page {
        int hrefOffset = UNKNOWN;
        int offset = UNKNOWN;
        int usedOffset = UNKNOWN;
        int end;

        @Nullable Boolean goesOn;
    }

    private void fields(Page page) throws IOException {
        long around = answers.takeSeen();
        int at = Shape.START;
        while (at != Shape.END) {
            int from = in.position();
            int before = unreadable.count();
            while (true) {
                try {
                    int next = in.field(answers, at);
                    if (next != Shape.END) {
                        value(answers.name(next), page);
                    }
                    at = next;
                    break;
                } catch (JsonScanner.Underflow e) {
                    unreadable.backTo(before);
                    in.refill(from);
                    from = 0;
                }
            }
        }
        end(page);
        answers.giveBack(around);
    }

    private void value(int field, Page page) throws IOException {
        switch (field) {
            case 0 -> href(page);
            case 1, 2 -> itemsOrPage(page);
            case 3 -> page.offset = offset();
            case 4 -> total();
            case 5 -> answerId = notEmpty(values.string("id"));
            case 6 -> snapshot.name = known(values.string("name"), snapshot.name);
            case 7 -> owner();
            case 8 -> snapshot.description = known(values.string("description"), snapshot.description);
            case 9 -> snapshot.url = known(values.string(values.link("external_urls")), snapshot.url);
            case 10 -> snapshot.imageUrl = known(values.string(values.firstImage("images")), snapshot.imageUrl);
            case 11 -> followers();
            case 12 -> snapshot.spotifySnapshotId = known(values.string("snapshot_id"), snapshot.spotifySnapshotId);
            case 13 -> refused();
            case 14 -> isPlaylist |= "playlist".equals(values.string("type"));
            case 15, 16 -> {
                isRow = true;
                in.skip();
            }
            case 17 -> {
                page.goesOn = in.peek() == '"';
                in.skip();
            }
            default -> in.skip();
        }
    }

    private static @Nullable String notEmpty(@Nullable String id) {
        return id == null || id.isEmpty() ? null : id;
    }

    private static @Nullable String known(@Nullable String now, @Nullable String before) {
        return now == null ? before : now;
    }

    private void href(Page page) throws IOException {
        if (in.peek() != '"') {
            in.skip();
            return;
        }
        in.string();
        hrefId = known(Texts.playlistId(in.text(), in.textFrom(), in.textLength()), hrefId);
        page.hrefOffset = Texts.offset(in.text(), in.textFrom(), in.textLength());
    }

    /** {@code items} is the array of a page, or in the 2026 dialect the page of a playlist; {@code tracks} is a page. */
    private void itemsOrPage(Page page) throws IOException {
        int next = in.peek();
        if (next == '[') {
            if (answerHasItems) {
                throw in.error("a second list of items in one answer");
            }
            answerHasItems = true;
            rows(page);
        } else if (next == '{' && !answerHasItems) {
            in.expect('{');
            fields(new Page());
        } else {
            in.skip();
        }
    }

    private void rows(Page page) throws IOException {
        long start = in.offset();
        in.expect('[');
        page.usedOffset = startOf(page);
        int position = page.usedOffset;
        boolean anyItem = false;
        for (boolean first = true; ; first = false) {
            int from = in.position();
            boolean more;
            while (true) {
                try {
                    more = in.element(first);
                    if (more) {
                        Entry entry = snapshot.next();
                        anyItem |= items.row(entry);
                        seen.add(entry.item.fields);
                    }
                    break;
                } catch (JsonScanner.Underflow e) {
                    in.refill(from);
                    from = 0;
                }
            }
            if (!more) {
                break;
            }
            snapshot.add(++position);
        }
        values.countUnreadable(unreadable);
        if (position > page.usedOffset && !anyItem) {
            throw new JsonException("items that are not entries of a playlist: none has a track or an item", start);
        }
        nextOffset = position;
        page.end = position;
    }

    private int startOf(Page page) {
        if (pages < knownOffsets.size() && knownOffsets.get(pages) != UNKNOWN) {
            return knownOffsets.get(pages);
        }
        if (page.offset != UNKNOWN) {
            return page.offset;
        }
        return page.hrefOffset != UNKNOWN ? page.hrefOffset : nextOffset;
    }

    private void end(Page page) {
        if (page.usedOffset == UNKNOWN) {
            seen.playlist |= answers.takeSeen();
            return; // no rows in this object
        }
        seen.page |= answers.takeSeen();
        int said = page.offset != UNKNOWN ? page.offset : page.hrefOffset;
        misplaced |= said != UNKNOWN && said != page.usedOffset;
        offsets.add(said);
        answerOffset = said;
        snapshot.page(page.end, page.goesOn);
        pages++;
    }

    private int offset() throws JsonException {
        int offset = values.integer("offset");
        return offset >= 0 && offset <= MAX_OFFSET ? offset : UNKNOWN;
    }

    private void total() throws JsonException {
        int count = values.integer("total");
        if (count != Entry.NO_INT) {
            snapshot.total = count;
            answerTotal = Math.max(count, UNKNOWN);
        }
    }

    private void owner() throws JsonException {
        if (!values.object("owner")) {
            return;
        }
        for (int at = in.field(owner, Shape.START); at != Shape.END; at = in.field(owner, at)) {
            switch (owner.name(at)) {
                case 0 -> snapshot.ownerId = known(notEmpty(values.string("owner.id")), snapshot.ownerId);
                case 1 -> snapshot.ownerName = known(values.string("owner.display_name"), snapshot.ownerName);
                default -> in.skip();
            }
        }
    }

    private void followers() throws JsonException {
        if (!values.object("followers")) {
            return;
        }
        for (int at = in.field(total, Shape.START); at != Shape.END; at = in.field(total, at)) {
            if (total.name(at) == 0) {
                long count = values.bigint("followers.total");
                snapshot.followers = count == Entry.NO_LONG ? snapshot.followers : count;
            } else {
                in.skip();
            }
        }
    }

    private void refused() throws JsonException {
        if (in.peek() == 'n') {
            in.skip();
            return;
        }
        long at = in.offset();
        String message = in.peek() == '{' ? values.string(values.only(error, "error")) : values.string("error");
        throw new JsonException("an error answer of Spotify" + (message == null ? "" : ": " + message), at);
    }
}
