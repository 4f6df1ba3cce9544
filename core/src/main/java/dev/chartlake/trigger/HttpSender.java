package dev.chartlake.trigger;

import dev.chartlake.http.Answer;
import dev.chartlake.http.Transport;
import dev.chartlake.model.PlaylistRef;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;

/** Sends {@code GET URL?playlist_id=ID}, as system E did, to whoever takes snapshots there. */
public final class HttpSender implements Sender {

    private static final int SHOWN = 500;

    /** How the HTTP function says that one list is refused, unlike a gateway that lets nobody in. */
    private static final Pattern INCOMPLETE = Pattern.compile("\"complete\"\\s*:\\s*false");

    private static final Pattern ONE_LIST = Pattern.compile("\"status\"\\s*:\\s*\"refused\"");

    private final URI url;
    private final Headers headers;
    private final Transport transport;
    private final Clock clock;

    /** What shows who asks: a token, a signature, or nothing. */
    @FunctionalInterface
    public interface Headers {
        /** The headers for a GET of {@code uri}. */
        Map<String, String> of(URI uri) throws IOException;
    }

    /** {@code url} may have parameters of its own. */
    public HttpSender(URI url, Headers headers, Transport transport, Clock clock) {
        this.url = url;
        this.headers = headers;
        this.transport = transport;
        this.clock = clock;
    }

    @Override
    public Sender.Reply send(PlaylistRef list) throws IOException {
        URI uri = URI.create(url + (url.getRawQuery() == null ? "?" : "&") + "playlist_id=" + list.id());
        Map<String, String> shown = headers.of(uri);
        Answer answer;
        try {
            answer = transport.send(new Transport.Request(uri, shown, ""));
        } catch (IOException e) {
            return new Sender.Reply.Silent(
                    "no answer: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        }
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        String text = text(answer.status(), body, shown);
        return switch (answer.status()) {
            case 401 -> new Sender.Reply.SignIn(text);
            case 403 -> ONE_LIST.matcher(body).find() ? new Sender.Reply.Refused(text) : new Sender.Reply.SignIn(text);
            case 429 ->
                new Sender.Reply.Limited(
                        text,
                        answer.retryAfter(clock.instant())
                                .map(wait -> clock.instant().plus(wait))
                                .orElse(null));
            default ->
                answer.status() >= 200
                                && answer.status() < 300
                                && !INCOMPLETE.matcher(body).find()
                        ? new Sender.Reply.Accepted(text)
                        : new Sender.Reply.Refused(text);
        };
    }

    /** One line, without what was shown to the server, which may repeat it. */
    private static String text(int status, String body, Map<String, String> secrets) {
        String line = body.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        for (String secret : secrets.values()) {
            for (String word : secret.split(" ")) {
                line = word.length() > 7 ? line.replace(word, "…") : line;
            }
        }
        String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
        return shown.isEmpty() ? Integer.toString(status) : status + " " + shown;
    }
}
