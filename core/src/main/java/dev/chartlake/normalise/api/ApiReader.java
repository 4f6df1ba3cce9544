package dev.chartlake.normalise.api;

import dev.chartlake.entry.Entry;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.entry.Texts;
import dev.chartlake.entry.Unreadable;
import dev.chartlake.entry.Values;
import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.api.ApiFields.AnswerField;
import dev.chartlake.normalise.document.Answers;
import dev.chartlake.normalise.document.JsonDocuments;
import dev.chartlake.normalise.document.ListReader;
import dev.chartlake.normalise.document.StructureDetector;
import dev.chartlake.normalise.document.UnicodeInput;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of the Spotify Web API: whole playlists, pages of their items, rows or songs alone, in either dialect, also
 * as other programs save them: several in one file, or wrapped. Used by one thread, for one file after the other.
 */
public final class ApiReader implements JsonDocuments.Found {

    private final FieldOrder answers = new FieldOrder(AnswerField.NAMES);
    private static final int UNKNOWN = -1;
    private static final int MAX_OFFSET = 100_000_000;

    private final JsonScanner in = new JsonScanner();
    private final Values values;
    private final ItemsReader items;
    private final ListReader list;
    private final JsonDocuments documents;
    private final Answers found = new Answers();
    private final List<Integer> offsets = new ArrayList<>();
    private List<Integer> knownOffsets = List.of();
    private Snapshot snapshot = new Snapshot(0);
    private boolean misplaced;
    private int pages;
    private int nextOffset;
    private @Nullable String answerId;
    private @Nullable String linkedId;
    private @Nullable String hrefId;
    private boolean isPlaylist;
    private boolean foundChart;
    private boolean answerHasItems;
    private int answerOffset;
    private int answerTotal;
    private final FieldsSeen seen = new FieldsSeen();
    private final Unreadable unreadable = new Unreadable();

    /** Keeps up to {@code rememberedBytes} of items to recognise them when they come again. */
    public ApiReader(int rememberedBytes) {
        values = new Values(in);
        items = new ItemsReader(in, new RowReader(in, values, rememberedBytes));
        list = new ListReader(in, values);
        documents = new JsonDocuments(in, new StructureDetector(in));
    }

    /** Knows what {@code other} has learned; its texts are numbers of {@code texts}, which has the same ones. */
    public ApiReader(ApiReader other, Strings texts) {
        values = new Values(in, other.values);
        items = new ItemsReader(in, new RowReader(in, values, other.items.rows(), texts));
        list = new ListReader(in, values);
        documents = new JsonDocuments(in, new StructureDetector(in));
    }

    /** The answers of the file read last. */
    @Override
    public Answers answers() {
        return found;
    }

    /** The documents of the file read last, also if it is broken. */
    public JsonDocuments documents() {
        return documents;
    }

    /** True if the file read last was refused because it holds a chart. */
    public boolean foundChart() {
        return foundChart;
    }

    /** True if rows of the file read last say when they were played, as those of no list do. */
    public boolean foundPlays() {
        return items.rows().fieldNames(seen.row).contains("played_at");
    }

    /** The names of all fields beside the items of the file read last. */
    public List<String> listFields() {
        return answers.names(seen.playlist | seen.page);
    }

    /** The fields of the document read last. */
    public FieldsSeen seen() {
        return seen;
    }

    /** What the bits of {@link #seen()} are of. */
    public FieldsSeen.Shapes shapes() {
        return items.rows().shapes(answers);
    }

    /** True if a page said only after its items where it starts, so that the document must be read again. */
    public boolean misplaced() {
        return misplaced;
    }

    /** Reads a document into a cleared snapshot, with nothing known of its pages. */
    public void read(InputStream document, Snapshot into) throws IOException {
        read(document, into, List.of());
    }

    /** Reads the document again that was read last, with what was learned of its pages. */
    public void readAgain(InputStream document, Snapshot into) throws IOException {
        read(document, into, List.copyOf(offsets));
    }

    private void read(InputStream document, Snapshot into, List<Integer> learned) throws IOException {
        snapshot = into;
        values.use(into.strings());
        items.rows().use(into.strings());
        items.start(seen);
        answers.takeSeen();
        seen.clear();
        found.clear();
        offsets.clear();
        knownOffsets = learned;
        unreadable.backTo(0);
        values.countUnreadable(unreadable);
        misplaced = false;
        foundChart = false;
        pages = 0;
        nextOffset = 0;
        in.open(UnicodeInput.utf8(document));
        if (in.finished()) {
            throw in.error("empty: no answer in it");
        }
        documents.read(this);
        if (pages == 0) {
            throw new JsonException(
                    found.size() == 0
                            ? "an empty array: no answer in it"
                            : "a playlist without its items: Spotify leaves them out unless you own the list",
                    0);
        }
        seen.row = items.rows().rowFields();
        snapshot.addUnreadable(unreadable);
        snapshot.finish();
    }

    @Override
    public void rows() throws IOException {
        bare(ItemsReader.Form.ARRAY);
    }

    @Override
    public void row() throws IOException {
        bare(ItemsReader.Form.SINGLE);
    }

    @Override
    public void chart() throws IOException {
        foundChart = true;
        throw in.error("a chart among answers of the Web API: put them into different files");
    }

    @Override
    public void chartEntries() throws IOException {
        chart();
    }

