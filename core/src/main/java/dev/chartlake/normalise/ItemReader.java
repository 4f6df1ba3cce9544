package dev.chartlake.normalise;

import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.json.Recurring;
import dev.chartlake.json.Shape;
import dev.chartlake.table.Strings;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of a page: a row, the song or episode in it, and its album. Used by one thread. */
final class ItemReader {

    private final Shape rows;
    private final Shape items;
    private final Shape albums;
    private final JsonScanner in;
    private final Values values;
    private final Recurring recurring;
    private final List<Item> read = new ArrayList<>();
    private final int[] precisions = new int[11];
    private static final byte[] NOTHING = {};
    private static final int MAX_TAIL = 512;

    /**
     * What stood before and behind the last row's item, and what it means: the rows of a list begin and end alike. The head
     * is in two parts when the time stands in it, which is read anew for each row.
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

    private ItemFields fields = ItemFields.NONE;
    private int episode;
    private Strings strings = new Strings();
    private int generation;

    ItemReader(JsonScanner in, Values values, int rememberedBytes) {
        this.in = in;
        this.values = values;
        this.recurring = new Recurring(rememberedBytes);
        rows = new Shape("added_at", "added_by", "is_local", "track", "item");
        items = new Shape(
                "album",
                "artists",
                "available_markets",
                "disc_number",
                "duration_ms",
                "explicit",
                "external_ids",
                "external_urls",
                "id",
                "is_local",
                "name",
                "popularity",
                "track_number",
                "type",
                "uri",
                "show");
        albums = new Shape(
                "album_type",
                "artists",
                "available_markets",
                "external_urls",
                "id",
                "images",
                "name",
                "release_date",
                "total_tracks");
    }

    /** Knows what {@code other} has learned; its texts are numbers of {@code texts} from now on, which has the same ones. */
    ItemReader(JsonScanner in, Values values, ItemReader other, Strings texts) {
        this.in = in;
        this.values = values;
        recurring = other.recurring.copy();
        rows = other.rows.copy();
        items = other.items.copy();
        albums = other.albums.copy();
        read.addAll(other.read);
        know(texts);
        if (other.generation != other.strings.generation()) {
            forget(); // its texts are others by now
        }
    }

    /** Texts become numbers of {@code texts} from now on. Items read before are known as long as these are. */
    void use(Strings texts) {
        if (texts == strings && texts.generation() == generation) {
            return;
        }
        forget();
        know(texts);
    }

    private void know(Strings texts) {
        strings = texts;
        generation = texts.generation();
        episode = texts.intern("episode");
        precisions[4] = texts.intern("year");
        precisions[7] = texts.intern("month");
        precisions[10] = texts.intern("day");
    }

    /** Starts a document. Its first row is read field by field, so that the fields of rows are seen. */
    void start() {
        head = NOTHING;
        rows.takeSeen();
        fields(false);
    }

    /** The fields of all rows since {@link #start()}. */
    long rowFields() {
        return rows.takeSeen();
    }

    FieldsSeen.Shapes shapes(Shape answers) {
        return new FieldsSeen.Shapes(answers, rows, items, albums, values.artists());
    }

    /** The fields of the item just read. */
    private ItemFields fields(boolean isEpisode) {
        long item = items.takeSeen();
        long album = albums.takeSeen();
        long artist = values.artists().takeSeen();
        boolean same = isEpisode == fields.episode()
                && item == fields.item()
                && album == fields.album()
                && artist == fields.artist();
        fields = same ? fields : new ItemFields(isEpisode, item, album, artist);
        return fields;
    }

    private void forget() {
        recurring.clear();
        read.clear();
        head = NOTHING;
    }

