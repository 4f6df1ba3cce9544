package dev.chartlake.extract;

import dev.chartlake.http.Answer;
import dev.chartlake.http.Transport;
import dev.chartlake.http.UrlTransport;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.SpotifySource;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A fake Spotify, a lake, a clock that stands still and waits that take no time. */
final class Bench implements AutoCloseable {

    static final String LIST = "0123456789abcdefABCDEF";
    static final String DATE = "Sat, 21 Nov 2026 08:30:15 GMT";
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    final FakeSpotify spotify;
    final List<Duration> waits = new ArrayList<>();
    final LocalStore store;
    final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    final SpotifySource source;

    /** Requests that were sent, and whose answers a killed process did not see. */
    final List<String> unanswered;

    Instant now = NOW;
    String date = DATE;

    /** After how many requests the process is killed. */
    int deathIn = Integer.MAX_VALUE;

    Bench(Path folder) {
        this(new LocalStore(folder), new FakeSpotify(), new ArrayList<>());
    }

    private Bench(LocalStore store, FakeSpotify spotify, List<String> unanswered) {
        this.store = store;
        this.spotify = spotify;
        this.unanswered = unanswered;
        source = SpotifySource.open(spotify.access(), store, clock, waits::add, this::send);
    }

    /** The JDK's server insists on a Date of its own. */
    private Answer send(Transport.Request request) throws IOException {
        Answer answer = new UrlTransport().send(request);
        if (request.uri().getPath().startsWith("/v1/") && --deathIn == 0) {
            unanswered.add(request.uri().getRawPath() + "?" + request.uri().getRawQuery());
            throw new Death();
        }
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put("date", date);
        return new Answer(answer.status(), headers, answer.body(), answer.whole());
    }

    /** Another process over the same lake and Spotify, at the same time. */
    Bench again() {
        Bench other = new Bench(store, spotify, unanswered);
        other.now = now;
        other.date = date;
        return other;
    }

    /** The end of a process. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    AppFolder app() {
        return AppFolder.inLake(store, spotify.access(), "default");
    }

    ExtractResult extract(String id) throws IOException, InterruptedException {
        return source.extract(new PlaylistRef(id));
    }

    ExtractResult.Archived archived(String id) throws IOException, InterruptedException {
        ExtractResult result = extract(id);
        if (result instanceof ExtractResult.Archived archived) {
            return archived;
        }
        throw new AssertionError(result);
    }

    ExtractResult.Failed failed(String id) throws IOException, InterruptedException {
        ExtractResult result = extract(id);
        if (result instanceof ExtractResult.Failed failed) {
            return failed;
        }
        throw new AssertionError(result);
    }

    List<String> keys(String prefix) throws IOException {
        return store.list(prefix).stream().map(ObjectInfo::key).toList();
    }

    List<String> waiting() throws IOException {
        return keys(RawState.TO_PROCESS.prefix());
    }

    String text(String key) throws IOException {
        return new String(store.open(key).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        spotify.close();
    }
}
