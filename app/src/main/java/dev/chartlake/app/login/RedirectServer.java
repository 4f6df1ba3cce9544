package dev.chartlake.app.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.spotify.auth.Authorization;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits on 127.0.0.1 for the browser to come back from Spotify. */
final class RedirectServer implements Closeable {

    private static final String PATH = "/callback";

    private final HttpServer server;
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(1);

    private RedirectServer(HttpServer server) {
        this.server = server;
    }

    /** Takes the port; 0 takes any free one. Throws {@link Failure} if it is taken. */
    static RedirectServer listen(int port) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try {
            return new RedirectServer(HttpServer.create(new InetSocketAddress(loopback, port), 0));
        } catch (BindException e) {
            throw new Failure(
                    ExitCode.USAGE,
                    "Port " + port + " of 127.0.0.1 is taken. Name another one with --port and add "
                            + redirect(port + 1)
                            + ", with that port, to the Redirect URIs on the app's page; or use --paste.");
        }
    }

    /** Where Spotify is to send the browser. */
    URI redirect() {
        return redirect(server.getAddress().getPort());
    }

    static URI redirect(int port) {
        return URI.create("http://127.0.0.1:" + port + PATH);
    }

    /** The query of the redirect that answers {@code authorization}; null if none comes in time. Others are refused. */
    @Nullable String await(Authorization authorization, Duration limit) throws InterruptedException {
        server.createContext("/", exchange -> answer(exchange, authorization));
        server.start();
        return answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void answer(HttpExchange exchange, Authorization authorization) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        if (!exchange.getRequestURI().getPath().equals(PATH)
                || !exchange.getRequestMethod().equals("GET")) {
            send(exchange, 404, "There is nothing here.");
        } else if (query == null || !authorization.isAnswer(query)) {
            send(exchange, 400, "This belongs to another sign-in. Open the address that chartlake login printed.");
        } else {
            send(exchange, 200, "Spotify has answered. Go back to the terminal; you can close this page.");
            answers.offer(query); // a second answer changes nothing
        }
    }

    /** No page holds what came: browsers keep pages. */
    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body =
                ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Chartlake</title></head>"
                                + "<body><p>" + text + "</p></body></html>\n")
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
