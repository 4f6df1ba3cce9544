package dev.chartlake.simulator.answer;

import dev.chartlake.simulator.world.Charts;
import dev.chartlake.simulator.world.Ids;
import dev.chartlake.simulator.world.OddEntries;
import dev.chartlake.simulator.world.Row;
import dev.chartlake.simulator.world.SnapshotIds;
import dev.chartlake.simulator.world.Users;
import dev.chartlake.simulator.world.World;
import dev.chartlake.simulator.world.WorldLists;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The playlists of the generated world, as they are on a day. */
public final class Lists {

    /** Fixed lists were made long ago, so that they exist on any date one would ask for. */
    private static final LocalDate FOUNDED = LocalDate.of(2015, 1, 5);

    private static final int SAVED = 120;
    private static final int PLAYS = 50;
    private static final long PLAY_MILLIS = 20 * 60 * 1000L;
    private static final long FIRST_SONG = 15_000L * World.PER_DAY;
    private static final String COVER = "https://i.scdn.co/image/ab67616d00001e02";
    private static final String CHART_COVER = "https://charts-images.scdn.co/assets/locale_en/regional/daily/";

    private final World world;
    private final Charts charts;
    private final OddEntries odd;

    public Lists(World world) {
        this.world = world;
        this.charts = new Charts(world);
        this.odd = new OddEntries(world);
    }

    /**
     * A playlist on a day, or null when there is none of that id.
     *
     * @param edits how many songs have been added at its top by faults
     */
    @Nullable public Playlist find(String id, LocalDate day, int edits) {
        Playlist playlist = switch (id) {
            case WorldLists.TOP_WORLD ->
                chart(id, Charts.Chart.WORLD, "Daily Top 50 – World", "region_world", 9_184_204, day, edits);
            case WorldLists.TOP_NORWAY ->
                chart(id, Charts.Chart.NORWAY, "Top Songs – Norge", "region_north", 412_077, day, edits);
            case WorldLists.TOP_DENMARK ->
                chart(id, Charts.Chart.DENMARK, "Top Songs – Danmark", "region_south", 268_930, day, edits);
            case WorldLists.ODD_ENTRIES -> odd(id, day, edits);
            case WorldLists.ROAD_TRIP -> roadTrip(id, day, edits);
            case WorldLists.EMPTY ->
                user(id, "Nothing yet", "", "sim_ola", "Ola", null, 1 + edits, true, 0, none -> blank());
            case WorldLists.NOT_OWNED -> fixed(id, "Somebody else's", 25, day, edits, false);
            case WorldLists.PRIVATE -> hidden(fixed(id, "Only for me", 12, day, edits, true));
            default -> sized(id, day, edits);
        };
        return playlist == null || edits == 0 ? playlist : edited(playlist, day, edits);
    }

    /**
     * The songs that a user saved, the newest first, each with its time. {@link Users#KARI} has saved none.
     */
    public List<Row> saved(String user, LocalDate day) {
        if (!user.equals(Users.OLA)) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        for (LocalDate at = monday; rows.size() < SAVED && !at.isBefore(FOUNDED); at = at.minusWeeks(1)) {
            long song =
                    at.toEpochDay() * World.PER_DAY + Ids.below(World.PER_DAY, world.seed(), "saved", at.toEpochDay());
            rows.add(new Row(time(at.atTime(21, 4, 9)), null, track(song, day)));
        }
        return rows;
    }

    /** A user's top songs over a range that ends on a day, the most played first: some more than fifty. */
    public List<Row.Track> top(String user, String range, LocalDate day) {
        LocalDate until = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        LocalDate of = switch (range) {
            case "short_term" -> until;
            case "medium_term" -> until.minusDays(90);
            default -> until.minusDays(360);
        };
        Charts.Chart taste = user.equals(Users.OLA) ? Charts.Chart.NORWAY : Charts.Chart.DENMARK;
        return Stream.concat(charts.on(taste, of).stream(), charts.on(Charts.Chart.WORLD, of).stream())
                .distinct()
                .map(song -> track(song, day))
                .toList();
    }

    /** A user's last fifty plays that had ended at a time, the newest first: one each twenty minutes. */
    public List<Row> plays(String user, Instant until) {
        LocalDate day = until.atOffset(ZoneOffset.UTC).toLocalDate();
        List<Row> plays = new ArrayList<>();
        long newest = Math.floorDiv(until.toEpochMilli() + 60_503, PLAY_MILLIS);
        for (long number = newest; plays.size() < PLAYS; number--) {
            long song = (number / 72 - 30) * World.PER_DAY + Ids.below(200, world.seed(), user, number);
            String at = Instant.ofEpochMilli(number * PLAY_MILLIS - 60_503).toString();
            plays.add(new Row(at, null, track(song, day)));
        }
        return plays;
    }

