package dev.chartlake.spotify;

import dev.chartlake.http.Answer;
import dev.chartlake.http.Pause;
import dev.chartlake.http.Transport;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.spotify.api.AppRegime;
import dev.chartlake.spotify.api.DialectMemory;
import dev.chartlake.spotify.api.Me;
import dev.chartlake.spotify.api.Outline;
import dev.chartlake.spotify.api.Paging;
import dev.chartlake.spotify.api.RegimeProbe;
import dev.chartlake.spotify.api.WebApi;
import dev.chartlake.spotify.auth.AccountsService;
import dev.chartlake.spotify.auth.Grant;
import dev.chartlake.spotify.auth.Tokens;
import dev.chartlake.spotify.calls.BudgetException;
import dev.chartlake.spotify.calls.ErrorAnswer;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.RefusedException;
import dev.chartlake.spotify.calls.Retries;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.StopException;
import dev.chartlake.spotify.calls.TransientException.NoAnswerException;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.spotify.limits.Cooldown;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks Spotify what it gives this app, and stores nothing but a limit that it meets: for a token, for the user's name, once
 * for each list, and once for what kind of app it is. No request is repeated. During a cooldown nothing is asked.
 */
public final class SpotifyVisit {

    private final AppFolder app;
    private final Clock clock;
    private final Watch watch;
    private final Tokens tokens;
    private final WebApi api;
    private final boolean isUser;
    private final List<ListAnswer> lists = new ArrayList<>();

    private @Nullable Cooldown cooldown;
    private @Nullable StopException stopped;
    private @Nullable Me user;
    private boolean signedIn;
    private String unanswered = "";
    private AppRegime regime = AppRegime.UNKNOWN;

    private SpotifyVisit(SpotifyAccess access, Grant grant, AppFolder app, Clock clock, Transport transport) {
        this.app = app;
        this.clock = clock;
        this.watch = new Watch(transport, clock);
        this.isUser = grant.isUser();
        Retries once = Retries.once(clock);
        this.tokens = new Tokens(new AccountsService(access, watch, clock), new AskedOnce(grant), once, clock);
        this.api = new WebApi(access, watch, tokens, once, clock, Pause.REAL);
    }

    /**
     * What Spotify gives for a list.
     *
     * @param name what Spotify calls it; empty if it does not say
     * @param rows how many rows it has; {@link Outline#UNKNOWN} if Spotify does not say or gives none
     * @param reason why it cannot be read, without a full stop; empty if it can be
     * @param cure what to do about it; empty if nothing needs doing
     */
    public record ListAnswer(PlaylistRef list, String name, long rows, String reason, String cure) {

        /** Whether its rows can be read. */
        public boolean isReadable() {
            return reason.isEmpty();
        }
    }

    /**
     * Asks. What goes wrong is part of the result.
     *
     * @param app where a limit is stored, and looked for first
     */
    public static SpotifyVisit of(
            SpotifyAccess access,
            Grant grant,
            AppFolder app,
            Collection<PlaylistRef> lists,
            Clock clock,
            Transport transport)
            throws IOException, InterruptedException {
        SpotifyVisit visit = new SpotifyVisit(access, grant, app, clock, transport);
        visit.ask(lists);
        return visit;
    }

    private void ask(Collection<PlaylistRef> wanted) throws IOException, InterruptedException {
        cooldown = Cooldown.active(app, clock.instant()).orElse(null);
        if (cooldown != null) {
            return;
        }
        try {
            tokens.current();
            signedIn = true;
            if (isUser) {
                askForUser();
            }
            RegimeProbe probe = new RegimeProbe();
            for (PlaylistRef list : wanted) {
                lists.add(ask(list, probe));
            }
            regime = probe.ask(api);
        } catch (RateLimitException e) {
            if (!(e instanceof BudgetException)) {
                Cooldown.begin(app, e); // a budget is kept as a count
            }
            cooldown = new Cooldown(e.notBefore(), e.reason());
        } catch (StopException e) {
            stopped = e;
        } catch (ListException e) {
            unanswered = e.reason();
        }
    }

