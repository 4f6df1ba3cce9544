package dev.chartlake.entry;

import dev.chartlake.text.Strings;
import org.jspecify.annotations.Nullable;

/**
 * What an entry holds: a song with its album and artists, or an episode. Texts are numbers of {@link Strings}; numbers
 * that are not known are {@link Entry#NO_INT} or {@link Entry#NO_LONG}. Not changed once it is read, and shared by all
 * entries that hold the same bytes. Its popularity is the entry's, because that changes from day to day.
 */
public final class Item {

    /** An entry without content. */
    public static final Item NONE = new Item();

    /** A number that no other item has that is recognised by its bytes now; -1 if this one is not. */
    public int number = -1;

    public EntryKind kind = EntryKind.UNAVAILABLE;
    public int uri;
    /** The id of the song; set for {@link EntryKind#TRACK} alone. */
    public int songId;

    public int name;
    /** The artists' names as people read them; the show's name for an episode. */
    public int artistNames;

    /** The record label, as a chart says it. */
    public int label;

    public long durationMs = Entry.NO_LONG;
    public int url;
    /** 1, 0 or {@link Entry#NO_INT}. */
    public int explicit = Entry.NO_INT;

    public int isrc;
    public int discNumber = Entry.NO_INT;
    public int trackNumber = Entry.NO_INT;
    public Credits artists = Credits.NONE;

    /** The popularity, where it is no plain number and so a part of the bytes by which the item is recognised. */
    public int popularity = Entry.NO_INT;

    public int albumId;
    public int albumName;
    public int albumType;
    public int releaseText;
    /** Days since 1970, where the text names a day. */
    public int releaseDay = Entry.NO_INT;

    public int releasePrecision;
    public int totalTracks = Entry.NO_INT;
    public int albumUrl;
    public int imageUrl;
    public Credits albumArtists = Credits.NONE;

    /** Its values that could not be read, or null for none. */
    @Nullable public Unreadable unreadable;

    /** The fields it was written with. */
    public ItemFields fields = ItemFields.NONE;
}
