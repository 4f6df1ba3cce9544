package dev.chartlake.normalise.account;

import dev.chartlake.entry.Entry;
import dev.chartlake.entry.EntryKind;
import dev.chartlake.entry.Item;
import dev.chartlake.entry.Play;
import dev.chartlake.entry.Texts;
import dev.chartlake.entry.Unreadable;
import dev.chartlake.entry.Values;
import dev.chartlake.json.FieldOrder;
import dev.chartlake.json.JsonException;
import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.account.AccountFields.ContextField;
import dev.chartlake.normalise.account.AccountFields.PlayField;
import dev.chartlake.normalise.api.ItemReader;
import dev.chartlake.normalise.document.UnicodeInput;
import dev.chartlake.raw.PlayHistory;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads plays: rows of both streaming histories of account exports, and the Web API's answers about what was played
 * recently, also without the page around the rows. Hands on one play after the other, so a file may have any length. Used by
 * one thread, for one file after the other.
 */
public final class PlaysReader {

    /** Takes plays as they are read. */
    public interface Sink {
        /** Takes a play, which is valid until this returns. Throws if it cannot. */
        void accept(Play play) throws IOException;
    }

    private static final byte[] TRACK_ID = "track".getBytes(StandardCharsets.US_ASCII);
    private static final String LOCAL = "spotify:local:";

    /** What an object is. */
    private enum Found {
        PLAY,
        PAGE
    }

    private final JsonScanner in = new JsonScanner();
    private final Values values = new Values(in);
    private final ItemReader items;
    private final FieldOrder fields = new FieldOrder(PlayField.NAMES);
    private final FieldOrder contexts = new FieldOrder(ContextField.NAMES);
    private final Unreadable unreadable = new Unreadable();
    private final Unreadable inRow = new Unreadable();
    private final Entry entry = new Entry();
    private final Play play = new Play();
    private final Set<String> seen = new TreeSet<>();
    private Strings strings = new Strings();
    private Sink sink = ignored -> {};
    private @Nullable PlayHistory history;
    private int rowFrom;
    private long count;
    private String firstUnreadable = "";
    private boolean isEpisode;
    private boolean hasItem;

    /** Keeps up to {@code rememberedBytes} of songs to recognise them when they come again. */
    public PlaysReader(int rememberedBytes) {
        items = new ItemReader(in, values, rememberedBytes);
    }

    /** How many plays the file read last has. */
    public long count() {
        return count;
    }

    /** How many of its values are null because they could not be read. */
    public long unreadable() {
        return unreadable.count();
    }

    /** Where the first of them stands, and what it is; empty if there is none. */
    public String firstUnreadable() {
        return firstUnreadable;
    }

    /** The fields of its plays, with what they are of: {@code extended_play.ts}. */
    public Set<String> fields() {
        return seen;
    }

    /** True if there were more fields than are told apart. */
    public boolean isCrowded() {
        return fields.isFull();
    }

    /** The history that the play that is handed on is of. */
    public PlayHistory history() {
        if (history == null) {
            throw new IllegalStateException("no play has been read");
        }
        return history;
    }

    /** The play that is handed on, as it is written. */
    public byte[] bytes() {
        return in.bytes(rowFrom, in.position());
    }

    /**
     * Reads a file to its end.
     *
     * @throws JsonException if it is anything else, or has no play, or a play that does not say when it was
     */
    public void read(InputStream file, Strings texts, Sink to) throws IOException {
        strings = texts;
        sink = to;
        values.use(texts);
        values.countUnreadable(unreadable);
        unreadable.backTo(0);
        firstUnreadable = "";
        count = 0;
        fields.takeSeen();
        seen.clear();
        in.open(UnicodeInput.utf8(file));
        if (in.finished()) {
            throw in.error("empty: no plays in it");
        }
        while (!in.finished()) {
            value(0);
        }
        if (count == 0) {
            throw new JsonException("no plays in it", 0);
        }
    }

    private void value(int depth) throws IOException {
        int first = in.peek();
        if (first == '[' && depth < 2) {
            in.expect('[');
            for (boolean start = true; another(start); start = false) {
                value(depth + 1);
            }
        } else if (first == '{') {
            object();
        } else {
            throw in.error("a play expected, found " + in.found());
        }
    }

