package dev.chartlake.bench;

import dev.chartlake.model.Table;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** The invented songs of a {@link History}, in the order in which they came out, with their albums and artists. */
final class ChartSongs {

    static final int SONGS = 40_000;
    private static final int ALBUMS = 26_000;
    private static final int ARTISTS = 9_000;

    private final String[] ids = new String[SONGS];
    private final String[] names = new String[SONGS];
    private final String[] isrcs = new String[SONGS];
    private final String[] albumIds = new String[ALBUMS];
    private final String[] albumNames = new String[ALBUMS];
    private final String[] artistIds = new String[ARTISTS];
    private final String[] artistNames = new String[ARTISTS];
    private final int[][] artists = new int[SONGS][];
    private final int[] durations = new int[SONGS];
    private final int days;
    private final LocalDate firstDay;

    private ChartSongs(LocalDate firstDay, int days) {
        this.firstDay = firstDay;
        this.days = days;
    }

    /** Songs that came out over {@code days} days from {@code firstDay} on. Always the same. */
    static ChartSongs generate(LocalDate firstDay, int days) {
        SplittableRandom random = new SplittableRandom(11);
        ChartSongs songs = new ChartSongs(firstDay, days);
        for (int artist = 0; artist < ARTISTS; artist++) {
            songs.artistIds[artist] = Catalogue.id(random);
            songs.artistNames[artist] = Catalogue.word(random) + " " + Catalogue.word(random);
        }
        for (int album = 0; album < ALBUMS; album++) {
            songs.albumIds[album] = Catalogue.id(random);
            songs.albumNames[album] = "The " + Catalogue.word(random) + " " + Catalogue.word(random);
        }
        for (int song = 0; song < SONGS; song++) {
            songs.ids[song] = Catalogue.id(random);
            songs.names[song] = Catalogue.word(random) + " " + Catalogue.word(random) + " " + Catalogue.word(random);
            songs.isrcs[song] = "QZ" + (1_000_000_000L + random.nextLong(9_000_000_000L));
            songs.durations[song] = 95_000 + random.nextInt(260_000);
            int main = songs.mainArtist(song);
            int guest = random.nextInt(ARTISTS);
            songs.artists[song] = random.nextInt(3) > 0 || guest == main ? new int[] {main} : new int[] {main, guest};
        }
        return songs;
    }

    String id(int song) {
        return ids[song];
    }

    String name(int song) {
        return names[song];
    }

    String artistNames(int song) {
        String main = artistNames[artists[song][0]];
        return artists[song].length == 1 ? main : main + ", " + artistNames[artists[song][1]];
    }

    /** Songs that came out together are on one album. */
    private static int album(int song) {
        return (int) ((long) song * ALBUMS / SONGS);
    }

    private int mainArtist(int song) {
        return (int) (album(song) * 7919L % ARTISTS);
    }

    /** Adds the rows of the songs that are {@code seen} to all tables about songs, albums and artists. */
    void addTo(History day, boolean[] seen, long at, int number) {
        Set<Integer> albums = new LinkedHashSet<>();
        Set<Integer> credited = new LinkedHashSet<>();
        for (int song = 0; song < SONGS; song++) {
            if (!seen[song]) {
                continue;
            }
            int[] by = artists[song];
            day.add(
                    Table.SONGS,
                    ids[song],
                    at,
                    names[song],
                    durations[song],
                    "https://open.spotify.com/track/" + ids[song],
                    40 + (song * 31 + number / 9) % 50,
                    song % 3 == 0 ? 1 : 0,
                    isrcs[song],
                    1,
                    1 + song % 12,
                    albumIds[album(song)],
                    artistIds[by[0]],
                    artistNames(song));
            for (int order = 0; order < by.length; order++) {
                day.add(Table.SONG_ARTISTS, ids[song], order + 1, artistIds[by[order]], at);
                credited.add(by[order]);
            }
            if (albums.add(album(song))) {
                album(day, song, at);
            }
        }
        for (int artist : credited) {
            day.add(
                    Table.ARTISTS,
                    artistIds[artist],
                    at,
                    artistNames[artist],
                    "https://open.spotify.com/artist/" + artistIds[artist]);
        }
    }

    private void album(History day, int song, long at) {
        String id = albumIds[album(song)];
        int released = (int) (firstDay.toEpochDay() + (long) album(song) * days / ALBUMS);
        day.add(
                Table.ALBUMS,
                id,
                at,
                albumNames[album(song)],
                song % 5 < 2 ? "single" : "album",
                released,
                LocalDate.ofEpochDay(released).toString(),
                "day",
                1 + song % 14,
                "https://open.spotify.com/album/" + id,
                "https://i.scdn.co/image/" + id);
        day.add(Table.ALBUM_ARTISTS, id, 1, artistIds[mainArtist(song)], at);
    }
}
