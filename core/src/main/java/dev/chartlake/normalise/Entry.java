package dev.chartlake.normalise;

import dev.chartlake.table.Strings;

/**
 * One entry of a list with all that it says of its song, album and artists. Texts are numbers of {@link Strings}; numbers
 * that are not known are {@link #NO_INT} or {@link #NO_LONG}. Reused: valid until the reader goes on.
 */
public final class Entry {

    /** No number, no truth value. */
    public static final int NO_INT = Integer.MIN_VALUE;

    /** No number, no time. */
    public static final long NO_LONG = Long.MIN_VALUE;

    /** 1-based place in the list. */
    public int position;

    public Kind kind = Kind.UNAVAILABLE;
    public int itemUri;
    /** Microseconds since 1970, UTC. */
    public long addedAt;

    public int addedBy;
    public int artistNames;
    public long streams;
    public int reportedPeak;
    public int reportedPrevious;
    public int reportedPeriods;

    /** The id of the song; set for {@link Kind#TRACK} alone. */
    public int songId;

    public int songName;
    public long durationMs;
    public int songUrl;
    public int popularity;
    /** 1, 0 or {@link #NO_INT}. */
    public int explicit;

    public int isrc;
    public int discNumber;
    public int trackNumber;
    public final Credits songArtists = new Credits();

    public int albumId;
    public int albumName;
    public int albumType;
    public int releaseText;
    public int releasePrecision;
    public int totalTracks;
    public int albumUrl;
    public int imageUrl;
    public final Credits albumArtists = new Credits();

    void clear() {
        position = 0;
        kind = Kind.UNAVAILABLE;
        addedAt = NO_LONG;
        addedBy = Strings.NULL;
        streams = NO_LONG;
        reportedPeak = NO_INT;
        reportedPrevious = NO_INT;
        reportedPeriods = NO_INT;
        clearItem();
    }

    /** Forgets what was read of the item, and keeps what the row says. */
    void clearItem() {
        itemUri = Strings.NULL;
        artistNames = Strings.NULL;
        songId = Strings.NULL;
        songName = Strings.NULL;
        durationMs = NO_LONG;
        songUrl = Strings.NULL;
        popularity = NO_INT;
        explicit = NO_INT;
        isrc = Strings.NULL;
        discNumber = NO_INT;
        trackNumber = NO_INT;
        songArtists.clear();
        albumId = Strings.NULL;
        albumName = Strings.NULL;
        albumType = Strings.NULL;
        releaseText = Strings.NULL;
        releasePrecision = Strings.NULL;
        totalTracks = NO_INT;
        albumUrl = Strings.NULL;
        imageUrl = Strings.NULL;
        albumArtists.clear();
    }
}
