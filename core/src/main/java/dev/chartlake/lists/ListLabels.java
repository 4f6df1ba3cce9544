package dev.chartlake.lists;

import dev.chartlake.model.PlaylistRef;
import dev.chartlake.model.PlaylistRef.Personal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The labels of lists: those of Spotify's own chart playlists and of chart files, which are built in, and those that the user
 * gives, which go before them. Safe for use by many threads.
 */
public final class ListLabels {

    /** Those that are built in alone. */
    public static final ListLabels BUILT_IN = new ListLabels(List.of());

    /** What the charts site calls its charts of songs. */
    private static final Map<String, String> CHARTS = Map.of("regional", "Top Songs", "viral", "Viral Songs");

    /** What the lists of the signed-in user are called, whose snapshots have no name. */
    private static final Map<Personal, String> PERSONAL = Map.of(
            Personal.SAVED_TRACKS, "Saved tracks",
            Personal.TOP_TRACKS_SHORT, "Top tracks - 4 weeks",
            Personal.TOP_TRACKS_MEDIUM, "Top tracks - 6 months",
            Personal.TOP_TRACKS_LONG, "Top tracks - 1 year",
            Personal.RECENTLY_PLAYED, "Recently played");

    /** Set up when a playlist is first looked for. */
    private static final class Playlists {
        private static final Map<String, ListLabel> BY_ID = new LinkedHashMap<>();

        static {
            for (String line : ListResource.lines("chart_playlists.txt")) {
                String[] fields = line.split(" ");
                Market market = Objects.requireNonNull(Market.ofRegion(fields[1]), fields[1]);
                String name = (fields[2].equals("daily") ? "Top 50 - " : "Top Songs - ") + market.name();
                BY_ID.put(fields[0], new ListLabel(fields[0], null, name, List.of(), market, fields[2], null));
            }
        }
    }

    private final Map<String, ListLabel> given = new LinkedHashMap<>();

    private ListLabels(Collection<ListLabel> given) {
        for (ListLabel label : given) {
            this.given.put(label.id(), label);
        }
    }

    /** Those that are built in, and before them these. */
    public static ListLabels with(Collection<ListLabel> given) {
        return given.isEmpty() ? BUILT_IN : new ListLabels(given);
    }

    /** The label of a list; empty but for the id where nothing is known. */
    public ListLabel of(String id) {
        ListLabel label = given.get(id);
        return label == null ? builtIn(id) : label.or(builtIn(id));
    }

    /** The labels of the lists that are named one by one: those the user gives, and those of Spotify's chart playlists. */
    public List<ListLabel> named() {
        List<ListLabel> all = new ArrayList<>();
        given.keySet().forEach(id -> all.add(of(id)));
        Playlists.BY_ID.forEach((id, label) -> {
            if (!given.containsKey(id)) {
                all.add(label);
            }
        });
        return all;
    }

    /**
     * The list that a text means among {@link #named()}, which need not be in a lake; empty if it means none of them. Throws
     * {@link ListNameException} if it means several.
     */
    public Optional<NamedList> find(String text) {
        return find(text, named());
    }

    /** As {@link #find}, among the lists that the user names alone. */
    public Optional<NamedList> findGiven(String text) {
        return find(text, given.values());
    }

    private static Optional<NamedList> find(String text, Collection<ListLabel> labels) {
        return new ListNameSearch(labels.stream()
                        .map(label -> new NamedList("", label, label.name(null)))
                        .toList())
                .find(text);
    }

    /** Those that the user gives as one text, for {@link #read} in another process. */
    public String text() {
        return given.values().stream()
                .map(label -> Stream.of(
                                label.id(),
                                label.givenName(),
                                String.join(",", label.aliases()),
                                label.market() == null ? null : label.market().code(),
                                label.period(),
                                label.group())
                        .map(field -> field == null ? "" : field)
                        .collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n"));
    }

    /** The labels of a {@link #text}. */
    public static ListLabels read(String text) {
        return with(text.lines().map(line -> label(line.split("\t", -1))).toList());
    }

    private static ListLabel label(String[] fields) {
        return new ListLabel(
                fields[0],
                orNull(fields[1]),
                null,
                fields[2].isEmpty() ? List.of() : List.of(fields[2].split(",")),
                fields[3].isEmpty() ? null : Market.of(fields[3]),
                orNull(fields[4]),
                orNull(fields[5]));
    }

    private static @Nullable String orNull(String field) {
        return field.isEmpty() ? null : field;
    }

    private static ListLabel builtIn(String id) {
        if (id.startsWith("me-") && PlaylistRef.personal(id).isPresent()) {
            String profile = PlaylistRef.profile(id);
            String name = PERSONAL.get(PlaylistRef.personal(id).get());
            return new ListLabel(
                    id, null, profile.isEmpty() ? name : name + " (" + profile + ")", List.of(), null, null, null);
        }
        ListLabel playlist = Playlists.BY_ID.get(id);
        return playlist == null ? chart(id) : playlist;
    }

    /** A chart of the charts site, whose id says what it is: type, region and period. Ids of playlists have no hyphen. */
    private static ListLabel chart(String id) {
        String[] parts = id.split("-", -1);
        @Nullable Market market = parts.length < 2 ? null : Market.ofRegion(parts[1]);
        @Nullable String period = parts.length < 2
                ? null
                : ListLabel.PERIODS.stream()
                        .filter(each -> id.endsWith("-" + each))
                        .findFirst()
                        .orElse(null);
        @Nullable String type = CHARTS.get(parts[0]);
        @Nullable String name = market == null || period == null || type == null
                ? null
                : (period.equals("weekly") ? "Weekly " : "Daily ") + type + " - " + market.name();
        return new ListLabel(id, null, name, List.of(), market, period, null);
    }
}
