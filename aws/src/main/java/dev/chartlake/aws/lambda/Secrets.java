package dev.chartlake.aws.lambda;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import tools.jackson.core.JacksonException;

/**
 * Reads the secret, at the first invocation rather than before, so that no image of a function holds it. Kept in memory
 * for some minutes; after that a rotated one is noticed. Used by any number of threads.
 */
final class Secrets {

    private static final Duration KEPT = Duration.ofMinutes(5);

    private final String name;
    private final @Nullable SecretsManagerClient client;
    private final Clock clock;
    private Map<String, String> values = Map.of();
    private Instant staleAt = Instant.MIN;

    /** {@code name} is its ARN or name; without one there are no values. */
    Secrets(Optional<String> name, Clock clock) {
        this(name.orElse(""), name.isEmpty() ? null : client(), clock);
    }

    Secrets(String name, @Nullable SecretsManagerClient client, Clock clock) {
        this.name = name;
        this.client = client;
        this.clock = clock;
    }

    private static SecretsManagerClient client() {
        return SecretsManagerClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    /** What it holds, by name of variable. Throws {@link IOException} if it cannot be had; the message holds none of it. */
    synchronized Map<String, String> values() throws IOException {
        if (client != null && !clock.instant().isBefore(staleAt)) {
            values = read(client, name);
            staleAt = clock.instant().plus(KEPT);
        }
        return values;
    }

    /** Reads it again the next time, because what it held was not accepted. */
    synchronized void forget() {
        staleAt = Instant.MIN;
    }

    private static Map<String, String> read(SecretsManagerClient client, String name) throws IOException {
        String text;
        try {
            text = client.getSecretValue(
                            GetSecretValueRequest.builder().secretId(name).build())
                    .secretString();
        } catch (SdkException e) {
            throw new IOException(
                    "The secret " + name + " cannot be read: " + e.getMessage() + ". Check " + LambdaSettings.SECRET
                            + ", that the secret has a value, and that the function's role may read it.",
                    e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        try {
            Json.object(text == null ? null : Json.read(text)).forEach((key, value) -> {
                if (value instanceof String set) {
                    values.put(String.valueOf(key), set);
                }
            });
        } catch (JacksonException e) {
            values.clear(); // its message would repeat what is secret
        }
        if (values.isEmpty()) {
            throw new IOException("The secret " + name + " is no JSON object with texts. It looks like"
                    + " {\"SPOTIFY_CLIENT_ID\": \"…\", \"SPOTIFY_CLIENT_SECRET\": \"…\"}.");
        }
        return values;
    }
}
