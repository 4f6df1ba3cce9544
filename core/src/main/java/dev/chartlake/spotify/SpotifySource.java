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
import dev.chartlake.spotify.api.Library;
import dev.chartlake.spotify.api.ListReading;
import dev.chartlake.spotify.api.ListReading.OnChange;
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
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.IOException;
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
    private final Clock clock;
    private final Pause pause;

    private SpotifySource(ObjectStore store, WebApi api, Clock clock, Pause pause) {
        this.store = store;
        this.archive = new RawArchive(store);
        this.api = api;
        this.paging = new Paging(api);
        this.clock = clock;
        this.pause = pause;
    }

    /** Reads from Spotify in real time, signed in by {@code grant}. Nothing is asked before the first list is. */
    public static SpotifySource open(SpotifyAccess access, Grant grant, ObjectStore store) {
        return open(access, grant, store, Clock.systemUTC(), Pause.REAL, new UrlTransport(access.proxies()));
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

    private static SpotifySource open(
            SpotifyAccess access, Grant grant, ObjectStore store, Clock clock, Pause pause, Transport transport) {
        Retries retries = new Retries(clock, pause, ThreadLocalRandom.current(), access.maxWait());
        Tokens tokens = new Tokens(new AccountsService(access, transport, clock), grant, retries, clock);
        WebApi api = new WebApi(access, transport, tokens, retries, clock, pause);
        return new SpotifySource(store, api, clock, pause);
    }

    @Override
    public ExtractResult extract(PlaylistRef list) throws IOException, InterruptedException {
        try {
            return snapshot(list);
        } catch (RefusedException e) {
            return new Failed(RefusalCures.why(list, e.status()), e.reason(), RefusalCures.of(list, e));
        } catch (UnreadableException e) {
            String kept = quarantine(list.id(), e);
            return new Failed(
                    Why.UNAVAILABLE,
                    "Spotify's answer cannot be read, " + Retries.TRIES + " times over: " + e.reason(),
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

    private Pages further(PlaylistRef list, Page first) {
        Optional<Personal> personal = list.personal();
        return personal.isPresent() ? new PersonalPages(api, personal.get()) : paging.of(list.id(), first.outline());
    }

    private ExtractResult snapshot(PlaylistRef list) throws IOException, ListException, InterruptedException {
        String id = list.id();
        int requestsBefore = api.requests();
        ListReading before = null;
        for (int number = 1; ; number++) {
            Page first = first(list);
            ListChangedException changed;
            try (Staged staged = store.stage()) {
                OnChange onChange = number == 1 ? OnChange.STOP : OnChange.READ_ON;
                ListReading reading = ListReading.of(first, further(list, first), onChange, staged.out());
                boolean twice = reading.sameRows(before);
                changed = twice ? null : change(list, first.outline(), reading);
                if (changed == null) {
                    RawKey wanted = new RawKey(RawKey.WEB_API, id, observedAt(first.answer()), "json");
                    RawArchive.Archived archived = archive.archive(wanted, staged);
                    String name = first.outline().name();
                    return new Archived(
                            name == null ? "" : ErrorAnswer.line(name),
                            archived.key(),
                            reading.read(),
                            api.requests() - requestsBefore,
                            archived.added(),
                            !reading.isShort(),
                            warning(reading, twice));
                }
                before = reading;
            } catch (ListChangedException e) {
                changed = e;
            }
            if (number == READINGS) {
                throw changed;
            }
            pause.of(AFTER_EDIT);
        }
    }

    /** What says that the rows of {@code reading} may not belong together; null if nothing does. */
    private @Nullable ListChangedException change(PlaylistRef list, Outline first, ListReading reading)
            throws ListException, InterruptedException {
        if (reading.contradictsItself()) {
            return new ListChangedException("The list changed while it was read: Spotify counts " + reading.total()
                    + " rows in it and shows " + reading.read() + ", and others on every reading");
        }
        if (reading.severalPages() && !unchanged(first, first(list).outline())) {
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
