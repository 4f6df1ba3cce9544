package dev.chartlake.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The people of the generated world who can sign in, and the lists in their libraries. */
public final class Users {

    /** Owns most lists, and follows one of Spotify's own and one of {@link #KARI}'s. */
    public static final String OLA = "sim_ola";

    /** Collaborates on one list, owns one, and follows sixty; has saved no song. */
    public static final String KARI = "sim_kari";

    /** Their names by id, the first one first. */
    public static final List<Map.Entry<String, String>> ALL = List.of(Map.entry(OLA, "Ola"), Map.entry(KARI, "Kari"));

    private static final int FOLLOWED = 60;

    private Users() {}

    /** Whether there is such a user. */
    public static boolean exist(String id) {
        return ALL.stream().anyMatch(user -> user.getKey().equals(id));
    }

    /** The display name of a user who exists. */
    public static String name(String id) {
        return ALL.stream()
                .filter(user -> user.getKey().equals(id))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** The ids of the lists in a user's library, in the order of the client. */
    public static List<String> library(String id) {
        if (!id.equals(KARI)) {
            return List.of(
                    WorldLists.ROAD_TRIP,
                    WorldLists.TOP_DENMARK,
                    WorldLists.EMPTY,
                    WorldLists.NOT_OWNED,
                    WorldLists.PRIVATE,
                    WorldLists.sized(120));
        }
        Stream<String> own = Stream.of(WorldLists.NOT_OWNED, WorldLists.ROAD_TRIP, WorldLists.TOP_DENMARK);
        Stream<String> followed = IntStream.rangeClosed(1, FOLLOWED).mapToObj(WorldLists::sized);
        return Stream.concat(own, followed).collect(Collectors.toCollection(ArrayList::new));
    }
}
