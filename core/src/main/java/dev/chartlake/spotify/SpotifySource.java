package dev.chartlake.spotify;

import dev.chartlake.extract.ExtractResult;
import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.ExtractResult.Why;
import dev.chartlake.extract.Source;
import dev.chartlake.http.Answer;
import dev.chartlake.http.Pause;
import dev.chartlake.http.Transport;
import dev.chartlake.http.UrlTransport;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.model.PlaylistRef.Personal;
import dev.chartlake.raw.RawArchive;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.api.DialectMemory;
import dev.chartlake.spotify.api.KeptPages;
import dev.chartlake.spotify.api.Library;
import dev.chartlake.spotify.api.ListReading;
import dev.chartlake.spotify.api.ListReading.OnChange;
import dev.chartlake.spotify.api.ListVersions;
import dev.chartlake.spotify.api.ListVersions.Known;
import dev.chartlake.spotify.api.Outline;
import dev.chartlake.spotify.api.Outline.Rows;
import dev.chartlake.spotify.api.Pages;
import dev.chartlake.spotify.api.Paging;
import dev.chartlake.spotify.api.PersonalPages;
import dev.chartlake.spotify.api.WebApi;
import dev.chartlake.spotify.api.WebApi.Page;
import dev.chartlake.spotify.auth.AccountsService;
import dev.chartlake.spotify.auth.ClientCredentials;
import dev.chartlake.spotify.auth.Grant;
import dev.chartlake.spotify.auth.Tokens;
import dev.chartlake.spotify.calls.ErrorAnswer;
import dev.chartlake.spotify.calls.ListChangedException;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.RefusedException;
import dev.chartlake.spotify.calls.Retries;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.TransientException.NoAnswerException;
import dev.chartlake.spotify.calls.UnreadableException;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.spotify.limits.CountedTransport;
import dev.chartlake.spotify.limits.RequestCount;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of playlists from the Spotify Web API. A snapshot is a JSON array of the answers in order, each byte for
 * byte as received: the list with its first rows, then its further pages.
 */
public final class SpotifySource implements Source {

    private static final int READINGS = 4;
    private static final Duration AFTER_EDIT = Duration.ofSeconds(2);

    private final ObjectStore store;
    private final RawArchive archive;
    private final WebApi api;
    private final Paging paging;
    private final ListVersions versions;
    private final Clock clock;
    private final Pause pause;

    private SpotifySource(ObjectStore store, WebApi api, DialectMemory dialects, Clock clock, Pause pause) {
        this.store = store;
        this.archive = new RawArchive(store);
        this.api = api;
        this.paging = new Paging(api, dialects);
        this.versions = new ListVersions(store, clock);
        this.clock = clock;
        this.pause = pause;
    }

    /** Reads from Spotify in real time, signed in by {@code grant}. Nothing is asked before the first list is. */
    public static SpotifySource open(SpotifyAccess access, Grant grant, ObjectStore store) {
        return open(access, grant, store, Clock.systemUTC(), Pause.REAL, new UrlTransport(access.proxies()));
    }

    /**
     * Reads from Spotify in real time, signed in by {@code grant}, and counts its requests. Nothing is asked before the first
     * list is.
     */
    public static SpotifySource open(SpotifyAccess access, Grant grant, ObjectStore store, RequestCount count) {
        Transport transport = new CountedTransport(new UrlTransport(access.proxies()), access.apiUrl(), count);
        return open(access, grant, store, Clock.systemUTC(), Pause.REAL, transport);
    }

    /** A source that signs in as an app and archives into {@code store}. Nothing is asked before the first list is. */
    public static SpotifySource open(SpotifyAccess access, ObjectStore store, Clock clock, Pause pause) {
        return open(access, store, clock, pause, new UrlTransport(access.proxies()));
    }

    /** The same over a transport of the caller's own. */
    public static SpotifySource open(
            SpotifyAccess access, ObjectStore store, Clock clock, Pause pause, Transport transport) {
        return open(access, new ClientCredentials(), store, clock, pause, transport);
    }

