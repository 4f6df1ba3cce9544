package dev.chartlake.simulator.world;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The catalogue: endless, and each song a pure function of the seed and its number, so that nothing is ever stored.
 *
 * <p>Song numbers run with time, {@link #PER_DAY} to a day: song n is first heard of on epoch day n / PER_DAY and was
 * released a few days before.
 */
public final class World {

    /** How many songs come out on a day that anybody will ever put on a list. */
    public static final int PER_DAY = 8;

    private static final int ARTISTS = 700;
    private static final int SONGS_PER_ALBUM = 4;
    private static final String[] COUNTRIES = {"US", "GB", "NO", "SE", "QZ", "FR", "KR", "JP", "BR", "DE", "IN", "MX"};

    private final long seed;
    private final Names names;

    public World(long seed) {
        this.seed = seed;
        this.names = new Names(seed);
    }

    /** What the world is made from; the same seed gives the same world. */
    public long seed() {
        return seed;
    }

    /** The day a song is first heard of. */
    static LocalDate heard(long song) {
        return LocalDate.ofEpochDay(Math.floorDiv(song, (long) PER_DAY));
    }

    /** Whether a song's first artist sings in a Nordic language. */
    boolean nordic(long song) {
        return names.nordic(leader(song));
    }

    /** The song of a number. */
    public Song song(long index) {
        List<Artist> artists = new ArrayList<>();
        for (long artist : artistsOf(index)) {
            artists.add(artist(artist));
        }
        String name = name(index, artists);
        Album album = album(index, name, artists);
        int number = album.tracks() == 1 ? 1 : 1 + Ids.below(album.tracks(), seed, "number", index);
        boolean preview = Ids.below(2, seed, "preview", index) == 0;
        return new Song(
                index,
                Ids.of(seed, "song", index),
                name,
                album,
                List.copyOf(artists),
                Ids.below(40, seed, "disc", index) == 0 ? 2 : 1,
                number,
                125_000 + Ids.below(150_000, seed, "millis", index),
                Ids.below(4, seed, "explicit", index) == 0,
                isrc(index),
                preview ? Ids.hex(40, seed, "preview", index) : null,
                Ids.below(3, seed, "markets", index) > 0 ? 0 : Ids.below(Markets.count() + 1, seed, "without", index));
    }

    /** How popular a song is on a day, 0 to 100. Moves by a point or two a week; lags in the first days of a hit. */
    public int popularity(long song, LocalDate day) {
        double age = Math.max(0, day.toEpochDay() - heard(song).toEpochDay());
        double level = 30 + 68 * Math.pow(strength(song), 0.5);
        double aged = level * (0.55 + 0.45 * Math.exp(-age / 240));
        double wave = 2.5 * Math.sin(2 * Math.PI * (age / 70 + Ids.unit(seed, "wave", song)));
        double lag = Math.min(1, 0.15 + age / 7);
        return (int) Math.round(Math.max(0, Math.min(100, (aged + wave) * lag)));
    }

    /** How much of a hit a song is, in (0, 1]: few are. */
    double strength(long song) {
        double draw = Ids.unit(seed, "strength", song);
        return 0.02 + 0.98 * draw * draw * draw;
    }

    Artist artist(long index) {
        return new Artist(Ids.of(seed, "artist", index), names.artist(index));
    }

    private Set<Long> artistsOf(long song) {
        Set<Long> artists = new LinkedHashSet<>();
        artists.add(leader(song));
        int guests = new int[] {0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3}[Ids.below(11, seed, "guests", song)];
        for (int i = 0; i < guests; i++) {
            artists.add(star(song, i + 1));
        }
        return artists;
    }

    private long leader(long song) {
        return star(onAlbum(song) ? Math.floorDiv(song, (long) SONGS_PER_ALBUM) : song, onAlbum(song) ? -1 : 0);
    }

    /** Some artists are everywhere, most are not. */
    private long star(long song, int place) {
        double draw = Ids.unit(seed, "star", song, place);
        return (long) (ARTISTS * draw * draw);
    }

    private boolean onAlbum(long song) {
        return Ids.below(10, seed, "on-album", song) < 4;
    }

    private String name(long song, List<Artist> artists) {
        String name = names.title(leader(song), song);
        if (artists.size() > 1 && Ids.below(2, seed, "feat", song) == 0) {
            name += " (feat. " + artists.get(1).name() + ")";
        }
        return switch (Ids.below(60, seed, "version", song)) {
            case 0 -> name + " - Remix";
            case 1 -> name + " - Live at Fjellsalen, 2019";
            case 2 -> name + " ✨";
            default -> name;
        };
    }

    private Album album(long song, String name, List<Artist> artists) {
        boolean shared = onAlbum(song);
        long number = shared ? Math.floorDiv(song, (long) SONGS_PER_ALBUM) : song;
        String kind = shared ? "album" : "single";
        LocalDate heard = heard(song);
        LocalDate released = Ids.below(3, seed, kind + "-day", number) == 0
                ? heard.minusDays(Ids.below(12, seed, kind + "-lead", number))
                : heard.with(TemporalAdjusters.previousOrSame(DayOfWeek.FRIDAY));
        boolean compilation = shared && Ids.below(12, seed, "compilation", number) == 0;
        int tracks = shared ? SONGS_PER_ALBUM + Ids.below(18, seed, "tracks", number) : 1;
        return new Album(
                Ids.of(seed, kind, number),
                shared ? names.title(leader(song), -1 - number) : name,
                compilation ? "compilation" : kind,
                compilation
                        ? List.of(new Artist(Ids.of(seed, "various", 0), "Various Artists"))
                        : List.of(artists.get(0)),
                released.toString(),
                "day",
                tracks,
                Ids.hex(24, seed, kind + "-image", number));
    }

    private String isrc(long song) {
        String country = COUNTRIES[Ids.below(COUNTRIES.length, seed, "isrc-country", song)];
        String registrant = Ids.of(seed, "isrc-registrant", song).substring(1, 4);
        int year = Math.floorMod(heard(song).getYear(), 100);
        String isrc = String.format(
                "%s%s%02d%05d",
                country, registrant.toUpperCase(java.util.Locale.ROOT), year, Ids.below(100_000, seed, "isrc", song));
        return Ids.below(50, seed, "isrc-case", song) == 0 ? isrc.toLowerCase(java.util.Locale.ROOT) : isrc;
    }
}