    /** Goes to the next value of an array, which is in the window at least with its first byte; false behind the last one. */
    private boolean another(boolean first) throws IOException {
        int from = in.position();
        while (true) {
            try {
                boolean more = in.element(first);
                if (more) {
                    in.peek();
                }
                return more;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    /** A play, or a page of plays. */
    private void object() throws IOException {
        rowFrom = in.position();
        int before = unreadable.count();
        Found found = null;
        while (found == null) {
            try {
                found = row();
            } catch (JsonScanner.Underflow e) {
                unreadable.backTo(before);
                in.refill(rowFrom);
                rowFrom = 0;
            }
        }
        if (found == Found.PAGE) {
            in.back(rowFrom);
            page();
            return;
        }
        count++;
        if (before == 0 && unreadable.count() > 0) {
            firstUnreadable = "play " + count + ": " + unreadable.shown();
        }
        sink.accept(play);
    }

    /** Reads an object that is in the window as a whole, unless it turns out to be a page. */
    private Found row() throws JsonException {
        play.clear();
        entry.clear();
        history = null;
        isEpisode = false;
        hasItem = false;
        values.countUnreadable(unreadable);
        long from = in.offset();
        long around = fields.takeSeen();
        in.expect('{');
        for (int at = in.field(fields, FieldOrder.START); at != FieldOrder.END; at = in.field(fields, at)) {
            int name = fields.name(at);
            if (name == PlayField.ITEMS && in.peek() == '[') {
                return Found.PAGE;
            }
            field(name);
        }
        if (history == null) {
            throw new JsonException("neither a play nor a page of plays: no ts, endTime or played_at in it", from);
        }
        if (play.playedAt == Entry.NO_LONG) {
            throw new JsonException("a play that does not say when it was", from);
        }
        note(history, fields.takeSeen());
        fields.giveBack(around);
        finish();
        return Found.PLAY;
    }

    private void note(PlayHistory of, long found) {
        String level = of.name().toLowerCase(Locale.ROOT) + "_play.";
        fields.names(found).forEach(name -> seen.add(level + name));
    }

    private void field(int name) throws JsonException {
        switch (name) {
            case PlayField.TS -> at(PlayHistory.EXTENDED, "ts");
            case PlayField.END_TIME -> at(PlayHistory.SHORT, "endTime");
            case PlayField.PLAYED_AT -> at(PlayHistory.RECENT, "played_at");
            case PlayField.MS_PLAYED -> play.msPlayed = values.bigint("ms_played");
            case PlayField.MSPLAYED -> play.msPlayed = values.bigint("msPlayed");
            case PlayField.SPOTIFY_TRACK_URI -> play.uri = known(values.text("spotify_track_uri"), play.uri);
            case PlayField.SPOTIFY_EPISODE_URI -> episodeUri("spotify_episode_uri");
            case PlayField.AUDIOBOOK_CHAPTER_URI -> episodeUri("audiobook_chapter_uri");
            case PlayField.MASTER_METADATA_TRACK_NAME, PlayField.TRACK_NAME ->
                play.name = known(values.text("track name"), play.name);
            case PlayField.EPISODE_NAME,
                    PlayField.EPISODENAME,
                    PlayField.AUDIOBOOK_CHAPTER_TITLE,
                    PlayField.CHAPTER_NAME -> {
                int title = values.text("episode name");
                isEpisode |= title != Strings.NULL;
                play.name = known(play.name, title);
            }
            case PlayField.MASTER_METADATA_ALBUM_ARTIST_NAME, PlayField.ARTIST_NAME ->
                play.artistNames = known(values.text("artist name"), play.artistNames);
            case PlayField.EPISODE_SHOW_NAME,
                    PlayField.PODCAST_NAME,
                    PlayField.AUDIOBOOK_TITLE,
                    PlayField.AUDIOBOOK_NAME -> play.artistNames = known(play.artistNames, values.text("show name"));
            case PlayField.MASTER_METADATA_ALBUM_ALBUM_NAME -> play.albumName = values.text("album name");
            case PlayField.REASON_START -> play.reasonStart = values.text("reason_start");
            case PlayField.REASON_END -> play.reasonEnd = values.text("reason_end");
            case PlayField.SHUFFLE -> play.shuffle = values.truth("shuffle");
            case PlayField.SKIPPED -> play.skipped = values.truth("skipped");
            case PlayField.OFFLINE -> play.offline = values.truth("offline");
            case PlayField.INCOGNITO_MODE -> play.incognito = values.truth("incognito_mode");
            case PlayField.CONN_COUNTRY -> play.country = values.text("conn_country");
            case PlayField.PLATFORM -> play.platform = values.text("platform");
            case PlayField.TRACK, PlayField.ITEM -> item();
            case PlayField.CONTEXT -> context();
            default -> in.skip();
        }
    }

    private void at(PlayHistory of, String field) throws JsonException {
        if (history != null && history != of) {
            throw in.error("a play that says twice when it was");
        }
        history = of;
        play.playedAt = values.time(field);
    }

    private void episodeUri(String field) throws JsonException {
        int uri = values.text(field);
        isEpisode |= uri != Strings.NULL;
        play.uri = known(play.uri, uri);
    }

    /** The song of the Web API, read as in playlists. */
    private void item() throws JsonException {
        if (in.peek() != '{' || hasItem) {
            in.skip();
            return;
        }
        items.use(strings);
        hasItem = true;
        items.item(entry, inRow);
        values.countUnreadable(unreadable);
        if (entry.item.unreadable != null) {
            entry.item.unreadable.addTo(unreadable);
        }
    }

    private void context() throws JsonException {
        if (!values.object("context")) {
            return;
        }
        for (int at = in.field(contexts, FieldOrder.START); at != FieldOrder.END; at = in.field(contexts, at)) {
            switch (contexts.name(at)) {
                case ContextField.TYPE -> play.contextType = values.text("context.type");
                case ContextField.URI -> play.contextUri = values.text("context.uri");
                default -> in.skip();
            }
        }
    }

    private void finish() {
        if (hasItem) {
            Item item = entry.item;
            play.item = item;
            play.popularity = entry.popularity;
            play.kind = item.kind;
            play.uri = item.uri;
            play.songId = item.songId;
            play.name = item.name;
            play.artistNames = item.artistNames;
            play.albumName = item.albumName;
            return;
        }
        play.kind = kind();
        if (play.kind == EntryKind.TRACK && play.uri != Strings.NULL) {
            int at = Texts.idIn(TRACK_ID, strings.bytes(), strings.start(play.uri), strings.length(play.uri));
            play.songId = values.copy(at, Texts.ID_LENGTH);
        }
    }

    private EntryKind kind() {
        if (isEpisode) {
            return EntryKind.EPISODE;
        }
        if (play.uri == Strings.NULL) {
            return play.name == Strings.NULL ? EntryKind.UNAVAILABLE : EntryKind.TRACK;
        }
        if (Texts.idIn(TRACK_ID, strings.bytes(), strings.start(play.uri), strings.length(play.uri)) >= 0) {
            return EntryKind.TRACK;
        }
        return Optional.ofNullable(values.string(play.uri)).orElse("").startsWith(LOCAL)
                ? EntryKind.LOCAL
                : EntryKind.OTHER;
    }

    private static int known(int text, int otherwise) {
        return text == Strings.NULL ? otherwise : text;
    }

    /** Reads the plays of a page, and nothing else of it. */
    private void page() throws IOException {
        in.expect('{');
        for (int at = next(FieldOrder.START); at != FieldOrder.END; at = next(at)) {
            if (fields.name(at) == PlayField.ITEMS && in.peek() == '[') {
                in.expect('[');
                for (boolean start = true; another(start); start = false) {
                    object();
                }
            } else {
                skip();
            }
        }
    }

    private int next(int state) throws IOException {
        int from = in.position();
        while (true) {
            try {
                int next = in.field(fields, state);
                if (next != FieldOrder.END) {
                    in.peek();
                }
                return next;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }

    private void skip() throws IOException {
        int from = in.position();
        while (true) {
            try {
                in.skip();
                return;
            } catch (JsonScanner.Underflow e) {
                in.refill(from);
                from = 0;
            }
        }
    }
}
