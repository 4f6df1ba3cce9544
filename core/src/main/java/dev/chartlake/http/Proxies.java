package dev.chartlake.http;

import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which proxy a request goes through, by the variables that curl and others know: {@code https_proxy}, {@code http_proxy}
 * and {@code all_proxy}, and {@code no_proxy} for the hosts that are asked directly, each also in capitals. As with curl,
 * only {@code no_proxy} spares hosts: this machine itself is no exception.
 */
public final class Proxies {

    /** No proxy for any host. */
    public static final Proxies NONE = new Proxies(Map.of());

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private final Map<String, String> environment;

    /** Reads {@code environment}, which is by names of variables. */
    public Proxies(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Checks the variables that count for {@code uri}.
     *
     * @throws IllegalArgumentException if a proxy's address cannot be used; the message holds no password
     */
    public void check(URI uri) {
        server(uri);
    }

    /**
     * The proxy that {@code uri} is asked through, without its user and password; empty if it is asked directly.
     *
     * @throws IllegalArgumentException as {@link #check}
     */
    public Optional<String> of(URI uri) {
        return Optional.ofNullable(server(uri)).map(server -> {
            InetSocketAddress address = (InetSocketAddress) server.proxy.address();
            String scheme = server.proxy.type() == Proxy.Type.SOCKS ? "socks" : "http";
            return scheme + "://" + address.getHostString() + ":" + address.getPort();
        });
    }

    /** A proxy's address. */
    private record Server(Proxy proxy, @Nullable String user, String password) {}

    /** A connection to {@code uri} that is not opened yet; it must be closed by its user. */
    public HttpURLConnection open(URI uri) throws IOException {
        Server server = server(uri);
        if (server == null) {
            return (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        }
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(server.proxy);
        String user = server.user;
        if (user != null) {
            signIn(connection, uri, user, server.password);
        }
        return connection;
    }

    private static void signIn(HttpURLConnection connection, URI uri, String user, String password) {
        if (uri.getScheme().equalsIgnoreCase("http")) {
            String both = user + ":" + password;
            String basic = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
            connection.setRequestProperty("Proxy-Authorization", "Basic " + basic);
            return;
        }
        connection.setAuthenticator(new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY
                        ? new PasswordAuthentication(user, password.toCharArray())
                        : null;
            }
        });
    }

    private @Nullable Server server(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String variable = value(scheme + "_proxy").isEmpty() ? "all_proxy" : scheme + "_proxy";
        String value = value(variable);
        return value.isEmpty() || isSpared(uri) ? null : parse(variable, value);
    }

    private static Server parse(String variable, String value) {
        try {
            URI uri = new URI(value.contains("://") ? value : "http://" + value);
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            boolean socks = scheme.startsWith("socks");
            if (uri.getHost() != null && (socks || scheme.equals("http"))) {
                int port = uri.getPort() >= 0 ? uri.getPort() : socks ? 1080 : 80;
                var address = new InetSocketAddress(uri.getHost(), port);
                String[] user = uri.getUserInfo() == null
                        ? new String[0]
                        : uri.getUserInfo().split(":", 2);
                return new Server(
                        new Proxy(socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP, address),
                        user.length == 0 ? null : user[0],
                        user.length == 2 ? user[1] : "");
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // The message below says it; that of the exception repeats the value, which may hold a password.
        }
        throw new IllegalArgumentException(variable.toUpperCase(Locale.ROOT) + " is not the address of a proxy"
                + (value.contains("@") ? "" : ": '" + value + "'") + ". It looks like http://proxy.example:3128 or"
                + " socks5://proxy.example:1080.");
    }

    /** Whether {@code no_proxy} names the host: by name, by a suffix of it, by address or network, each with a port or not. */
    private boolean isSpared(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|\\]$", "");
        int usual = uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        int port = uri.getPort() >= 0 ? uri.getPort() : usual;
        return List.of(value("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+")).stream()
                .anyMatch(spared -> matches(spared, host, port));
    }

    private static boolean matches(String spared, String host, int port) {
        String name = spared;
        if (name.matches("[^:]+:[0-9]+|\\[.*\\]:[0-9]+")) {
            int colon = name.lastIndexOf(':');
            if (!name.substring(colon + 1).equals(String.valueOf(port))) {
                return false;
            }
            name = name.substring(0, colon);
        }
        name = name.replaceAll("^\\[|\\]$", "");
        if (name.contains("/")) {
            return isIn(name, host);
        }
        name = name.replaceAll("^\\*?\\.|\\.$", "");
        return name.equals("*") || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
    }

    /** Whether {@code host} is an address of {@code network}, such as 10.0.0.0/8. No name is looked up. */
    private static boolean isIn(String network, String host) {
        String[] parts = network.split("/", 2);
        if (!ADDRESS.matcher(parts[0]).matches()
                || !ADDRESS.matcher(host).matches()
                || !parts[1].matches("[0-9]{1,3}")) {
            return false;
        }
        try {
            byte[] base = InetAddress.getByName(parts[0]).getAddress();
            byte[] address = InetAddress.getByName(host).getAddress();
            int bits = Integer.parseInt(parts[1]);
            if (base.length != address.length || bits > 8 * base.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((base[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private String value(String variable) {
        String small = environment.getOrDefault(variable, "").strip();
        return small.isEmpty()
                ? environment
                        .getOrDefault(variable.toUpperCase(Locale.ROOT), "")
                        .strip()
                : small;
    }
}
