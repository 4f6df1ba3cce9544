package dev.chartlake.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The invented songs that the lists of a {@link Corpus} draw from, each rendered once as the {@code track} object of the
 * Web API. Only the popularity of a song changes from day to day, so a song is two byte strings with a gap between them.
 */
final class Catalogue {

    static final int SONGS = 12_000;
    private static final int ALBUMS = 8_000;
    private static final int ARTISTS = 5_000;

    /** The markets that the Web API names, in its order. */
    private static final String[] MARKETS = ("AD AE AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT"
                    + " BW BY BZ CA CD CG CH CI CL CM CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ES ET FI FJ FM FR GA"
                    + " GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IS IT JM JO JP KE KG KH KI KM KN"
                    + " KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MN MO MR MT MU MV MW MX MY MZ"
                    + " NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RW SA SB SC SE SG SI SK SL"
                    + " SM SN SR ST SV SZ TD TG TH TJ TL TN TO TR TT TV TW TZ UA UG US UY UZ VC VE VN VU WS XK ZA ZM ZW")
            .split(" ");

    private static final String[] WORDS = {
        "Amber",
        "Avenue",
        "Blue",
        "Borrowed",
        "Cassette",
        "Cinder",
        "Coast",
        "Crystal",
        "Dancing",
        "Distant",
        "Echo",
        "Electric",
        "Ember",
        "Empty",
        "Falling",
        "Fever",
        "Garden",
        "Ghost",
        "Golden",
        "Gravity",
        "Harbour",
        "Hollow",
        "Honey",
        "Hour",
        "Island",
        "Lantern",
        "Late",
        "Letter",
        "Light",
        "Lonely",
        "Magnetic",
        "Marble",
        "Midnight",
        "Mirror",
        "Monsoon",
        "Moon",
        "Neon",
        "North",
        "Ocean",
        "Orchid",
        "Paper",
        "Parallel",
        "Pilot",
        "Quiet",
        "Radio",
        "Rain",
        "River",
        "Room",
        "Saturn",
        "Season",
        "Silver",
        "Slow",
        "Static",
        "Stone",
        "Summer",
        "Sunday",
        "Tiger",
        "Tomorrow",
        "Velvet",
        "Violet",
        "Water",
        "Weekend",
        "Wild",
        "Winter"
    };

    /** Name endings as they stand in JSON: escaped, and written out in UTF-8. */
    private static final String[] ENDINGS = {
        " \\\"Live\\\"",
        " (feat. Ren\\u00e9e)",
        " caf\\u00e9 \\\"noir\\\"",
        " \\ud83c\\udf19",
        " Ação",
        " für dich",
        " 夜想曲",
        " Ночь",
        " 사랑",
        " 🌙",
        " \\/ Remix"
    };

    private static final char[] BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray();
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final String ALL_MARKETS = markets(new boolean[MARKETS.length]);

    private final List<Song> songs;

    private Catalogue(List<Song> songs) {
        this.songs = songs;
    }

    /**
     * A song's {@code track} object without the digits of its popularity.
     *
     * @param head up to and including {@code "popularity":}
     * @param popularity what it varies around, 10 to 90
     * @param tail what follows the popularity
     */
    record Song(byte[] head, int popularity, byte[] tail) {}

    private record Artist(String json) {}

    private record Album(String json, List<Artist> artists, int tracks) {}

    static Catalogue generate(SplittableRandom random) {
        List<Artist> artists = new ArrayList<>(ARTISTS);
        for (int i = 0; i < ARTISTS; i++) {
            artists.add(artist(random));
        }
        List<Album> albums = new ArrayList<>(ALBUMS);
        for (int i = 0; i < ALBUMS; i++) {
            albums.add(album(random, pick(random, artists, random.nextInt(5) == 0 ? 2 : 1)));
        }
        List<Song> songs = new ArrayList<>(SONGS);
        for (int i = 0; i < SONGS; i++) {
            // Every album has a song; the remaining songs are second and third tracks.
            Album album = albums.get(i < ALBUMS ? i : random.nextInt(ALBUMS));
            List<Artist> performers = new ArrayList<>(album.artists());
            int guests = Math.max(0, random.nextInt(8) - 5);
            performers.addAll(pick(random, artists, guests));
            songs.add(song(random, album, performers.stream().distinct().toList()));
        }
        return new Catalogue(List.copyOf(songs));
    }

    Song song(int index) {
        return songs.get(index);
    }

    /** An id as Spotify forms them: 22 characters of base 62. */
    static String id(SplittableRandom random) {
        char[] id = new char[22];
        id[0] = BASE62[random.nextInt(8)];
        for (int i = 1; i < id.length; i++) {
            id[i] = BASE62[random.nextInt(BASE62.length)];
        }
        return new String(id);
    }

    private static Artist artist(SplittableRandom random) {
        String id = id(random);
        return new Artist("{" + links("artist", id) + ",\"id\":\"" + id + "\",\"name\":\"" + name(random)
                + "\",\"type\":\"artist\",\"uri\":\"spotify:artist:" + id + "\"}");
    }

