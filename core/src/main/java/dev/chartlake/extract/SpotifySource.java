package dev.chartlake.extract;

import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.ExtractResult.Why;
import dev.chartlake.extract.Outline.Rows;
import dev.chartlake.extract.WebApi.Page;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.raw.RawArchive;
import dev.chartlake.raw.RawKey;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

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

    /** A source that archives into {@code store}. Nothing is asked before the first list is. */
    public static SpotifySource open(SpotifyAccess access, ObjectStore store, Clock clock, Pause pause) {
        return open(access, store, clock, pause, new UrlTransport());
    }

    static SpotifySource open(SpotifyAccess access, ObjectStore store, Clock clock, Pause pause, Transport transport) {
        Retries retries = new Retries(clock, pause, ThreadLocalRandom.current(), access.maxWait());
        Tokens tokens = new Tokens(access, transport, retries, clock);
        WebApi api = new WebApi(access, transport, tokens, retries, clock, pause);
        return new SpotifySource(store, api, clock, pause);
    }

    @Override
    public ExtractResult extract(PlaylistRef list) throws IOException, InterruptedException {
        try {
            return snapshot(list.id());
        } catch (RefusedException e) {
            return new Failed(Cures.why(list, e.status()), e.reason(), Cures.of(list, e.status()));
        } catch (UnreadableException e) {
            String kept = quarantine(list.id(), e);
            return new Failed(
                    Why.UNAVAILABLE,
                    "Spotify's answer cannot be read, " + Retries.TRIES + " times over: " + e.reason(),
                    "It is kept as " + kept + ". Extract the list again later.");
        } catch (ListException e) {
            return new Failed(Why.UNAVAILABLE, e.reason(), Cures.AGAIN);
        }
    }

    private ExtractResult snapshot(String id) throws IOException, ListException, InterruptedException {
        int requestsBefore = api.requests();
        for (int reading = 1; ; reading++) {
            Page first = paging.first(id);
            try (Staged staged = store.stage()) {
                int entries = write(id, first, staged.out());
                RawKey wanted = new RawKey(RawKey.WEB_API, id, observedAt(first.answer()), "json");
                RawArchive.Archived archived = archive.archive(wanted, staged);
                String name = first.outline().name();
                int requests = api.requests() - requestsBefore;
                return new Archived(
                        name == null ? "" : Complaint.line(name), archived.key(), entries, requests, archived.added());
            } catch (ListChangedException e) {
                if (reading == READINGS) {
                    throw e;
                }
                pause.of(AFTER_EDIT);
            }
        }
    }

    /** Writes the whole snapshot and returns the number of its rows. */
    private int write(String id, Page first, OutputStream out) throws IOException, ListException, InterruptedException {
        out.write('[');
        out.write(first.answer().body());
        Rows rows = first.outline().rows();
        int read = rows == null ? 0 : rows.count();
        long total = rows == null ? Outline.UNKNOWN : rows.total();
        boolean several = false;
        Paging.Pages pages = paging.of(id, first.outline());
        // Rows that are announced but not embedded are asked for, whatever 'next' says.
        boolean more = rows == null || rows.moreAfter(read) || read == 0 && total > 0;
        while (more) {
            several = rows != null;
            Page page = pages.at(read);
            Rows next = page.outline().items();
            if (next == null) {
                throw new RefusedException(200, "Spotify answered without the rows from " + read + " on");
            }
            out.write(',');
            out.write(page.answer().body());
            total = total == Outline.UNKNOWN ? next.total() : total;
            rows = next;
            read += next.count();
            check(total, next, read);
            more = next.moreAfter(read);
        }
        out.write(']');
        if (read == 0 && total > 0) {
            throw new RefusedException(200, "Spotify counts " + total + " rows in the list but shows none");
        }
        if (several) {
            checkUnchanged(first.outline(), paging.first(id).outline());
        }
        return read;
    }

    private static void check(long total, Rows page, int read) throws ListChangedException {
        if (page.total() != Outline.UNKNOWN && page.total() != total) {
            throw new ListChangedException("The list changed while it was read: it had " + total + " rows, then "
                    + page.total() + ", and again on every reading");
        }
        if (total != Outline.UNKNOWN && read > total) {
            throw new ListChangedException("The list does not hold still: its pages hold " + read
                    + " rows, but its total is " + total + ", and again on every reading");
        }
    }

    /** A snapshot id of Spotify's own lists is only a clock; there the first rows have to do. */
    private static void checkUnchanged(Outline before, Outline after) throws ListChangedException {
        Rows then = before.rows();
        Rows now = after.rows();
        boolean same = "spotify".equals(before.owner()) || Objects.equals(before.snapshotId(), after.snapshotId());
        if (then != null && now != null) {
            same = same && then.total() == now.total() && then.uris().equals(now.uris());
        }
        if (!same) {
            throw new ListChangedException("The list was edited while it was read, and again on every reading");
        }
    }

    /** By Spotify's clock, because this machine's may be wrong. */
    private Instant observedAt(Answer answer) {
        return answer.date().orElseGet(clock::instant);
    }

    /** Keeps what came, with the reason beside it, and returns its key. */
    private String quarantine(String id, UnreadableException e) throws IOException {
        return Quarantined.keep(store, new RawKey(RawKey.WEB_API, id, observedAt(e.answer()), "json"), e);
    }
}
