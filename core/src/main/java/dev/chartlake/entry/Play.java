package dev.chartlake.entry;

import dev.chartlake.text.Strings;

/**
 * One play. Texts are numbers of {@link Strings}; numbers that are not known are {@link Entry#NO_INT} or
 * {@link Entry#NO_LONG}. Reused: valid until the reader goes on.
 */
public final class Play {

    /** Microseconds since 1970, UTC. */
    public long playedAt;

    public EntryKind kind = EntryKind.UNAVAILABLE;

    /** What the Web API says of the song; {@link Item#NONE} in account exports. */
    public Item item = Item.NONE;

    /** The song's popularity, where the Web API says it. */
    public int popularity;

    public int uri;
    /** The id of the song; set for {@link EntryKind#TRACK} alone, and not always. */
    public int songId;

    public int name;
    public int artistNames;
    public int albumName;
    public long msPlayed;
    public int contextType;
    public int contextUri;
    public int reasonStart;
    public int reasonEnd;
    /** 1, 0 or {@link Entry#NO_INT}, as the next ones. */
    public int shuffle;

    public int skipped;
    public int offline;
    public int incognito;
    public int country;
    public int platform;

    /** Forgets everything. */
    public void clear() {
        playedAt = Entry.NO_LONG;
        kind = EntryKind.UNAVAILABLE;
        item = Item.NONE;
        popularity = Entry.NO_INT;
        uri = Strings.NULL;
        songId = Strings.NULL;
        name = Strings.NULL;
        artistNames = Strings.NULL;
        albumName = Strings.NULL;
        msPlayed = Entry.NO_LONG;
        contextType = Strings.NULL;
        contextUri = Strings.NULL;
        reasonStart = Strings.NULL;
        reasonEnd = Strings.NULL;
        shuffle = Entry.NO_INT;
        skipped = Entry.NO_INT;
        offline = Entry.NO_INT;
        incognito = Entry.NO_INT;
        country = Strings.NULL;
        platform = Strings.NULL;
    }
}
