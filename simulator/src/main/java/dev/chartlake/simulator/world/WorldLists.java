package dev.chartlake.simulator.world;

import java.util.Locale;

/** The ids of the playlists in the generated world. */
public final class WorldLists {

    /** A daily chart of fifty songs, the whole world over. In every dialect; owned by {@code spotify}. */
    public static final String TOP_WORLD = "4ChartLakeGlobalTop50A";

    /** A daily chart of fifty songs with many Norwegian ones. In every dialect; owned by {@code spotify}. */
    public static final String TOP_NORWAY = "4ChartLakeNorwayTop50A";

    /** A daily chart whose id marks it as Spotify's own, so that only {@link dev.chartlake.simulator.answer.Dialect#LEGACY} apps find it. */
    public static final String TOP_DENMARK = "37i9dQZEVXbSimulatedDk";

    /**
     * Spotify's own chart of the world, which clients request to detect what they may read. With a regime it is
     * {@link #TOP_WORLD} for apps with extended quota.
     */
    public static final String SPOTIFYS_TOP_WORLD = "37i9dQZEVXbMDoHDwVN2tF";

    /** One entry of every odd kind that playlists are known to hold; owned by somebody without a display name. */
    public static final String ODD_ENTRIES = "2ChartLakeOddEntriesAA";

    /** Two people's playlist of forty songs: each Monday one joins at the end and the first one leaves. */
    public static final String ROAD_TRIP = "2ChartLakeRoadTripAAAA";

    /** A playlist without entries, description or picture (its images are null). */
    public static final String EMPTY = "2ChartLakeEmptyListAAA";

    /** Another user's playlist: in {@link dev.chartlake.simulator.answer.Dialect#Y2026} only its metadata is returned, and its items are refused with 403. */
    public static final String NOT_OWNED = "2ChartLakeNotOwnedAAAA";

    /** A playlist of twelve songs that only its owner, {@link Users#OLA}, may see. */
    public static final String PRIVATE = "2ChartLakePrivateListA";

    /** A playlist this app may not read at all: 403 in every dialect. */
    public static final String REFUSED = "2ChartLakeRefusedAAAAA";

    /** The longest a playlist may be. */
    public static final int LONGEST = 10_000;

    private static final String SIZED = "0SizedDemoList000";

    private WorldLists() {}

    /**
     * The id of a playlist of so many different songs.
     *
     * @throws IllegalArgumentException when the size is not 0 to {@link #LONGEST}
     */
    public static String sized(int size) {
        if (size < 0 || size > LONGEST) {
            throw new IllegalArgumentException("A playlist has 0 to " + LONGEST + " entries, not " + size);
        }
        return SIZED + String.format(Locale.ROOT, "%05d", size);
    }

    /** The size in the id of a sized playlist, or -1 when the id is no such one. */
    public static int size(String id) {
        if (!id.startsWith(SIZED) || !id.substring(SIZED.length()).matches("[0-9]{5}")) {
            return -1;
        }
        int size = Integer.parseInt(id.substring(SIZED.length()));
        return size <= LONGEST ? size : -1;
    }
}
