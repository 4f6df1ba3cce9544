package dev.chartlake.simulator.world;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One entry of every odd kind, each reported from the wild by somebody whose program it broke. */
public final class OddEntries {

    private static final String ADDED = "2016-03-04T05:06:07Z";
    private static final String BY = "sim_españa";
    private static final long FIRST_SONG = 14_000L * World.PER_DAY;

    private final World world;
    /** Songs with something special about them are looked for once, when somebody asks. */
    private @Nullable List<Song> special;

    public OddEntries(World world) {
        this.world = world;
    }

    /** The rows of the list on {@code day}. */
    public List<Row> rows(LocalDate day) {
        List<Song> found = special();
        List<Row> rows = new ArrayList<>();
        rows.add(row(track(found.get(0), day)));
        rows.add(row(track(found.get(1), day)));
        rows.add(row(episode()));
        rows.add(row(new Row.LocalFile("Hjemmelaget & Co", "Demo, 1998", "Øving: take 3", 187)));
        rows.add(row(null));
        rows.add(row(takenDown(List.of(new Artist(null, "")))));
        rows.add(row(takenDown(List.of())));
        rows.add(row(track(released(1, "1974", "year"), day)));
        rows.add(row(track(released(2, "1981-06", "month"), day)));
        rows.add(row(track(released(3, "0000", "year"), day)));
        rows.add(row(track(released(4, "2009-05", "day"), day)));
        rows.add(row(track(found.get(0), day)));
        rows.add(new Row(null, null, track(apart(5), day)));
        rows.add(new Row("1970-01-01T00:00:00Z", "", track(apart(6), day)));
        rows.add(row(track(bare(apart(7)), day)));
        rows.add(row(new Row.LocalFile("", "", "", 0)));
        found.stream().skip(2).forEach(song -> rows.add(row(track(song, day))));
        return rows;
    }

    /** A song that shares its album with no other here, so that changing it contradicts nothing. */
    private Song apart(int number) {
        return world.song(FIRST_SONG - 8L * number);
    }

    private Song released(int number, String date, String precision) {
        Song song = apart(number);
        return song.on(song.album().released(date, precision));
    }

    private synchronized List<Song> special() {
        if (special == null) {
            List<Song> songs = new ArrayList<>();
            songs.add(first(songs, song -> song.artists().size() >= 3));
            songs.add(first(
                    songs,
                    song -> !song.album().artists().get(0).equals(song.artists().get(0))));
            songs.add(first(songs, song -> song.isrc() != null && song.isrc().matches("[a-z]{2}.*")));
            for (String text : List.of("<script>", "\"", ",", "'", "=", "\\", "✨", "(feat. ")) {
                songs.add(first(songs, song -> song.name().contains(text)));
            }
            for (Character.UnicodeScript script : List.of(
                    Character.UnicodeScript.CYRILLIC,
                    Character.UnicodeScript.GREEK,
                    Character.UnicodeScript.ARABIC,
                    Character.UnicodeScript.HEBREW,
                    Character.UnicodeScript.HIRAGANA,
                    Character.UnicodeScript.HAN,
                    Character.UnicodeScript.HANGUL,
                    Character.UnicodeScript.THAI,
                    Character.UnicodeScript.DEVANAGARI)) {
                songs.add(first(
                        songs, song -> Character.UnicodeScript.of(song.name().codePointAt(0)) == script));
            }
            special = List.copyOf(songs);
        }
        return special;
    }

    /** The first song with something about it that is not there yet; in a seed that has none near, any song does. */
    private Song first(List<Song> but, Predicate<Song> wanted) {
        for (long index = FIRST_SONG; index < FIRST_SONG + 6000; index++) {
            Song song = world.song(index);
            if (wanted.test(song) && !but.contains(song)) {
                return song;
            }
        }
        return world.song(FIRST_SONG);
    }

    /** What is left of a song that was removed from Spotify: a length, and a place in the list. */
    private static Row.Track takenDown(List<Artist> artists) {
        Album album = new Album(null, "", null, List.of(), null, null, 0, null);
        return new Row.Track(new Song(-1, null, "", album, artists, 0, 0, 201_000, false, null, null, -1), 0);
    }

    /** A song without a picture, a recording code, a preview or a country to play it in. */
    private static Song bare(Song song) {
        Album album = song.album();
        Album plain = new Album(
                album.id(),
                album.name(),
                album.type(),
                album.artists(),
                album.released(),
                album.precision(),
                album.tracks(),
                null);
        return new Song(
                song.index(),
                song.id(),
                song.name(),
                plain,
                song.artists(),
                song.disc(),
                song.number(),
                song.millis(),
                song.explicit(),
                null,
                null,
                -1);
    }

    private Row.Episode episode() {
        long seed = world.seed();
        Row.Show show = new Row.Show(
                Ids.of(seed, "show", 1), "Tall & takter", "Numbers about music, read aloud.", "Chartlake Radio", 212);
        return new Row.Episode(
                Ids.of(seed, "episode", 1),
                "#47: Why number two is \"better\"",
                "A talk about the song that never made it to the top.",
                2_405_000,
                "2016-02-29",
                Ids.hex(24, seed, "episode-image", 1),
                show);
    }

    private Row.Track track(Song song, LocalDate day) {
        return new Row.Track(song, world.popularity(song.index(), day));
    }

    private static Row row(Row.@Nullable Item item) {
        return new Row(ADDED, BY, item);
    }
}