    private static Album album(SplittableRandom random, List<Artist> artists) {
        String id = id(random);
        String image = hex(random, 24);
        boolean single = random.nextInt(5) < 2;
        int tracks = single ? 1 + random.nextInt(3) : 8 + random.nextInt(14);
        int year = 2025 - Math.min(random.nextInt(40), random.nextInt(40));
        int precision = random.nextInt(50);
        String date = precision == 0
                ? Integer.toString(year)
                : precision == 1
                        ? year + "-" + twoDigits(1 + random.nextInt(12))
                        : year + "-" + twoDigits(1 + random.nextInt(12)) + "-" + twoDigits(1 + random.nextInt(28));
        String json = "{\"album_type\":\"" + (single ? "single" : "album") + "\",\"artists\":" + array(artists)
                + ",\"available_markets\":" + markets(random) + "," + links("album", id) + ",\"id\":\"" + id
                + "\",\"images\":[" + image(640, "ab67616d0000b273" + image) + ","
                + image(300, "ab67616d00001e02" + image) + "," + image(64, "ab67616d00004851" + image)
                + "],\"name\":\"" + name(random) + "\",\"release_date\":\"" + date
                + "\",\"release_date_precision\":\""
                + (precision == 0 ? "year" : precision == 1 ? "month" : "day") + "\",\"total_tracks\":" + tracks
                + ",\"type\":\"album\",\"uri\":\"spotify:album:" + id + "\"}";
        return new Album(json, artists, tracks);
    }

    private static Song song(SplittableRandom random, Album album, List<Artist> artists) {
        String id = id(random);
        String head = "{\"album\":" + album.json() + ",\"artists\":" + array(artists) + ",\"available_markets\":"
                + markets(random) + ",\"disc_number\":1,\"duration_ms\":" + (95_000 + random.nextInt(260_000))
                + ",\"episode\":false,\"explicit\":" + (random.nextInt(3) == 0) + ",\"external_ids\":{\"isrc\":\"QZ"
                + hex(random, 3).toUpperCase(Locale.ROOT) + (1_000_000 + random.nextInt(9_000_000)) + "\"},"
                + links("track", id) + ",\"id\":\"" + id + "\",\"is_local\":false,\"name\":\"" + name(random)
                + "\",\"popularity\":";
        String preview = random.nextInt(3) == 0
                ? "null"
                : "\"https://p.scdn.co/mp3-preview/" + hex(random, 40) + "?cid=" + hex(random, 32) + "\"";
        String tail = ",\"preview_url\":" + preview + ",\"track\":true,\"track_number\":"
                + (1 + random.nextInt(album.tracks())) + ",\"type\":\"track\",\"uri\":\"spotify:track:" + id + "\"}";
        return new Song(head.getBytes(UTF_8), 10 + random.nextInt(81), tail.getBytes(UTF_8));
    }

    private static String links(String kind, String id) {
        return "\"external_urls\":{\"spotify\":\"https://open.spotify.com/" + kind + "/" + id
                + "\"},\"href\":\"https://api.spotify.com/v1/" + kind + "s/" + id + "\"";
    }

    private static String image(int size, String id) {
        return "{\"height\":" + size + ",\"url\":\"https://i.scdn.co/image/" + id + "\",\"width\":" + size + "}";
    }

    private static String array(List<Artist> artists) {
        StringBuilder json = new StringBuilder("[");
        for (Artist artist : artists) {
            json.append(json.length() == 1 ? "" : ",").append(artist.json());
        }
        return json.append(']').toString();
    }

    /** Most songs play everywhere, a good part lacks a market or a few, some play only in a part of the world. */
    private static String markets(SplittableRandom random) {
        int reach = random.nextInt(20);
        if (reach < 12) {
            return ALL_MARKETS;
        }
        int without = reach < 18 ? 1 + random.nextInt(3) : 10 + random.nextInt(MARKETS.length - 20);
        boolean[] left = new boolean[MARKETS.length];
        for (int i = 0; i < without; i++) {
            left[random.nextInt(left.length)] = true;
        }
        return markets(left);
    }

    private static String markets(boolean[] left) {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < left.length; i++) {
            if (!left[i]) {
                json.append(json.length() == 1 ? "\"" : ",\"")
                        .append(MARKETS[i])
                        .append('"');
            }
        }
        return json.append(']').toString();
    }

    private static String name(SplittableRandom random) {
        StringBuilder name = new StringBuilder(word(random));
        for (int words = random.nextInt(3); words > 0; words--) {
            name.append(' ').append(word(random));
        }
        if (random.nextInt(6) == 0) {
            name.append(ENDINGS[random.nextInt(ENDINGS.length)]);
        }
        return name.toString();
    }

    static String word(SplittableRandom random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static String hex(SplittableRandom random, int length) {
        char[] hex = new char[length];
        for (int i = 0; i < length; i++) {
            hex[i] = HEX[random.nextInt(16)];
        }
        return new String(hex);
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static List<Artist> pick(SplittableRandom random, List<Artist> artists, int count) {
        List<Artist> picked = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            double u = random.nextDouble();
            picked.add(artists.get((int) (u * u * artists.size())));
        }
        return picked.stream().distinct().toList();
    }
}
