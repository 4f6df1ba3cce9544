package dev.chartlake.app.doctor;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.spotify.SpotifyVisit;
import dev.chartlake.spotify.calls.ErrorAnswer;
import dev.chartlake.spotify.calls.SpotifyAccess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Which way requests go, and why they do not arrive. */
final class ConnectionCheck implements Check {

    private final SpotifyAccess access;
    private final SpotifyVisit visit;

    ConnectionCheck(SpotifyAccess access, SpotifyVisit visit) {
        this.access = access;
        this.visit = visit;
    }

    @Override
    public String name() {
        return "connection";
    }

    @Override
    public List<Diagnosis> findings() {
        URI server = access.accountsUrl();
        Optional<String> proxy = access.proxies().of(server);
        String way = server.getHost()
                + proxy.map(address -> " through the proxy " + address).orElse(" without a proxy");
        if (visit.failure().isPresent()) {
            IOException failure = visit.failure().get();
            return List.of(Diagnosis.problem(
                    name(),
                    "No answer came from " + way + ": " + reason(failure) + ".",
                    cure(failure, proxy),
                    ExitCode.SOME_FAILED));
        }
        if (!visit.unanswered().isEmpty()) {
            return List.of(Diagnosis.problem(
                    name(),
                    "No usable answer came from " + way + ": " + visit.unanswered() + ".",
                    "Run the same command again in some minutes.",
                    ExitCode.SOME_FAILED));
        }
        if (visit.requests() == 0) {
            return List.of(Diagnosis.skipped(name(), "Nothing was sent to " + way + "."));
        }
        String tls = server.getScheme().equalsIgnoreCase("https") ? ", with TLS" : ", without TLS";
        return List.of(Diagnosis.ok(name(), "Answers come from " + way + tls + "."));
    }

    /** Java's own text on certificates names its classes. */
    private static String reason(IOException failure) {
        return isUntrusted(failure) ? "the server's certificate is not trusted" : ErrorAnswer.of(failure);
    }

    private static boolean isUntrusted(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        return failure instanceof SSLException && (text.contains("PKIX") || text.contains("certif"));
    }

    private static String cure(IOException failure, Optional<String> proxy) {
        String text = String.valueOf(failure.getMessage());
        if (failure instanceof SSLException) {
            return isUntrusted(failure)
                    ? "Java does not trust the server's certificate. A proxy or virus scanner that reads TLS has one of its"
                            + " own: ask for its CA certificate, import it with keytool -importcert -cacerts -file CA.pem,"
                            + " and check this machine's clock."
                    : "Something on the way does not speak TLS. Check the scheme in the address, https or http, and the"
                            + " proxy.";
        }
        if (proxy.isPresent()) {
            return text.contains("407") || text.contains("authent")
                    ? "The proxy wants a user and a password: export HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"
                    : "Check that the proxy " + proxy.get() + " runs and may be used. Another one: export"
                            + " HTTPS_PROXY=http://HOST:PORT. None: unset HTTPS_PROXY HTTP_PROXY ALL_PROXY, or name the host"
                            + " in NO_PROXY.";
        }
        if (failure instanceof UnknownHostException) {
            return "Check this machine's network and name server. Behind a proxy: export HTTPS_PROXY=http://HOST:PORT";
        }
        if (failure instanceof ConnectException || failure instanceof SocketTimeoutException) {
            return "Check the network and the firewall, and SPOTIFY_ACCOUNTS_URL and SPOTIFY_API_URL if they are set."
                    + " Behind a proxy: export HTTPS_PROXY=http://HOST:PORT";
        }
        return "Run the same command again; if it stays, check the network.";
    }
}
