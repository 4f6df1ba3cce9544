package dev.chartlake.normalise.api;

import dev.chartlake.entry.Entry;
import dev.chartlake.entry.EntryKind;
import dev.chartlake.entry.Item;
import dev.chartlake.entry.ItemFields;
import dev.chartlake.entry.OddValues;
import dev.chartlake.entry.Texts;
import dev.chartlake.entry.Unreadable;
import dev.chartlake.entry.Values;
import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.json.Recurring;
import dev.chartlake.normalise.api.ApiFields.AlbumField;
import dev.chartlake.normalise.api.ApiFields.ItemField;
import dev.chartlake.text.Strings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the song or episode of a row, and its album. Used by one thread. */
public final class ItemReader {

    private final FieldOrder items;
    private final FieldOrder albums;
    private final JsonScanner in;
    private final Values values;
    private final Recurring recurring;
    private final List<Item> read = new ArrayList<>();
    private final int[] precisions = new int[11];
    private static final byte[] EPISODE_URI = ascii("episode");
    private static final byte[] CHAPTER_URI = ascii("chapter");
    private static final byte[] LOCAL_URI = ascii("local");

    /** Where a song without a row around it says when and by whom it was added, or -1. */
    private int addedAt = -1;

    private int addedBy = -1;

    private ItemFields fields = ItemFields.NONE;
    private final CreditsReader credits;
    private final Unreadable inItem = new Unreadable();
    private int track;
    private int episode;
    private int chapter;
    private Strings strings = new Strings();
    private int generation;

    /** Reads at {@code in}; keeps up to {@code rememberedBytes} of items to recognise them when they come again. */
    public ItemReader(JsonScanner in, Values values, int rememberedBytes) {
        this.in = in;
        this.values = values;
        this.recurring = new Recurring(rememberedBytes);
        items = new FieldOrder(ItemField.NAMES);
        credits = new CreditsReader(in, values);
        albums = new FieldOrder(AlbumField.NAMES);
    }

    /** Knows what {@code other} has learned; its texts are numbers of {@code texts} from now on, which has the same ones. */
    ItemReader(JsonScanner in, Values values, ItemReader other, Strings texts) {
        this.in = in;
        this.values = values;
        recurring = other.recurring.copy();
        items = other.items.copy();
        albums = other.albums.copy();
        credits = new CreditsReader(in, values, other.credits);
        read.addAll(other.read);
        know(texts);
        if (other.generation != other.strings.generation()) {
            forget(); // its texts are others by now
        }
    }

    /**
     * Texts become numbers of {@code texts} from now on. Items read before are known as long as these are; true if they were
     * forgotten.
     */
    public boolean use(Strings texts) {
        if (texts == strings && texts.generation() == generation) {
            return false;
        }
        forget();
        know(texts);
        return true;
    }

    /** Where texts are. */
    Strings strings() {
        return strings;
    }

