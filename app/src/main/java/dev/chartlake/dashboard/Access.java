package dev.chartlake.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may see the page. On loopback whoever uses this machine and names it as such: another name in the Host header is a
 * page elsewhere that had its name resolved to this machine. On another address whoever has the token.
 */
final class Access {

    private static final String COOKIE = "chartlake_token=";
    private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "[::1]");

    private final boolean loopback;
    private final @Nullable String token;

    Access(InetAddress address, @Nullable String token) {
        this.loopback = address.isLoopbackAddress();
        this.token = token;
    }

    /** What is to be done with a request. */
    enum Verdict {
        PASS,
        /** The token came with the address: keep it in a cookie and ask again without. */
        KEEP,
        WRONG_HOST,
        NO_TOKEN
    }

    Verdict judge(HttpExchange exchange, @Nullable String given) {
        if (loopback && !LOCAL.contains(host(exchange))) {
            return Verdict.WRONG_HOST;
        }
        if (token == null) {
            return Verdict.PASS;
        }
        if (given != null && same(given, token)) {
            return Verdict.KEEP;
        }
        String cookies = exchange.getRequestHeaders().getFirst("Cookie");
        if (cookies != null) {
            for (String cookie : cookies.split(";\\s*")) {
                if (cookie.startsWith(COOKIE) && same(cookie.substring(COOKIE.length()), token)) {
                    return Verdict.PASS;
                }
            }
        }
        return Verdict.NO_TOKEN;
    }

    /** The cookie that stands for the token from now on, until the browser is closed. */
    String cookie() {
        return COOKIE + token + "; HttpOnly; SameSite=Strict; Path=/";
    }

    private static String host(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host == null ? "" : host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }
}