    /** Rows without a page around them follow those before. */
    private void bare(ItemsReader.Form form) throws IOException {
        long from = in.offset();
        long before = snapshot.read();
        read(new Page(), form);
        offsets.add(UNKNOWN);
        pages++;
        found.add(new Answers.Answer(
                from, in.offset(), null, 0, null, snapshot.read() - before, null, null, Answers.Form.PAGE));
    }

    @Override
    public void answer() throws IOException {
        long from = in.offset();
        answerId = null;
        linkedId = null;
        hrefId = null;
        isPlaylist = false;
        answerHasItems = false;
        answerOffset = UNKNOWN;
        answerTotal = UNKNOWN;
        long before = snapshot.read();
        in.expect('{');
        Page page = new Page();
        page.isAnswer = true;
        fields(page);
        if (!answerHasItems && !isPlaylist) {
            throw new JsonException("neither a playlist nor a page of its items", from);
        }
        // A page's own "id" does not exist; a playlist read with fields=… may lack its type.
        String own = answerId == null ? linkedId : answerId;
        String id = own != null && (isPlaylist || hrefId == null) ? own : hrefId;
        if (id != null && snapshot.listId == null) {
            snapshot.listId = id;
        }
        found.add(new Answers.Answer(
                from,
                in.offset(),
                id != null && Texts.isId(id) ? id : null,
                0,
                null,
                snapshot.read() - before,
                known(answerOffset),
                known(answerTotal),
                isPlaylist || own != null ? Answers.Form.LIST : Answers.Form.PAGE));
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
        /** True if it says where the Web API has it, so that its items are rows. */
        boolean linked;
        /** True if it is the whole answer and does not stand in a playlist. */
        boolean isAnswer;
    }

    private void fields(Page page) throws IOException {
        long around = answers.takeSeen();
        int at = FieldOrder.START;
        while (at != FieldOrder.END) {
            int from = in.position();
            int before = unreadable.count();
            while (true) {
                try {
                    int next = in.field(answers, at);
                    if (next != FieldOrder.END) {
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
            case AnswerField.HREF -> href(page);
            case AnswerField.ITEMS, AnswerField.TRACKS -> itemsOrPage(page);
            case AnswerField.OFFSET -> page.offset = offset();
            case AnswerField.TOTAL -> total();
            case AnswerField.ID -> answerId = ListReader.notEmpty(values.string("id"));
            case AnswerField.NAME -> snapshot.name = ListReader.known(values.string("name"), snapshot.name);
            case AnswerField.OWNER -> list.owner(snapshot);
            case AnswerField.DESCRIPTION ->
                snapshot.description = ListReader.known(values.string("description"), snapshot.description);
            case AnswerField.EXTERNAL_URLS -> url(values.string(values.link("external_urls")));
            case AnswerField.IMAGES ->
                snapshot.imageUrl = ListReader.known(values.string(values.firstImage("images")), snapshot.imageUrl);
            case AnswerField.FOLLOWERS -> list.followers(snapshot);
            case AnswerField.SNAPSHOT_ID ->
                snapshot.spotifySnapshotId = ListReader.known(values.string("snapshot_id"), snapshot.spotifySnapshotId);
            case AnswerField.ERROR -> list.refused();
            case AnswerField.TYPE -> isPlaylist |= "playlist".equals(values.string("type"));
            case AnswerField.PLAYLIST -> playlist();
            case AnswerField.PLAYLIST_ID ->
                answerId = ListReader.known(answerId, ListReader.anyId(values.string("playlist_id")));
            case AnswerField.URI -> linkedId = ListReader.known(ListReader.id(values.string("uri")), linkedId);
            case AnswerField.URL -> url(values.string("url"));
            case AnswerField.NUM_FOLLOWERS -> list.followers(snapshot, "num_followers");
            case AnswerField.ORIGINAL_NAME ->
                snapshot.name = ListReader.known(snapshot.name, values.string("original_name"));
            case AnswerField.NEXT -> {
                page.goesOn = in.peek() == '"';
                in.skip();
            }
            default -> in.skip();
        }
    }

    private void url(@Nullable String url) {
        snapshot.url = ListReader.known(url, snapshot.url);
        linkedId = ListReader.known(linkedId, ListReader.id(url));
    }

    /** What some programs write beside the items: the playlist itself, without them. */
    private void playlist() throws IOException {
        if (in.peek() == '{') {
            in.expect('{');
            fields(new Page());
        } else {
            in.skip();
        }
    }

    private void href(Page page) throws IOException {
        if (in.peek() != '"') {
            in.skip();
            return;
        }
        in.string();
        String playlist = Texts.playlistId(in.text(), in.textFrom(), in.textLength());
        // Spotify's pages have rows, but for a user's top songs.
        page.linked = playlist != null
                || !new String(in.text(), in.textFrom(), in.textLength(), StandardCharsets.UTF_8)
                        .contains("/me/top/tracks");
        hrefId = ListReader.known(playlist, hrefId);
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
            read(page, ItemsReader.Form.ARRAY);
        } else if (next == '{' && !answerHasItems) {
            in.expect('{');
            fields(new Page());
        } else {
            in.skip();
        }
    }

    private void read(Page page, ItemsReader.Form form) throws IOException {
        page.usedOffset = startOf(page);
        nextOffset = items.read(snapshot, page.usedOffset, form, page.linked);
        values.countUnreadable(unreadable);
        page.end = nextOffset;
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
        if (page.isAnswer && (isPlaylist || answerId != null || linkedId != null)) {
            seen.playlist |= answers.takeSeen(); // a playlist whose items are not on a page of their own
        } else {
            seen.page |= answers.takeSeen();
        }
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
}
