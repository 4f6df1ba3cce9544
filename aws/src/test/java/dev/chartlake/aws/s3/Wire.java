package dev.chartlake.aws.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A wire to an S3 server, which loses requests and answers. Each connection carries one request. */
final class Wire implements AutoCloseable {

    /** What becomes of a request. */
    enum Fate {
        ANSWERED,
        LOST,
        DONE_BUT_UNANSWERED
    }

    private static final Pattern EXPECT = Pattern.compile("(?im)^expect: *100-continue");
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    private final URI server;
    private final IntFunction<Fate> fates;
    private final ServerSocket listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();

    /** {@code fates} tells what becomes of the request of a number, from 1 on. */
    Wire(URI server, IntFunction<Fate> fates) throws IOException {
        this.server = server;
        this.fates = fates;
        threads.execute(this::accept);
    }

    /** Where it begins. */
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** How many requests there have been. */
    int requests() {
        return requests.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket there = new Socket(server.getHost(), server.getPort())) {
            byte[] request = request(client);
            Fate fate = request.length == 0 ? Fate.LOST : fates.apply(requests.incrementAndGet());
            if (fate == Fate.LOST) {
                return;
            }
            there.getOutputStream().write(request);
            byte[] answer = there.getInputStream().readAllBytes();
            if (fate == Fate.ANSWERED) {
                client.getOutputStream().write(answer);
            }
        } catch (IOException e) {
            return; // the client sees it, too
        }
    }

    /** All bytes of a request, which becomes the only one of its connection. */
    private static byte[] request(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String head = "";
        while (!head.endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                return new byte[0];
            }
            bytes.write(b);
            head = b == '\n' ? bytes.toString(StandardCharsets.ISO_8859_1) : "";
        }
        if (EXPECT.matcher(head).find()) {
            client.getOutputStream().write(CONTINUE);
        }
        Matcher length = LENGTH.matcher(head);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        bytes.reset();
        bytes.writeBytes(head.replaceAll("(?im)^(connection|expect):.*\r\n", "")
                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
