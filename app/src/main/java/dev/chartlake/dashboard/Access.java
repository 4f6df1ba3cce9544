package dev.chartlake.dashboard;

import dev.chartlake.dashboard.http.WebRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may see the page. Where there is a token, nothing else is looked at before it. On loopback the Host header must
 * name this machine: another name there comes from a page elsewhere that had its name resolved to this machine. Data is given
 * to the dashboard's own page alone, and not to requests that a page of another site makes in the same browser.
 */
final class Access {

    private static final String COOKIE = "chartlake_token=";
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final boolean loopback;
    private final @Nullable String token;
    private final String session;

    Access(InetAddress address, @Nullable String token) {
        this.loopback = address.isLoopbackAddress();
        this.token = token;
        this.session = token == null ? "" : session(token);
    }

    /** What is to be done with a request. */
    enum Verdict {
        PASS,
        /** The token came with the address: a cookie stands for it from now on. */
        KEEP,
        WRONG_HOST,
        NO_TOKEN,
        FOREIGN_PAGE
    }

    Verdict judge(WebRequest request) {
        String given = request.parameters().get("token");
        boolean brought = token != null && given != null && same(given, token);
        if (token != null && !brought && !hasCookie(request)) {
            return Verdict.NO_TOKEN;
        }
        if (loopback && !LOCAL.contains(withoutPort(request.header("host")))) {
            return Verdict.WRONG_HOST;
        }
        boolean data = request.path().startsWith("/api/")
                || !(request.method().equals("GET") || request.method().equals("HEAD"));
        if (data && isForeign(request)) {
            return Verdict.FOREIGN_PAGE;
        }
        return brought ? Verdict.KEEP : Verdict.PASS;
    }

    /** The cookie that stands for the token until the browser is closed. The token cannot be computed from it. */
    String cookie() {
        return COOKIE + session + "; HttpOnly; SameSite=Strict; Path=/";
    }

    private boolean hasCookie(WebRequest request) {
        boolean found = false;
        for (String cookie : request.header("cookie").split(";\\s*")) {
            if (cookie.startsWith(COOKIE) && token != null) {
                String value = cookie.substring(COOKIE.length());
                found |= same(value, session) | same(value, token);
            }
        }
        return found;
    }

    /** Browsers name the page that asks, in one header or both; a proxy names the host that the browser asked. */
    private static boolean isForeign(WebRequest request) {
        if (request.has("sec-fetch-site") && !OWN.contains(request.header("sec-fetch-site"))) {
            return true;
        }
        if (!request.has("origin")) {
            return false;
        }
        String origin = request.header("origin").toLowerCase(Locale.ROOT).replaceFirst("^https?://", "");
        return !origin.equals(request.header("host").toLowerCase(Locale.ROOT))
                && !origin.equals(request.header("x-forwarded-host").toLowerCase(Locale.ROOT));
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    private static String session(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal("dashboard".getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
