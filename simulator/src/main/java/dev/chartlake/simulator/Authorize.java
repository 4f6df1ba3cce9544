package dev.chartlake.simulator;

import dev.chartlake.simulator.http.HttpAnswer;
import dev.chartlake.simulator.http.HttpRequest;
import dev.chartlake.simulator.world.Users;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The page where a user agrees: {@code GET /authorize} shows it, {@code POST /authorize} is its form. A query with {@code
 * simulated_consent=agree} or {@code cancel}, and {@code simulated_user}, answers at once.
 */
final class Authorize {

    /** Spotify's scopes; another one is refused. */
    private static final Set<String> SCOPES = Set.of(
            "app-remote-control",
            "playlist-modify-private",
            "playlist-modify-public",
            "playlist-read-collaborative",
            "playlist-read-private",
            "streaming",
            "ugc-image-upload",
            "user-follow-modify",
            "user-follow-read",
            "user-library-modify",
            "user-library-read",
            "user-modify-playback-state",
            "user-read-currently-playing",
            "user-read-email",
            "user-read-playback-position",
            "user-read-playback-state",
            "user-read-private",
            "user-read-recently-played",
            "user-top-read");

    private static final List<String> ASKED = List.of(
            "client_id",
            "response_type",
            "redirect_uri",
            "scope",
            "state",
            "code_challenge_method",
            "code_challenge",
            "show_dialog");

    private final SimulatorOptions options;
    private final Accounts accounts;

    Authorize(SimulatorOptions options, Accounts accounts) {
        this.options = options;
        this.accounts = accounts;
    }

    HttpAnswer answer(HttpRequest request) {
        boolean form = request.method().equals("POST");
        Map<String, String> asked = form ? request.form() : request.parameters();
        HttpAnswer refused = refusal(asked);
        if (refused != null) {
            return refused;
        }
        String wrong = wrong(asked);
        if (wrong != null) {
            return back(asked, "error", wrong);
        }
        String consent = form
                ? asked.getOrDefault("decision", "")
                : asked.getOrDefault("simulated_consent", options.signIn().autoConsent() ? "agree" : "");
        String user = asked.getOrDefault(form ? "user" : "simulated_user", Users.OLA);
        if (consent.equals("cancel")) {
            return back(asked, "error", "access_denied");
        }
        if (consent.equals("agree") && Users.exist(user)) {
            return back(asked, "code", accounts.code(asked, user));
        }
        return HttpAnswer.text(200, "text/html", page(asked));
    }

    /** What is told to the user and not to the app, because the app is not known. */
    private @Nullable HttpAnswer refusal(Map<String, String> asked) {
        if (!options.clientId().equals(asked.get("client_id"))) {
            return HttpAnswer.text(400, "text/plain", "INVALID_CLIENT: Invalid client");
        }
        return isAllowed(asked.getOrDefault("redirect_uri", ""))
                ? null
                : HttpAnswer.text(400, "text/plain", "INVALID_CLIENT: Invalid redirect URI");
    }

    /** Since 2025: HTTPS, or HTTP to a loopback address that is written as numbers. */
    private static boolean isAllowed(String redirect) {
        try {
            URI uri = URI.create(redirect);
            return uri.getHost() != null
                    && uri.getFragment() == null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme())
                                    && (uri.getHost().equals("127.0.0.1")
                                            || uri.getHost().equals("[::1]")));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String wrong(Map<String, String> asked) {
        if (!"code".equals(asked.get("response_type"))) {
            return "unsupported_response_type";
        }
        String challenge = asked.getOrDefault("code_challenge", "");
        if (!challenge.isEmpty() && !"S256".equals(asked.get("code_challenge_method"))) {
            return "invalid_request";
        }
        return Accounts.scopes(asked).stream().allMatch(SCOPES::contains) ? null : "invalid_scope";
    }

    private static HttpAnswer back(Map<String, String> asked, String name, String value) {
        String redirect = asked.getOrDefault("redirect_uri", "");
        String to = redirect + (redirect.contains("?") ? "&" : "?") + name + "=" + encoded(value)
                + (asked.containsKey("state") ? "&state=" + encoded(asked.getOrDefault("state", "")) : "");
        return HttpAnswer.text(302, "text/plain", "").with("Location", to);
    }

    private static String page(Map<String, String> asked) {
        StringBuilder html =
                new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><title>Simulated consent</title>"
                        + "</head><body>\n<h1>Simulated Spotify</h1>\n<p>The app ");
        html.append(escaped(asked.getOrDefault("client_id", ""))).append(" wants to:</p>\n<ul>\n");
        Accounts.scopes(asked)
                .forEach(scope -> html.append("<li>").append(escaped(scope)).append("</li>\n"));
        html.append("</ul>\n<form method=\"post\" action=\"/authorize\">\n");
        Map<String, String> hidden = new LinkedHashMap<>();
        ASKED.stream().filter(asked::containsKey).forEach(name -> hidden.put(name, asked.getOrDefault(name, "")));
        hidden.forEach((name, value) -> html.append("<input type=\"hidden\" name=\"")
                .append(name)
                .append("\" value=\"")
                .append(escaped(value))
                .append("\">\n"));
        for (Map.Entry<String, String> user : Users.ALL) {
            html.append("<p><label><input type=\"radio\" name=\"user\" value=\"")
                    .append(user.getKey())
                    .append(user.getKey().equals(Users.OLA) ? "\" checked> " : "\"> ")
                    .append(user.getValue())
                    .append("</label></p>\n");
        }
        return html.append("<button name=\"decision\" value=\"agree\">Agree</button>\n"
                        + "<button name=\"decision\" value=\"cancel\">Cancel</button>\n</form>\n</body></html>\n")
                .toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