    /** A source that is signed in by {@code grant}, in the time of {@code clock} and over a transport of the caller's own. */
    public static SpotifySource open(
            SpotifyAccess access, Grant grant, ObjectStore store, Clock clock, Pause pause, Transport transport) {
        Retries retries = new Retries(clock, pause, ThreadLocalRandom.current(), access.maxWait());
        Tokens tokens = new Tokens(new AccountsService(access, transport, clock), grant, retries, clock);
        WebApi api = new WebApi(access, transport, tokens, retries, clock, pause);
        String app = AppFolder.inLake(store, access, "").app();
        return new SpotifySource(store, api, new DialectMemory(store, app + "dialect.txt", clock), clock, pause);
    }

    @Override
    public ExtractResult extract(PlaylistRef list) throws IOException, InterruptedException {
        try {
            return list.isPlays() ? new RecentPlays(store, api).take(list) : snapshot(list);
        } catch (RefusedException e) {
            return new Failed(RefusalCures.why(list, e.status()), e.reason(), RefusalCures.of(list, e));
        } catch (UnreadableException e) {
            String kept = quarantine(list.id(), e);
            return new Failed(
                    Why.UNAVAILABLE,
                    "Spotify's answer cannot be read" + (list.isPlays() ? ": " : ", " + Retries.TRIES + " times over: ")
                            + e.reason(),
                    "It is kept as " + kept + ". Extract the list again later.");
        } catch (NoAnswerException e) {
            return new Failed(Why.NO_ANSWER, e.reason(), RefusalCures.AGAIN);
        } catch (ListException e) {
            return new Failed(Why.UNAVAILABLE, e.reason(), RefusalCures.AGAIN);
        }
    }

    /**
     * The lists in the library of the signed-in user.
     *
     * @throws dev.chartlake.spotify.calls.StopException if every other request would fail, too
     * @throws ListException if Spotify refuses, or if there is no usable answer
     */
    public Library library() throws ListException, InterruptedException {
        return Library.read(api);
    }

    private Page first(PlaylistRef list) throws ListException, InterruptedException {
        Optional<Personal> personal = list.personal();
        return personal.isPresent() ? new PersonalPages(api, personal.get()).at(0) : paging.first(list.id());
    }

    private Pages further(PlaylistRef list, Page first) throws IOException {
        Optional<Personal> personal = list.personal();
        return personal.isPresent() ? new PersonalPages(api, personal.get()) : paging.of(list.id(), first.outline());
    }

    private ExtractResult snapshot(PlaylistRef list) throws IOException, ListException, InterruptedException {
        KeptPages kept = KeptPages.of(store, list.id(), clock);
        try {
            return snapshot(list, kept);
        } catch (RefusedException e) {
            kept.drop(); // its further pages will not come either
            throw e;
        }
    }

    private ExtractResult snapshot(PlaylistRef list, KeptPages kept)
            throws IOException, ListException, InterruptedException {
        int requestsBefore = api.requests();
        ListReading before = null;
        for (int number = 1; ; number++) {
            Page first = kept.first(() -> first(list));
            Optional<Archived> unchanged = kept.areUsed() ? Optional.empty() : unchanged(list, first, requestsBefore);
            if (unchanged.isPresent()) {
                kept.drop();
                return unchanged.get();
            }
            ListChangedException changed;
            try (Staged staged = store.stage()) {
                OnChange onChange = number == 1 ? OnChange.STOP : OnChange.READ_ON;
                ListReading reading = ListReading.of(first, kept.over(further(list, first)), onChange, staged.out());
                boolean twice = reading.sameRows(before);
                Page last = twice || !reading.severalPages() || reading.contradictsItself() ? first : first(list);
                changed = twice ? null : change(first, last, reading);
                if (changed == null) {
                    // What was kept for some hours is the list as it is now.
                    Page seen = kept.areUsed() ? last : first;
                    Archived archived = archived(list, seen, reading, twice, staged, requestsBefore);
                    kept.drop();
                    if (reading.severalPages()
                            && archived.complete()
                            && archived.warning().isEmpty()) {
                        keepVersion(list, first, archived);
                    }
                    return archived;
                }
                before = reading;
            } catch (ListChangedException e) {
                changed = e;
            }
            kept.drop();
            if (number == READINGS) {
                throw changed;
            }
            pause.of(AFTER_EDIT);
        }
    }