    /** Reads a row into a cleared entry; false if the row has neither a {@code track} nor an {@code item}. */
    boolean row(Entry entry) throws JsonException {
        use(strings);
        if (in.peek() != '{') {
            return values.object();
        }
        int start = in.position();
        if (!head(start)) {
            in.expect('{');
            return rest(entry, start, Shape.START, false);
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
        long time = values.time();
        timeTo = in.position();
        return time;
    }

    /** Reads the fields of the row at {@code start} behind {@code state}; says whether it has an item field. */
    private boolean rest(Entry entry, int start, int state, boolean local) throws JsonException {
        boolean isLocal = local;
        boolean hasItemField = state != Shape.START;
        int times = 0;
        for (int at = in.field(rows, state); at != Shape.END; at = in.field(rows, at)) {
            switch (rows.name(at)) {
                case 0 -> {
                    entry.addedAt = time();
                    times++;
                }
                case 1 -> entry.addedBy = values.user();
                case 2 -> isLocal = values.truth() == 1;
                case 3, 4 -> {
                    if (!hasItemField) {
                        rememberHead(entry, start, at, times == 1, isLocal);
                    }
                    hasItemField = true;
                    if (entry.item != Item.NONE) {
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
            item(entry);
            itemTo = in.position();
        } else {
            in.skip();
        }
    }

    private static Kind kind(Entry entry, boolean isLocal) {
        boolean file = isLocal && entry.item != Item.NONE && entry.item.kind != Kind.EPISODE;
        return file ? Kind.LOCAL : entry.item.kind;
    }

    private void rememberHead(Entry entry, int start, int state, boolean hasTime, boolean isLocal) {
        int end = in.position();
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
        boolean useful = !says && entry.item != Item.NONE && in.position() - itemTo < MAX_TAIL;
        tail = useful ? in.bytes(itemTo, in.position()) : NOTHING;
    }

    private void item(Entry entry) throws JsonException {
        int known = in.recurring(recurring);
        if (known != Recurring.UNKNOWN) {
            entry.item = read.get(known);
            entry.popularity = in.hole(entry.item.popularity);
            return;
        }
        int from = in.position();
        Item item = new Item();
        values.shared().clear();
        Popularity popularity = item(item);
        item.fields = fields(item.kind == Kind.EPISODE);
        int to = in.position();
        int hole = popularity.from < 0 ? to : popularity.from;
        int holeEnd = popularity.from < 0 ? to : popularity.to;
        if (in.remember(recurring, from, hole, holeEnd, values.shared())) {
            item.number = read.size();
            read.add(item);
        } else if (recurring.outdated()) {
            forget();
        }
        item.popularity = popularity.from < 0 ? popularity.value : Entry.NO_INT;
        entry.item = item;
        entry.popularity = popularity.value;
    }

    /** The one number of an item that changes from day to day, and where it stands if it is a plain one. */
    private static final class Popularity {
        private int from;
        private int to;
        private int value;
    }

    private final Popularity popularity = new Popularity();

    private Popularity item(Item item) throws JsonException {
        popularity.from = -1;
        popularity.value = Entry.NO_INT;
        boolean isLocal = false;
        int type = Strings.NULL;
        int showName = Strings.NULL;
        in.expect('{');
        for (int at = in.field(items, Shape.START); at != Shape.END; at = in.field(items, at)) {
            switch (items.name(at)) {
                case 0 -> album(item);
                case 1 -> {
                    item.artists = values.credits();
                    item.artistNames = item.artists.joinedNames();
                }
                case 2 -> values.skipMarkets();
                case 3 -> item.discNumber = values.integer();
                case 4 -> item.durationMs = in.integer(Entry.NO_LONG);
                case 5 -> item.explicit = values.truth();
                case 6 -> item.isrc = values.isrc();
                case 7 -> item.url = values.link();
                case 8 -> item.songId = values.id();
                case 9 -> isLocal = values.truth() == 1;
                case 10 -> item.name = values.text();
                case 11 -> popularity();
                case 12 -> item.trackNumber = values.integer();
                case 13 -> type = values.text();
                case 14 -> item.uri = values.text();
                case 15 -> showName = values.showName();
                default -> in.skip();
            }
        }
        if (type == episode) {
            item.kind = Kind.EPISODE;
            item.artistNames = showName;
        } else if (isLocal) {
            item.kind = Kind.LOCAL;
        } else {
            item.kind = item.songId == Strings.NULL ? Kind.UNAVAILABLE : Kind.TRACK;
        }
        return popularity;
    }

    private void popularity() throws JsonException {
        in.peek();
        int from = in.position();
        popularity.value = values.integer();
        boolean plain = popularity.value >= 0 && in.position() - from <= 3;
        popularity.from = plain && popularity.from < 0 ? from : -1;
        popularity.to = in.position();
    }

    private void album(Item item) throws JsonException {
        if (!values.object()) {
            return;
        }
        for (int at = in.field(albums, Shape.START); at != Shape.END; at = in.field(albums, at)) {
            switch (albums.name(at)) {
                case 0 -> item.albumType = values.text();
                case 1 -> item.albumArtists = values.credits();
                case 2 -> values.skipMarkets();
                case 3 -> item.albumUrl = values.link();
                case 4 -> item.albumId = values.id();
                case 5 -> item.imageUrl = values.firstImage();
                case 6 -> item.albumName = values.text();
                case 7 -> {
                    item.releaseText = values.text();
                    int length = item.releaseText == Strings.NULL ? 0 : in.textLength();
                    // The text's own precision: the field beside it is sometimes wrong.
                    item.releaseDay = Texts.releaseDay(in.text(), in.textFrom(), length);
                    item.releasePrecision = length < precisions.length ? precisions[length] : Strings.NULL;
                }
                case 8 -> item.totalTracks = values.integer();
                default -> in.skip();
            }
        }
    }
}
