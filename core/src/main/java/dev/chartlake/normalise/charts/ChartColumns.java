package dev.chartlake.normalise.charts;

import dev.chartlake.normalise.document.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where in its rows a chart file has what: by the names in its header, in any order. Knows the names of both chart sites
 * and those that data sets give the same columns.
 */
public final class ChartColumns {

    /** What a column means. Its names are in small letters with blanks between words, the preferred one first. */
    enum Role {
        RANK("rank", "position", "daily rank", "pos"),
        SONG("uri", "track uri", "url", "track url", "spotify url", "link", "spotify id", "track id", "id"),
        NAME("track name", "title", "song name", "song", "track", "track title", "name"),
        ARTISTS("artist names", "artist", "artists", "artist name"),
        LABEL("source"),
        STREAMS("streams"),
        PEAK("peak rank", "peak position"),
        PREVIOUS("previous rank", "previous position"),
        PERIODS("weeks on chart", "days on chart"),
        DATE("date", "snapshot date", "chart date", "week", "day"),
        MARKET("country", "region", "market", "country code", "region code"),
        CHART("chart");

        private final List<String> names;

        Role(String... names) {
            this.names = List.of(names);
        }
    }

    private static final Set<Role> OF_SONG = EnumSet.of(Role.SONG, Role.NAME, Role.ARTISTS, Role.LABEL);

    private static final int MAX_COLUMNS = 100;
    /** Stands for a column that is not there: no record has so many fields. */
    private static final int ABSENT = Integer.MAX_VALUE;

    private final int[] at = new int[Role.values().length];
    private final List<String> names;
    private final int size;
    private final int firstOfSong;
    private final int fieldsOfSong;
    private final Set<String> noted;
    private final Part.@Nullable Period period;

    private ChartColumns(List<String> names, Map<Role, Integer> roles) {
        this.names = names;
        for (Role role : Role.values()) {
            at[role.ordinal()] = roles.getOrDefault(role, ABSENT);
        }
        int last = names.size();
        while (names.get(last - 1).isEmpty()) {
            last--;
        }
        size = last;
        firstOfSong = first();
        fieldsOfSong = firstOfSong == SongFields.UNKNOWN ? 0 : behind() - firstOfSong;
        boolean current = names.contains("rank");
        noted = names.stream()
                .filter(name -> !isIndex(name))
                .sorted()
                .limit(MAX_COLUMNS)
                .map(name -> (current ? "chart." : "old_chart.") + name)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> words = names.stream().map(ChartColumns::words).toList();
        period = words.contains("weeks on chart")
                ? Part.Period.WEEKLY
                : words.contains("days on chart") || words.contains("daily rank") ? Part.Period.DAILY : null;
    }

    /**
     * The columns with these names.
     *
     * @return null if this is not the header of a chart of songs
     * @throws IllegalArgumentException if two columns have the same name and meaning
     */
    static @Nullable ChartColumns of(List<String> header) {
        List<String> names =
                header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        List<String> words = names.stream().map(ChartColumns::words).toList();
        Map<Role, Integer> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            role.names.stream().filter(words::contains).findFirst().ifPresent(name -> {
                if (role != Role.LABEL && words.indexOf(name) != words.lastIndexOf(name)) {
                    throw new IllegalArgumentException("two columns are named '" + name + "'");
                }
                roles.put(role, words.indexOf(name));
            });
        }
        boolean chart = roles.keySet().containsAll(List.of(Role.RANK, Role.SONG, Role.NAME, Role.ARTISTS));
        return chart ? new ChartColumns(names, roles) : null;
    }

    /** What else a header without songs is of, in the plural: {@code albums}; or null. */
    static @Nullable String otherThanSongs(List<String> header) {
        List<String> words = new ArrayList<>();
        header.forEach(name -> words.add(words(name.toLowerCase(Locale.ROOT))));
        if (Role.RANK.names.stream().noneMatch(words::contains)) {
            return null;
        }
        for (String other : List.of("album", "show", "episode", "podcast", "artist")) {
            if (words.contains(other + " name") || words.contains(other + " names") || words.contains(other)) {
                return other + "s";
            }
        }
        return null;
    }

    /** The column that pandas adds: the number of the row. */
    private static boolean isIndex(String name) {
        return name.isEmpty() || name.startsWith("unnamed:") || name.equals("index");
    }

    private static String words(String name) {
        return name.replaceAll("[\\s_-]+", " ").strip();
    }

    /** The number of the column, which no record has if the file does not have it. */
    int at(Role role) {
        return at[role.ordinal()];
    }

    /** The column's name in the file, in small letters. */
    String nameOf(Role role) {
        return names.get(at(role));
    }

    boolean has(Role role) {
        return at[role.ordinal()] != ABSENT;
    }

    /** How many columns there are, without those without a name at the end. */
    int size() {
        return size;
    }

    /** Their names as fields of a source, up to a hundred. */
    Set<String> noted() {
        return noted;
    }

    /** How often the chart appears, or null if its columns do not say. */
    Part.@Nullable Period period() {
        return period;
    }

    /** The first of the fields side by side that say which song it is; {@link SongFields#UNKNOWN} if others are among them. */
    int firstOfSong() {
        return firstOfSong;
    }

    /** How many fields these are. */
    int fieldsOfSong() {
        return fieldsOfSong;
    }

    /** True if what says which song it is stands in the same columns as in {@code other}. */
    boolean hasSongWhere(ChartColumns other) {
        return firstOfSong == other.firstOfSong
                && fieldsOfSong == other.fieldsOfSong
                && OF_SONG.stream().allMatch(role -> at(role) == other.at(role));
    }

    private int first() {
        int[] columns =
                OF_SONG.stream().filter(this::has).mapToInt(this::at).sorted().toArray();
        int first = columns[0];
        int last = columns[columns.length - 1];
        for (int i = first; i <= last; i++) {
            if (!isOfSong(i)) {
                return SongFields.UNKNOWN;
            }
        }
        return first;
    }

    private int behind() {
        int behind = firstOfSong;
        while (behind < size && isOfSong(behind)) {
            behind++;
        }
        return behind;
    }

    private boolean isOfSong(int column) {
        return OF_SONG.stream().anyMatch(role -> at(role) == column);
    }

    /** True if rows say themselves which chart they belong to. */
    public boolean isCombined() {
        return has(Role.DATE) || has(Role.MARKET) || has(Role.CHART);
    }
}