    private void askForUser() throws ListException, InterruptedException {
        try {
            user = api.me();
        } catch (NoAnswerException e) {
            throw e;
        } catch (ListException e) {
            // The lists do not depend on it.
        }
    }

    private ListAnswer ask(PlaylistRef list, RegimeProbe probe) throws ListException, InterruptedException {
        try {
            DialectMemory unused = new DialectMemory(app.store(), app.app() + "dialect.txt", clock);
            Outline answer = new Paging(api, unused).first(list.id()).outline();
            probe.saw(list, answer);
            String name = answer.name() == null ? "" : ErrorAnswer.line(answer.name());
            Outline.Rows rows = answer.rows();
            if (rows == null) {
                String reason = "Spotify shows the list without its rows";
                return refused(list, name, new RefusedException(403, reason));
            }
            return new ListAnswer(list, name, rows.total(), "", "");
        } catch (RefusedException e) {
            return refused(list, "", e);
        } catch (NoAnswerException e) {
            throw e;
        } catch (ListException e) {
            return new ListAnswer(list, "", Outline.UNKNOWN, e.reason(), "Run the same command later.");
        }
    }

    private static ListAnswer refused(PlaylistRef list, String name, RefusedException refused) {
        return new ListAnswer(list, name, Outline.UNKNOWN, refused.reason(), RefusalCures.of(list, refused));
    }

    /** The lists that were asked for, in order; after a stop some are missing. */
    public List<ListAnswer> lists() {
        return List.copyOf(lists);
    }

    /** The limit that kept this from asking, or that it met. */
    public Optional<Cooldown> cooldown() {
        return Optional.ofNullable(cooldown);
    }

    /** What ended it, unless that was a limit. */
    public Optional<StopException> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** Whether Spotify gave out a token. */
    public boolean signedIn() {
        return signedIn;
    }

    /** Why there is no answer, without a full stop; empty if there is one. */
    public String unanswered() {
        return unanswered;
    }

    /** The user who is signed in; empty if there is none, or if Spotify does not say. */
    public Optional<Me> user() {
        return Optional.ofNullable(user);
    }

    /** What kind of app this is. */
    public AppRegime regime() {
        return regime;
    }

    /** How many requests were sent. */
    public int requests() {
        return watch.requests;
    }

    /** The connection's failure that left a request without an answer; empty if each got one. */
    public Optional<IOException> failure() {
        return Optional.ofNullable(watch.failure);
    }

    /**
     * How far the server's clock is ahead of this machine's, negative if it is behind; empty if no answer has a date. Zero if
     * the date lies within the time that the request took.
     */
    public Optional<Duration> clockAhead() {
        return Optional.ofNullable(watch.ahead);
    }

    /** One token is enough: if Spotify does not accept it, another one does not help. */
    private static final class AskedOnce implements Grant {
        private final Grant grant;
        private boolean asked;

        AskedOnce(Grant grant) {
            this.grant = grant;
        }

        @Override
        public AccountsService.Granted ask(AccountsService accounts) throws ListException {
            if (asked) {
                throw new SignInException("Spotify does not accept the token that it has just given out. Check that"
                        + " SPOTIFY_API_URL and SPOTIFY_ACCOUNTS_URL belong together.");
            }
            asked = true;
            return grant.ask(accounts);
        }

        @Override
        public boolean isUser() {
            return grant.isUser();
        }
    }

    /** Notes what the answers say besides their content. */
    private static final class Watch implements Transport {
        private final Transport transport;
        private final Clock clock;
        private int requests;
        private @Nullable IOException failure;
        private @Nullable Duration ahead;

        Watch(Transport transport, Clock clock) {
            this.transport = transport;
            this.clock = clock;
        }

        @Override
        public Answer send(Request request) throws IOException {
            requests++;
            Instant sent = clock.instant();
            try {
                Answer answer = transport.send(request);
                Instant received = clock.instant();
                if (ahead == null) {
                    ahead = answer.date()
                            .map(date -> date.isBefore(sent)
                                    ? Duration.between(sent, date)
                                    : date.isAfter(received) ? Duration.between(received, date) : Duration.ZERO)
                            .orElse(null);
                }
                return answer;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