    private Archived archived(
            PlaylistRef list, Page seen, ListReading reading, boolean twice, Staged staged, int requestsBefore)
            throws IOException {
        RawKey wanted = new RawKey(RawKey.WEB_API, list.id(), observedAt(seen.answer()), "json");
        RawArchive.Archived archived = archive.archive(wanted, staged);
        return new Archived(
                name(seen),
                archived.key(),
                reading.read(),
                api.requests() - requestsBefore,
                archived.added(),
                !reading.isShort(),
                warning(reading, twice));
    }

    private static String name(Page page) {
        String name = page.outline().name();
        return name == null ? "" : ErrorAnswer.line(name);
    }

    /** The snapshot of a list whose version is that of an earlier one, which has its further pages. */
    private Optional<Archived> unchanged(PlaylistRef list, Page first, int requestsBefore) throws IOException {
        Optional<Known> known = versions.known(list.id(), first);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        try (Staged staged = store.stage()) {
            try (OutputStream out = staged.out()) {
                if (!versions.write(first, known.get(), out)) {
                    return Optional.empty();
                }
            }
            RawKey wanted = new RawKey(RawKey.WEB_API, list.id(), observedAt(first.answer()), "json");
            RawArchive.Archived archived = archive.archive(wanted, staged);
            int requests = api.requests() - requestsBefore;
            int rows = known.get().rows();
            return Optional.of(new Archived(name(first), archived.key(), rows, requests, archived.added(), true, ""));
        }
    }

    private void keepVersion(PlaylistRef list, Page first, Archived archived) throws IOException {
        Optional<ObjectInfo> object = store.find(archived.key().in(RawState.TO_PROCESS));
        if (object.isPresent()) {
            versions.keep(list.id(), first, archived.key(), object.get().size(), archived.entries());
        }
    }

    /** What says that the rows of {@code reading} may not belong together; null if nothing does. */
    private static @Nullable ListChangedException change(Page first, Page last, ListReading reading) {
        if (reading.contradictsItself()) {
            return new ListChangedException("The list changed while it was read: Spotify counts " + reading.total()
                    + " rows in it and shows " + reading.read() + ", and others on every reading");
        }
        if (reading.severalPages() && !unchanged(first.outline(), last.outline())) {
            return new ListChangedException("The list was edited while it was read, and again on every reading");
        }
        return null;
    }

    private static String warning(ListReading reading, boolean twice) {
        String read = "Spotify shows " + reading.read();
        if (reading.isShort()) {
            return reading.total() == Outline.UNKNOWN
                    ? read + " rows of the list and announces more, but does not send them"
                    : read + " of the " + reading.total() + " rows that it counts in the list";
        }
        if (reading.contradictsItself()) {
            return read + " rows and counts " + reading.total() + "; two readings brought the same rows";
        }
        return twice
                ? "The list's version or first rows changed while it was read; two readings brought the same rows"
                : "";
    }

    /** A snapshot id of Spotify's own lists is only a clock; there the first rows have to do. */
    private static boolean unchanged(Outline before, Outline after) {
        Rows then = before.rows();
        Rows now = after.rows();
        boolean same = "spotify".equals(before.owner()) || Objects.equals(before.snapshotId(), after.snapshotId());
        return same
                && (then == null
                        || now == null
                        || then.total() == now.total() && then.uris().equals(now.uris()));
    }

    /** By Spotify's clock, because this machine's may be wrong. */
    private Instant observedAt(Answer answer) {
        return answer.date().orElseGet(clock::instant);
    }

    /** Keeps what came, with the reason beside it, and returns its key. */
    private String quarantine(String id, UnreadableException e) throws IOException {
        return UnreadableAnswers.keep(store, new RawKey(RawKey.WEB_API, id, observedAt(e.answer()), "json"), e);
    }
}
