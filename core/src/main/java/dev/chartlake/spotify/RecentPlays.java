package dev.chartlake.spotify;

import dev.chartlake.extract.ExtractResult.Played;
import dev.chartlake.json.JsonException;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.normalise.account.PlaySplitter;
import dev.chartlake.normalise.account.Redaction;
import dev.chartlake.normalise.document.Part;
import dev.chartlake.raw.RawArchive;
import dev.chartlake.raw.RawKey;
import dev.chartlake.spotify.api.Outline.Rows;
import dev.chartlake.spotify.api.WebApi;
import dev.chartlake.spotify.api.WebApi.Page;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.UnreadableException;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user played since the last run. The time of the newest archived play is kept in the lake, and the next run asks
 * for later ones. It is written last: a run that is killed before archives the same plays again, and each is a row once.
 */
final class RecentPlays {

    private static final String ROOT = "_chartlake/played/";
    private static final long NEVER = -1;

    private static final String GAP = WebApi.MOST_PLAYS
            + " plays or more since the last run: some may be missing; run it at least every " + WebApi.MOST_PLAYS
            + " plays";

    private final ObjectStore store;
    private final WebApi api;
    private final RawArchive archive;

    RecentPlays(ObjectStore store, WebApi api) {
        this.store = store;
        this.api = api;
        this.archive = new RawArchive(store);
    }

    /** Archives the plays since the last run. Throws {@link ListException} if Spotify refuses, or has no usable answer. */
    Played take(PlaylistRef list) throws IOException, ListException, InterruptedException {
        int requestsBefore = api.requests();
        String cursorKey = ROOT + list.id() + ".txt";
        long last = cursor(cursorKey);
        Page page = api.recentlyPlayed(last);
        Rows rows = page.outline().rows();
        if (rows == null) {
            throw new UnreadableException(
                    page.answer(), "The answer about recent plays has no items", UnreadableException.NOWHERE);
        }
        int plays = rows.uris().size();
        int requests = api.requests() - requestsBefore;
        if (plays == 0) {
            return new Played(List.of(), 0, requests, "");
        }
        try (PlaySplitter splitter = new PlaySplitter(Redaction.Personal.KEPT)) {
            List<Part> days = new ArrayList<>(split(splitter, page));
            days.sort(Comparator.comparing(RecentPlays::observedAt));
            long newest = splitter.newest().toEpochMilli();
            if (newest <= last) {
                return new Played(List.of(), 0, requests, "");
            }
            List<RawKey> keys = new ArrayList<>();
            for (Part day : days) {
                keys.add(archived(list, day, page));
            }
            store.put(cursorKey, (newest + "\n").getBytes(StandardCharsets.UTF_8));
            boolean gap = last != NEVER
                    && plays >= WebApi.MOST_PLAYS
                    && splitter.oldest().toEpochMilli() > last;
            return new Played(keys, plays, requests, gap ? GAP : "");
        }
    }

    /** An object of the plays of one UTC day. */
    private RawKey archived(PlaylistRef list, Part day, Page page) throws IOException {
        try (Staged staged = store.stage()) {
            try (OutputStream out = staged.out();
                    InputStream answer = bytes(page)) {
                day.copy(answer, out);
            }
            RawKey wanted = new RawKey(day.source(), list.id(), observedAt(day), day.extension());
            return archive.archive(wanted, staged).key();
        }
    }

    private static List<Part> split(PlaySplitter splitter, Page page) throws IOException, UnreadableException {
        try (InputStream answer = bytes(page)) {
            return splitter.split(answer);
        } catch (JsonException e) {
            throw new UnreadableException(page.answer(), String.valueOf(e.getMessage()), e.offset());
        }
    }

    private static InputStream bytes(Page page) {
        return new ByteArrayInputStream(page.answer().body());
    }

    private static Instant observedAt(Part day) {
        return Objects.requireNonNull(day.observedAt(), "plays say when they were");
    }

    /** The time of the newest archived play in milliseconds; without one, all plays that Spotify has are asked for. */
    private long cursor(String key) throws IOException {
        Optional<ObjectStore.Versioned> kept = store.read(key);
        String text = kept.isEmpty() ? "" : new String(kept.get().bytes(), StandardCharsets.UTF_8).strip();
        return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : NEVER;
    }
}
