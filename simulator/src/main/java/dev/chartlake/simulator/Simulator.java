package dev.chartlake.simulator;

import dev.chartlake.simulator.http.HttpAnswer;
import dev.chartlake.simulator.http.HttpRequest;
import dev.chartlake.simulator.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A running Spotify on 127.0.0.1: the accounts service at {@code /authorize} and {@code /api/token}, and the Web API's
 * playlists and personal endpoints below {@code /v1}.
 *
 * <p>Lifecycle: {@link #start} listens at once, {@link #close} cuts every connection. All methods can be called from any
 * thread while requests are served. Answers depend on the options, the date, the faults and the request alone: every one
 * carries a {@code Date} header of noon UTC of the simulated date, so that what a client records is the same each time.
 * Tokens and rolling windows live in real time; a refresh token dies six months of simulated time after its user agreed.
 */
public final class Simulator implements AutoCloseable {

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final SimulatorOptions options;
    private final Faults faults;
    private final Accounts accounts;
    private final Authorize authorize;
    private final Limiter limiter;
    private final WebApi webApi;
    private final HttpServer server;
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    private volatile LocalDate date;

    private Simulator(SimulatorOptions options) throws IOException {
        this.options = options;
        this.date = options.date();
        this.faults = new Faults(options.faults());
        this.accounts = new Accounts(options, this::date);
        this.authorize = new Authorize(options, accounts);
        this.limiter = new Limiter(options.rate(), options.quota());
        this.webApi = new WebApi(options, faults);
        this.server = new HttpServer(options.port(), this::handle);
        server.start();
    }

    /**
     * Starts a simulator.
     *
     * @throws UncheckedIOException when the port is taken
     * @throws IllegalArgumentException when the folder of recordings is not one
     */
    public static Simulator start(SimulatorOptions options) {
        Path recordings = options.recordings();
        if (recordings != null && !Files.isDirectory(recordings)) {
            throw new IllegalArgumentException("No folder of recordings at " + recordings
                    + "; it is to hold <list>/<date>.json, such as 37i9dQZEVXbMDoHDwVN2tF/2021-03-25.json");
        }
        try {
            return new Simulator(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Where the Web API is, such as {@code http://127.0.0.1:8080/v1}. */
    public String apiUrl() {
        return accountsUrl() + "/v1";
    }

    private String links() {
        String links = options.links();
        return links == null ? apiUrl() : links;
    }

    /** Where the accounts service is, such as {@code http://127.0.0.1:8080}. */
    public String accountsUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** The port listened on, never 0. */
    public int port() {
        return server.port();
    }

    /** The simulated day. */
    public LocalDate date() {
        return date;
    }

    /** Makes it another day, for requests from now on. */
    public void setDate(LocalDate other) {
        date = other;
    }

    /** Until when users have played, for requests from now on: noon of the simulated day if this is null. */
    public void setPlayedUntil(@Nullable Instant until) {
        webApi.playUntil(until);
    }

    /** What goes wrong; add to it at any time. */
    public Faults faults() {
        return faults;
    }

    /** Sets how long access tokens live that are issued from now on. */
    public void setTokenLifetime(Duration lifetime) {
        accounts.lifetime(lifetime);
    }

    /** Makes every access token issued so far an expired one. */
    public void expireTokens() {
        accounts.expireAll();
    }

    /** Ends every refresh token issued so far, as when users remove the app's access. */
    public void revokeRefreshTokens() {
        accounts.revokeAll();
    }

    /** A refresh token of a user who agreed to {@code scopes}, with spaces between them, for the app on another machine. */
    public String refreshToken(String user, String scopes) {
        return accounts.refreshToken(user, Accounts.scopes(Map.of("scope", scopes)));
    }

    /** Every code and token given out so far, and every secret received, for tests that look for them where none may be. */
    public Set<String> secrets() {
        return accounts.secrets();
    }

    /** All requests received so far, in the order they came; a copy. */
    public List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Forgets the requests received so far. */
    public void clearRequests() {
        requests.clear();
    }

    /** The one line that says where it is and how to sign in. */
    public String readyLine() {
        return "Simulator ready: SPOTIFY_API_URL=" + apiUrl() + " SPOTIFY_ACCOUNTS_URL=" + accountsUrl()
                + " (client id " + options.clientId() + ", secret " + options.clientSecret() + ", date " + date
                + ", "
                + (options.exact()
                        ? "regime " + Regime.of(options.dialect()).label()
                        : "dialect " + options.dialect().label())
                + ")";
    }

    /** Stops listening and cuts every connection. Closing twice does no harm. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close the simulator", e);
        }
    }

    private HttpAnswer handle(HttpRequest request) {
        requests.add(new Request(request.method(), request.path(), request.query()));
        LocalDate today = date;
        Fault fault = faults.strike(request);
        HttpAnswer spoiled = fault == null ? null : Faults.instead(fault);
        HttpAnswer answer = spoiled == null ? delivered(fault, request, today) : spoiled;
        return answer.with("Date", HTTP_DATE.format(today.atTime(12, 0).atOffset(ZoneOffset.UTC)));
    }

    private HttpAnswer delivered(@Nullable Fault fault, HttpRequest request, LocalDate today) {
        if (fault != null && fault.kind() == Fault.Kind.SLOW) {
            try {
                Thread.sleep(fault.delay().toMillis());
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }
        HttpAnswer answer = route(request, today);
        return fault != null && fault.kind() == Fault.Kind.TRUNCATE
                ? answer.delivered(HttpAnswer.Delivery.TRUNCATED)
                : answer;
    }

    private HttpAnswer route(HttpRequest request, LocalDate today) {
        if (request.path().equals("/api/token")) {
            return accounts.token(request);
        }
        if (request.path().equals("/authorize")) {
            return authorize.answer(request);
        }
        if (!request.path().startsWith("/v1/")) {
            return HttpAnswer.error(404, "Service not found");
        }
        HttpAnswer refusal = accounts.refusal(request);
        refusal = refusal == null ? limiter.refusal(today) : refusal;
        return refusal == null ? webApi.answer(request, accounts.session(request), today, links()) : refusal;
    }
}
