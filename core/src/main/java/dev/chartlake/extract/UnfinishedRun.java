package dev.chartlake.extract;

import dev.chartlake.model.PlaylistRef;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a run over several lists has taken, kept in the lake until the run has tried all of them. After one that was
 * stopped or killed, the next run over the same lists asks for nothing that was taken on the same UTC day, and begins with
 * the list whose last snapshot is the oldest: so all lists get their turn, even if a quota ends every run early.
 */
public final class UnfinishedRun {

    private static final String ROOT = "_chartlake/extract/";
    private static final String BEGUN = "begun.txt";
    private static final Duration FORGOTTEN = Duration.ofDays(7);

    /** Lists whose last snapshot is older than this are as good as never taken. */
    private static final int DAYS = 60;

    private final ObjectStore store;
    private final Clock clock;
    private final String folder;

    /** False for a single list, of which nothing is missing once it is taken. */
    private final boolean kept;

    private final Set<PlaylistRef> taken = new HashSet<>();
    private List<PlaylistRef> missing;

    private UnfinishedRun(ObjectStore store, Clock clock, Collection<PlaylistRef> lists) {
        this.store = store;
        this.clock = clock;
        this.missing = playsFirst(List.copyOf(new LinkedHashSet<>(lists)));
        this.kept = missing.size() > 1;
        Set<String> ids = new TreeSet<>();
        missing.forEach(list -> ids.add(list.id()));
        byte[] names = String.join(",", ids).getBytes(StandardCharsets.UTF_8);
        this.folder = ROOT + UUID.nameUUIDFromBytes(names) + "/";
    }

    /** Begins a run over {@code lists}, or goes on with the one over the same lists that did not come to its end. */
    public static UnfinishedRun begin(ObjectStore store, Collection<PlaylistRef> lists, Clock clock)
            throws IOException {
        UnfinishedRun run = new UnfinishedRun(store, clock, lists);
        if (run.kept) {
            run.begin();
        }
        return run;
    }

    private void begin() throws IOException {
        if (store.find(folder + BEGUN).isPresent()) {
            Set<String> today = new HashSet<>();
            for (ObjectInfo mark : store.list(folder + today() + "/")) {
                today.add(mark.key().substring(mark.key().lastIndexOf('/') + 1));
            }
            missing.stream().filter(list -> today.contains(list.id())).forEach(taken::add);
            missing = playsFirst(oldestFirst(
                    missing.stream().filter(list -> !taken.contains(list)).toList()));
            return;
        }
        forget(clock.instant().minus(FORGOTTEN));
        store.put(folder + BEGUN, clock.instant().toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The lists to ask for, in order. */
    public List<PlaylistRef> missing() {
        return missing;
    }

    /** How many lists are not asked for, because this run has taken them today. */
    public int taken() {
        return taken.size();
    }

    /** Notes that a list's snapshot is in the lake. Plays are asked for on every run, because there are new ones. */
    void took(PlaylistRef list) throws IOException {
        if (kept && !list.isPlays()) {
            store.put(folder + today() + "/" + list.id(), new byte[0]);
        }
    }

    /** Ends the run: the next one asks for every list. Killed in it, the next one goes on with it or begins anew. */
    void end() throws IOException {
        if (kept) {
            store.delete(folder + BEGUN);
            for (ObjectInfo mark : store.list(folder)) {
                store.delete(mark.key());
            }
        }
    }

    /** Deletes marks of this run, which has ended or never began, and of others that nobody has gone on with since. */
    private void forget(Instant since) throws IOException {
        for (ObjectInfo mark : store.list(ROOT)) {
            if (mark.key().startsWith(folder) || mark.modifiedAt().isBefore(since)) {
                store.delete(mark.key());
            }
        }
    }

    /** Spotify keeps a user's last fifty plays alone, so they come before lists, for which a quota may leave nothing. */
    private static List<PlaylistRef> playsFirst(List<PlaylistRef> lists) {
        return lists.stream()
                .sorted(Comparator.comparing(list -> list.isPlays() ? 0 : 1))
                .toList();
    }

    /** In the order of their last snapshots; those that have none first, and otherwise in their own order. */
    private List<PlaylistRef> oldestFirst(List<PlaylistRef> lists) throws IOException {
        Map<String, Instant> last = new HashMap<>();
        Set<String> days = new TreeSet<>(Comparator.reverseOrder());
        List<String> places = List.of(RawState.TO_PROCESS.prefix(), RawState.PROCESSED.prefix());
        for (String place : places) {
            days.addAll(store.folders(place));
        }
        Set<String> wanted = lists.stream().map(PlaylistRef::id).collect(Collectors.toSet());
        int looked = 0;
        for (String day : days) {
            Map<String, Instant> seen = new HashMap<>();
            if (last.size() == lists.size() || ++looked > DAYS) {
                break;
            }
            for (String place : places) {
                for (ObjectInfo object : store.list(place + day + "/" + RawKey.WEB_API + "/")) {
                    RawKey.parse(object.key().substring(place.length()))
                            .filter(key -> wanted.contains(key.list()))
                            .ifPresent(key -> seen.merge(key.list(), key.observedAt(), UnfinishedRun::later));
                }
            }
            seen.forEach(last::putIfAbsent);
        }
        List<PlaylistRef> sorted = new ArrayList<>(lists);
        sorted.sort(Comparator.comparing(list -> last.getOrDefault(list.id(), Instant.MIN)));
        return sorted;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private LocalDate today() {
        return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
