package dev.chartlake.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.extract.Source;
import dev.chartlake.extract.TimeLimit;
import dev.chartlake.jobs.ExtractJob;
import dev.chartlake.jobs.WantedLists;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.SpotifySource;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.StopException;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import tools.jackson.core.JacksonException;

/**
 * Takes a snapshot of one list on request, {@code GET ?playlist_id=…} or {@code POST} with JSON or a form, behind API
 * Gateway. Serves only callers that the gateway knows or that show the token.
 */
public final class HttpFunction implements RequestStreamHandler {

    /** The gateway gives up after half a minute: who calls had better be told when to come back. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final ObjectStore store;
    private final LambdaSettings settings;
    private final Secrets secrets;
    private final Clock clock;
    private final Log log;

    /** As Lambda makes it, from the environment. */
    public HttpFunction() {
        this(new LambdaSettings(System.getenv()), Clock.systemUTC());
        Priming.store(store);
    }

    private HttpFunction(LambdaSettings settings, Clock clock) {
        this(
                Lakes.open(settings.lake()),
                settings,
                new Secrets(settings.secret(), clock),
                clock,
                new Log(System.out, settings.lake().text(), clock));
    }

    HttpFunction(ObjectStore store, LambdaSettings settings, Secrets secrets, Clock clock, Log log) {
        this.store = store;
        this.settings = settings;
        this.secrets = secrets;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        HttpReply reply;
        try {
            reply = reply(new HttpCall(Json.read(in)));
        } catch (IOException | IllegalArgumentException e) {
            log.say("Failed. " + (e.getMessage() == null ? e : e.getMessage()));
            reply = HttpReply.of(500, "error")
                    .with(
                            "error",
                            "The function is not set up right, or cannot reach the"
                                    + " lake or the secret; its log says more");
        } catch (JacksonException e) {
            reply = HttpReply.of(400, "bad_request").with("error", "Not an event of API Gateway");
        }
        out.write(reply.bytes());
    }

    private HttpReply reply(HttpCall call) throws IOException {
        LambdaSettings now = settings.with(secrets.values());
        if (!call.mayWrite(now.httpToken())) {
            return HttpReply.of(401, "unauthorised")
                    .header("www-authenticate", "Bearer")
                    .with(
                            "error",
                            "Nobody says who calls. Sign the request as the gateway wants it, or show the token");
        }
        if (!call.method().equals("GET") && !call.method().equals("POST")) {
            return HttpReply.of(405, "bad_request")
                    .header("allow", "GET, POST")
                    .with("error", "Only GET and POST are served");
        }
        PlaylistRef list;
        try {
            list = PlaylistRef.parse(call.playlist());
        } catch (IllegalArgumentException e) {
            String asked = call.playlist();
            return HttpReply.of(400, "bad_request")
                    .with(
                            "error",
                            asked.isBlank()
                                    ? "No playlist_id or playlist_uri, neither in the query nor in a JSON body or form"
                                    : String.valueOf(e.getMessage()));
        }
        SpotifyAccess access = now.spotify();
        Duration wait = access.maxWait().compareTo(MAX_WAIT) < 0 ? access.maxWait() : MAX_WAIT;
        Metrics metrics = new Metrics();
        Source source = SpotifySource.open(access.withMaxWait(wait), now.grant(), store);
        Report report = ExtractFunction.run(
                new ExtractJob(source, store, now.app(store), clock, metrics), WantedLists.of(list), TimeLimit.NONE);
        log.measured(metrics);
        return report.stopped().isPresent()
                ? stopped(report.stopped().get()).with("playlist_id", list.id())
                : outcome(report, list);
    }

    private HttpReply stopped(StopException stopped) {
        if (stopped instanceof RateLimitException limited) {
            Duration left = Duration.between(clock.instant(), limited.notBefore());
            return HttpReply.of(429, "limited")
                    .header(
                            "retry-after",
                            String.valueOf(Math.max(1, left.plusMillis(999).toSeconds())))
                    .with("not_before", limited.notBefore())
                    .with("error", limited.reason());
        }
        secrets.forget();
        log.say("Failed. " + stopped.reason());
        return HttpReply.of(500, "error")
                .with(
                        "error",
                        stopped instanceof SignInException
                                ? "Spotify refused to sign the app in; the log says more"
                                : "Spotify cannot be reached at its address; the log says more");
    }

    private HttpReply outcome(Report report, PlaylistRef list) throws IOException {
        if (report.outcomes().get(0).result() instanceof Archived archived) {
            RawKey key = archived.key();
            boolean done =
                    !archived.added() && store.find(key.in(RawState.PROCESSED)).isPresent();
            HttpReply reply = (done ? HttpReply.of(200, "done") : HttpReply.of(202, "accepted"))
                    .with("playlist_id", list.id())
                    .with("name", archived.name())
                    .with("entries", archived.entries())
                    .with("complete", archived.complete())
                    .with("key", key.in(done ? RawState.PROCESSED : RawState.TO_PROCESS));
            return archived.warning().isEmpty() ? reply : reply.with("warning", archived.warning());
        }
        Failed failed = (Failed) report.outcomes().get(0).result();
        HttpReply reply = switch (failed.why()) {
            case UNKNOWN -> HttpReply.of(404, "unknown");
            case REFUSED -> HttpReply.of(403, "refused");
            case UNAVAILABLE, NO_ANSWER -> HttpReply.of(502, "unavailable");
        };
        return reply.with("playlist_id", list.id())
                .with("error", failed.reason())
                .with("cure", failed.cure());
    }
}