    private Playlist chart(
            String id, Charts.Chart chart, String name, String cover, int followers, LocalDate day, int edits) {
        List<Long> songs = charts.on(chart, day);
        String published = day.atTime(9, 14, 7) + "Z";
        return new Playlist(
                id,
                name,
                "Your daily update of the most played tracks right now &amp; nothing else - simulated.",
                "spotify",
                "Spotify",
                followers + (int) (day.toEpochDay() - FOUNDED.toEpochDay()) * 37,
                CHART_COVER + cover + ".jpg",
                SnapshotIds.clock(day, edits),
                true,
                true,
                Set.of(),
                songs.size(),
                index -> new Row(published, "", track(songs.get(index), day)));
    }

    private @Nullable Playlist sized(String id, LocalDate day, int edits) {
        int size = WorldLists.size(id);
        return size < 0 ? null : fixed(id, "A list of " + size, size, day, edits, true);
    }

    private Playlist fixed(String id, String name, int size, LocalDate day, int edits, boolean owned) {
        return user(
                id,
                name,
                "Made to measure",
                owned ? Users.OLA : Users.KARI,
                owned ? "Ola 🎸" : Users.name(Users.KARI),
                "b27fd2",
                1 + edits,
                owned,
                size,
                index -> new Row(
                        time(FOUNDED.atTime(8, 0).plusMinutes(index)), "sim_ola", track(FIRST_SONG + index, day)));
    }

    private Playlist odd(String id, LocalDate day, int edits) {
        List<Row> rows = odd.rows(day);
        return user(
                id,
                "Odds & ends, \"quoted\" 🧦",
                "Bits &amp; pieces &#x27;n&#x27; <a href=\"https://example.org/\">more</a>",
                "sim_españa",
                null,
                "6a0f37",
                18 + edits,
                true,
                rows.size(),
                rows::get);
    }

    private Playlist roadTrip(String id, LocalDate day, int edits) {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        int week = (int) ChronoUnit.WEEKS.between(FOUNDED, monday);
        return user(
                id,
                "Road trip 🚗",
                "One in, one out, every Monday",
                "sim_ola",
                "Ola",
                "91c3e8",
                Math.max(1, week + 41 + edits),
                true,
                40,
                index -> {
                    LocalDate added = monday.minusWeeks(39L - index);
                    long song = added.toEpochDay() * World.PER_DAY
                            + Ids.below(3, world.seed(), "trip", added.toEpochDay())
                            - 40;
                    String by = added.toEpochDay() / 7 % 2 == 0 ? "sim_ola" : "sim_kari";
                    return new Row(time(added.atTime(17, 31, 5)), by, track(song, day));
                });
    }

    private Playlist user(
            String id,
            String name,
            String description,
            String owner,
            @Nullable String ownerName,
            @Nullable String image,
            int revision,
            boolean owned,
            int total,
            IntFunction<Row> rows) {
        String cover = image == null ? null : COVER + image + Ids.hex(18, world.seed(), id, 0);
        String snapshot = SnapshotIds.user(id, revision, world.seed());
        Set<String> collaborators = id.equals(WorldLists.ROAD_TRIP) ? Set.of(Users.KARI) : Set.of();
        return new Playlist(
                id, name, description, owner, ownerName, 12, cover, snapshot, owned, true, collaborators, total, rows);
    }

    /** The same list, seen by its owner alone. */
    private static Playlist hidden(Playlist list) {
        return new Playlist(
                list.id(),
                list.name(),
                list.description(),
                list.owner(),
                list.ownerName(),
                0,
                list.image(),
                list.snapshot(),
                list.owned(),
                false,
                list.collaborators(),
                list.total(),
                list.rows());
    }

    /** The same list after songs were added at its top, the latest first. */
    private Playlist edited(Playlist before, LocalDate day, int edits) {
        return new Playlist(
                before.id(),
                before.name(),
                before.description(),
                before.owner(),
                before.ownerName(),
                before.followers(),
                before.image(),
                before.snapshot(),
                before.owned(),
                before.isPublic(),
                before.collaborators(),
                before.total() + edits,
                index -> index >= edits
                        ? before.rows().apply(index - edits)
                        : new Row(time(day.atTime(12, 0)), "sim_kari", track(FIRST_SONG - 1 - (edits - index), day)));
    }

    private Row.Track track(long song, LocalDate day) {
        return new Row.Track(world.song(song), world.popularity(song, day));
    }

    private static Row blank() {
        return new Row(null, null, null);
    }

    private static String time(LocalDateTime utc) {
        return utc.truncatedTo(ChronoUnit.SECONDS).format(java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME) + "Z";
    }
}
