package dev.chartlake.aws.s3;

import dev.chartlake.http.Pause;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Versioned;
import dev.chartlake.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Requests by the JDK's own HTTP client. A chart costs a function some thirty requests: with the SDK, four fifths of its
 * processor time go into that, and at its start into some thousand classes more.
 */
final class RestRequests implements S3Requests {

    private static final int TRIES = 5;
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);

    /** The JDK keeps only five to a server otherwise, so that most requests of a commit would have to connect. */
    private static final String CONNECTIONS = "http.maxConnections";

    static {
        if (System.getProperty(CONNECTIONS) == null) {
            System.setProperty(CONNECTIONS, "64");
        }
    }

    private final RestEndpoint endpoint;
    private final Pause pause;
    private @Nullable S3Client large;

    RestRequests(RestEndpoint endpoint, Pause pause) {
        this.endpoint = endpoint;
        this.pause = pause;
    }

    private interface Reader<T> {
        T read(HttpURLConnection connection) throws IOException;
    }

    @Override
    public synchronized S3Client client() throws StoreException {
        if (large == null) {
            large = S3Clients.open();
        }
        return large;
    }

    @Override
    public void checkBucket() {
        send(RestCall.of("HEAD", ""), RestRequests::ended);
    }

    @Override
    public Seen head(String key) {
        return send(RestCall.of("HEAD", key), connection -> {
            ended(connection);
            return new Seen(
                    version(connection),
                    connection.getContentLengthLong(),
                    Instant.ofEpochMilli(connection.getLastModified()),
                    Instant.ofEpochMilli(connection.getHeaderFieldDate("Date", System.currentTimeMillis())));
        });
    }

    @Override
    public Versioned read(String key) {
        return send(
                RestCall.of("GET", key),
                connection -> new Versioned(RestAnswers.bytes(connection), version(connection)));
    }

    @Override
    public Opened open(String key) {
        return send(RestCall.of("GET", key), connection -> {
            long size = connection.getContentLengthLong();
            return size >= 0 && size <= ObjectStore.SMALL
                    ? Opened.of(RestAnswers.bytes(connection))
                    : new Opened(RestAnswers.in(connection), connection::disconnect);
        });
    }

    @Override
    public String put(String key, Body body, Condition condition) {
        Map<String, String> headers = new TreeMap<>();
        header(headers, "if-match", condition.ifMatch());
        header(headers, "if-none-match", condition.ifNoneMatch());
        header(headers, "x-amz-checksum-crc32c", body.crc32c());
        return send(new RestCall("PUT", key, Map.of(), headers, body), connection -> {
            ended(connection);
            return version(connection);
        });
    }

    private static void header(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    /** Copies; S3 says 200 before it is done, so that the answer can still tell of a failure. */
    @Override
    public void copy(String from, String to) {
        Map<String, String> headers =
                Map.of("x-amz-copy-source", "/" + endpoint.bucket() + "/" + SdkHttpUtils.urlEncodeIgnoreSlashes(from));
        send(new RestCall("PUT", to, Map.of(), headers, Body.of(new byte[0])), connection -> {
            RestXml answer = RestXml.read(RestAnswers.bytes(connection));
            return switch (answer.name()) {
                case "CopyObjectResult" -> answer;
                case "Error" -> throw RestAnswers.failure(RestAnswers.LATE, answer, connection);
                default -> throw new IOException("an answer of S3 to a copy with <" + answer.name() + ">");
            };
        });
    }

    @Override
    public void delete(String key) {
        send(RestCall.of("DELETE", key), RestRequests::ended);
    }

    @Override
    public Page list(String prefix, String delimiter, @Nullable String after) {
        Map<String, String> query = new TreeMap<>(Map.of("list-type", "2", "encoding-type", "url", "prefix", prefix));
        if (!delimiter.isEmpty()) {
            query.put("delimiter", delimiter);
        }
        if (after != null) {
            query.put("continuation-token", after);
        }
        return send(
                new RestCall("GET", "", query, Map.of(), null),
                connection -> RestListing.read(RestAnswers.bytes(connection)));
    }

    private static boolean ended(HttpURLConnection connection) throws IOException {
        return RestAnswers.bytes(connection).length == 0;
    }

    private static String version(HttpURLConnection connection) throws IOException {
        return Optional.ofNullable(connection.getHeaderField("ETag"))
                .orElseThrow(() -> new IOException("an answer of S3 without ETag"));
    }

    /** Tries it until it is answered, or S3 has failed too often. */
    private <T> T send(RestCall call, Reader<T> reader) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(call, reader);
            } catch (S3Exception e) {
                if (attempt == TRIES || !RestAnswers.mayPass(e)) {
                    throw e;
                }
            } catch (IOException e) {
                if (attempt == TRIES) {
                    throw SdkClientException.create(e.getMessage() == null ? e.toString() : e.getMessage(), e);
                }
            }
            await(FIRST_WAIT.multipliedBy(1L << (attempt - 1)));
        }
    }

    /** Up to {@code longest}, at random, so that many do not come back together. */
    private void await(Duration longest) {
        try {
            pause.of(Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest.toMillis() + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("Interrupted while S3 was asked", e);
        }
    }

    private <T> T once(RestCall call, Reader<T> reader) throws IOException {
        HttpURLConnection connection = call.connect(endpoint);
        Body body = call.body();
        if (body != null) {
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.size());
            try (InputStream in = body.content().open();
                    OutputStream out = connection.getOutputStream()) {
                in.transferTo(out);
            }
        }
        int status = connection.getResponseCode();
        if (status >= 200 && status < 300) {
            return reader.read(connection);
        }
        throw RestAnswers.failure(status, connection);
    }
}
