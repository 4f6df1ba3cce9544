package dev.chartlake.spotify.auth;

import dev.chartlake.spotify.auth.AccountsService.Granted;
import dev.chartlake.spotify.auth.AccountsService.Proof;
import dev.chartlake.spotify.calls.ErrorAnswer;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One sign-in of a user: an authorization code with PKCE (RFC 7636, S256). Its verifier leaves this class only to Spotify. */
public final class Authorization {

    /** What the features need to read: lists, saved songs, top songs, recent plays. Nothing that changes an account. */
    public static final String SCOPES =
            "playlist-read-private playlist-read-collaborative user-library-read user-top-read"
                    + " user-read-recently-played";

    private final SpotifyAccess access;
    private final URI redirect;
    private final String verifier;
    private final String state;

    private Authorization(SpotifyAccess access, URI redirect, String verifier, String state) {
        this.access = access;
        this.redirect = redirect;
        this.verifier = verifier;
        this.state = state;
    }

    /** Begins a sign-in that ends with a redirect to {@code redirect}. */
    public static Authorization begin(SpotifyAccess access, URI redirect, SecureRandom random) {
        return new Authorization(access, redirect, text(random, 48), text(random, 16));
    }

    /** What the user opens in a browser. */
    public URI address() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", access.clientId());
        query.put("response_type", "code");
        query.put("redirect_uri", redirect.toString());
        query.put("scope", SCOPES);
        query.put("state", state);
        query.put("code_challenge_method", "S256");
        query.put("code_challenge", challenge(verifier));
        query.put("show_dialog", "true"); // shows who is signed in at Spotify; the six months begin with this consent
        return URI.create(access.accountsUrl() + "/authorize?"
                + query.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    /** Whether the query of a redirect answers this sign-in, and no other. */
    public boolean isAnswer(String query) {
        return matches(parameters(query).getOrDefault("state", ""));
    }

    /**
     * The code in what came back: the query of a redirect.
     *
     * @throws SignInException if it answers another sign-in, or if the user did not agree
     */
    public String code(String query) throws SignInException {
        Map<String, String> parameters = parameters(query);
        if (!matches(parameters.getOrDefault("state", ""))) {
            throw new SignInException(
                    "The address belongs to another sign-in: its 'state' is not the one that was sent."
                            + " Run the same command again, and open the address that it prints.");
        }
        String error = parameters.getOrDefault("error", "");
        if (error.equals("access_denied")) {
            throw new SignInException("You did not agree, so nobody is signed in. To try again, run the same command.");
        }
        if (!error.isEmpty()) {
            throw new SignInException(
                    "Spotify did not sign the user in (" + ErrorAnswer.line(error) + "). Run the same command again.");
        }
        String code = parameters.getOrDefault("code", "");
        if (code.isEmpty()) {
            throw new SignInException(
                    "There is no code in the address. Run the same command again, and paste all of the"
                            + " address that the browser shows at the end.");
        }
        return code;
    }

    /** As {@link #code}, from what a user pasted: the address that the browser ended at, its query, or the code alone. */
    public String pastedCode(String text) throws SignInException {
        String pasted = text.strip();
        int query = pasted.indexOf('?');
        if (query >= 0) {
            int fragment = pasted.indexOf('#', query);
            return code(pasted.substring(query + 1, fragment < 0 ? pasted.length() : fragment));
        }
        if (pasted.contains("code=") || pasted.contains("error=")) {
            return code(pasted);
        }
        if (pasted.isEmpty() || !pasted.matches("[A-Za-z0-9_-]+")) {
            throw new SignInException(
                    "That is neither an address with a code nor a code. Run the same command again, and"
                            + " paste all of the address that the browser shows at the end: it begins with " + redirect
                            + "?code=");
        }
        return pasted; // the state is not in it; the code is of no use without this sign-in's verifier
    }

    /** Turns the code into tokens, once: a code is good for one request. */
    public Granted exchange(AccountsService accounts, String code) throws ListException {
        return accounts.ask(
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        redirect.toString(),
                        "code_verifier",
                        verifier),
                Proof.ID,
                "the user",
                reason -> reason.equals("invalid_grant")
                        ? "A code is good for a few minutes and for one use. Run the same command again."
                        : "Compare SPOTIFY_CLIENT_ID with the app's page on https://developer.spotify.com/dashboard.");
    }

    private boolean matches(String other) {
        return MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return ""; // a stray percent sign: no code has one
        }
    }

    /** Without the verifier and the state. */
    @Override
    public String toString() {
        return "Authorization[" + redirect + "]";
    }
}