    private void know(Strings texts) {
        strings = texts;
        generation = texts.generation();
        track = texts.intern("track");
        episode = texts.intern("episode");
        chapter = texts.intern("chapter");
        precisions[4] = texts.intern("year");
        precisions[7] = texts.intern("month");
        precisions[10] = texts.intern("day");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Starts a document: the fields seen before are not its own. */
    void start() {
        fields(false);
    }

    FieldsSeen.Shapes shapes(FieldOrder answers, FieldOrder rows) {
        return new FieldsSeen.Shapes(answers, rows, items, albums, credits.artists());
    }

    /** The fields of the item just read. */
    private ItemFields fields(boolean isEpisode) {
        long item = items.takeSeen();
        long album = albums.takeSeen();
        long artist = credits.artists().takeSeen();
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
    }

    /** Reads the item at the scanner, or recognises it; values beside it are counted in {@code around} from then on. */
    public void item(Entry entry, Unreadable around) throws JsonException {
        int known = in.recurring(recurring);
        if (known != Recurring.UNKNOWN) {
            entry.item = read.get(known);
            entry.popularity = in.hole(entry.item.popularity);
            return;
        }
        int from = in.position();
        Item item = new Item();
        values.shared().clear();
        inItem.backTo(0);
        values.countUnreadable(inItem);
        Popularity popularity = item(item);
        item.unreadable = inItem.take();
        values.countUnreadable(around);
        item.fields = fields(item.kind == EntryKind.EPISODE);
        int to = in.position();
        int hole = popularity.from < 0 ? to : popularity.from;
        int holeEnd = popularity.from < 0 ? to : popularity.to;
        if (in.remember(recurring, from, hole, holeEnd, values.shared())) {
            item.number = read.size();
            read.add(item);
        } else if (recurring.outdated()) {
            forget();
        }
        give(item, entry);
    }

    private void give(Item item, Entry entry) {
        item.popularity = popularity.from < 0 ? popularity.value : Entry.NO_INT;
        entry.item = item;
        entry.popularity = popularity.value;
    }

    /** Reads a song or episode without a row around it, which says itself when and by whom it was added. */
    void bare(Entry entry, Unreadable around) throws JsonException {
        addedAt = -1;
        addedBy = -1;
        Item item = new Item();
        values.shared().clear();
        inItem.backTo(0);
        values.countUnreadable(inItem);
        item(item);
        item.unreadable = inItem.take();
        values.countUnreadable(around);
        item.fields = fields(item.kind == EntryKind.EPISODE);
        give(item, entry);
        int end = in.position();
        if (addedAt >= 0) {
            in.back(addedAt);
            entry.addedAt = values.time("added_at");
        }
        if (addedBy >= 0) {
            in.back(addedBy);
            entry.addedBy = values.user("added_by");
        }
        in.back(end);
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
        int href = -1;
        in.expect('{');
        for (int at = in.field(items, FieldOrder.START); at != FieldOrder.END; at = in.field(items, at)) {
            switch (items.name(at)) {
                case ItemField.ALBUM -> album(item);
                case ItemField.ARTISTS -> {
                    item.artists = credits.read(strings);
                    item.artistNames = item.artists.joinedNames();
                }
                case ItemField.AVAILABLE_MARKETS -> values.skipMarkets();
                case ItemField.DISC_NUMBER -> item.discNumber = values.integer("disc_number");
                case ItemField.DURATION_MS -> item.durationMs = values.bigint("duration_ms");
                case ItemField.EXPLICIT -> item.explicit = values.truth("explicit");
                case ItemField.EXTERNAL_IDS -> item.isrc = values.isrc("external_ids");
                case ItemField.EXTERNAL_URLS -> item.url = values.link("external_urls");
                case ItemField.ID -> item.songId = values.id("id");
                case ItemField.IS_LOCAL -> isLocal = values.truth("is_local") == 1;
                case ItemField.NAME -> item.name = values.text("name");
                case ItemField.POPULARITY -> popularity();
                case ItemField.TRACK_NUMBER -> item.trackNumber = values.integer("track_number");
                case ItemField.TYPE -> type = values.text("type");
                case ItemField.URI -> item.uri = values.text("uri");
                case ItemField.SHOW -> showName = values.showName("show");
                case ItemField.HREF -> href = values.placeOf();
                case ItemField.URL -> item.url = values.text("url");
                case ItemField.ADDED_AT -> addedAt = values.placeOf();
                case ItemField.ADDED_BY -> addedBy = values.placeOf();
                default -> in.skip();
            }
        }
        identify(item, href);
        item.kind = kind(item, type, isLocal);
        if (item.kind == EntryKind.EPISODE) {
            item.artistNames = showName;
        }
        return popularity;
    }

    /** A song without an id has it in its uri or link; where id and uri contradict each other, the id counts. */
    private void identify(Item item, int href) throws JsonException {
        int inUri = -1;
        if (item.uri != Strings.NULL) {
            inUri = Texts.idIn(Texts.SONG, strings.bytes(), strings.start(item.uri), strings.length(item.uri));
        }
        if (item.songId == Strings.NULL) {
            item.songId =
                    inUri >= 0 ? values.copy(inUri, Texts.ID_LENGTH) : values.idFrom(Texts.SONG, -1, item.url, href);
        } else if (inUri >= 0 && !isIdAt(item.songId, inUri)) {
            values.unreadable("id", strings.string(item.songId) + " and uri is " + strings.string(item.uri));
        }
    }

    private boolean isIdAt(int id, int at) {
        int start = strings.start(id);
        return strings.length(id) == Texts.ID_LENGTH
                && Arrays.equals(
                        strings.bytes(), start, start + Texts.ID_LENGTH, strings.bytes(), at, at + Texts.ID_LENGTH);
    }

    /** By its type; by its uri if it has none. */
    private EntryKind kind(Item item, int type, boolean isLocal) {
        if (type == episode || type == chapter) {
            return EntryKind.EPISODE;
        }
        if (type != Strings.NULL && type != track && strings.length(type) > 0) {
            return EntryKind.OTHER;
        }
        if (isLocal) {
            return EntryKind.LOCAL;
        }
        if (type == Strings.NULL && item.uri != Strings.NULL) {
            int start = strings.start(item.uri);
            int length = strings.length(item.uri);
            if (Texts.isUri(EPISODE_URI, strings.bytes(), start, length)
                    || Texts.isUri(CHAPTER_URI, strings.bytes(), start, length)) {
                return EntryKind.EPISODE;
            }
            if (Texts.isUri(LOCAL_URI, strings.bytes(), start, length)) {
                return EntryKind.LOCAL;
            }
        }
        return item.songId == Strings.NULL ? EntryKind.UNAVAILABLE : EntryKind.TRACK;
    }

    private void popularity() throws JsonException {
        int first = in.peek();
        int from = in.position();
        popularity.value = values.integer("popularity");
        int length = in.position() - from;
        boolean plain = first >= '0' && first <= '9' && length <= 3 && popularity.value >= (length - 1) * 10;
        popularity.from = plain && popularity.from < 0 ? from : -1;
        popularity.to = in.position();
    }

    private void album(Item item) throws JsonException {
        if (!values.object("album")) {
            return;
        }
        int uri = -1;
        int href = -1;
        for (int at = in.field(albums, FieldOrder.START); at != FieldOrder.END; at = in.field(albums, at)) {
            switch (albums.name(at)) {
                case AlbumField.ALBUM_TYPE -> item.albumType = values.text("album.album_type");
                case AlbumField.ARTISTS -> item.albumArtists = credits.read(strings);
                case AlbumField.AVAILABLE_MARKETS -> values.skipMarkets();
                case AlbumField.EXTERNAL_URLS -> item.albumUrl = values.link("album.external_urls");
                case AlbumField.ID -> item.albumId = values.id("album.id");
                case AlbumField.IMAGES -> item.imageUrl = values.firstImage("album.images");
                case AlbumField.NAME -> item.albumName = values.text("album.name");
                case AlbumField.RELEASE_DATE -> release(item);
                case AlbumField.TOTAL_TRACKS -> item.totalTracks = values.integer("album.total_tracks");
                case AlbumField.URI -> uri = values.placeOf();
                case AlbumField.HREF -> href = values.placeOf();
                case AlbumField.URL -> item.albumUrl = values.text("album.url");
                default -> in.skip();
            }
        }
        if (item.albumId == Strings.NULL) {
            item.albumId = values.idFrom(Texts.ALBUM, uri, item.albumUrl, href);
        }
    }

    /** The text's own precision counts: the field beside it is sometimes wrong. */
    private void release(Item item) throws JsonException {
        item.releaseText = values.text("album.release_date");
        item.releaseDay = Entry.NO_INT;
        item.releasePrecision = Strings.NULL;
        if (item.releaseText == Strings.NULL) {
            return;
        }
        int length = strings.length(item.releaseText);
        item.releaseDay = Texts.releaseDay(strings.bytes(), strings.start(item.releaseText), length);
        item.releasePrecision = length < precisions.length ? precisions[length] : Strings.NULL;
        if (item.releaseDay == Entry.NO_INT && length > 7) {
            Optional<Integer> day = OddValues.day(strings.string(item.releaseText));
            item.releaseDay = day.orElse(Entry.NO_INT);
            item.releasePrecision = day.isPresent() ? precisions[10] : item.releasePrecision;
        }
    }
}
