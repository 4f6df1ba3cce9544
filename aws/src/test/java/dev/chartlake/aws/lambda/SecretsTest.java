package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** With AWS's own client, and a server that speaks as much of Secrets Manager as it uses. */
class SecretsTest {

    private final HttpServer server = server();
    private volatile int status = 200;
    private volatile String secret = "";
    private volatile int asked;
    private Instant now = Harness.NOW;

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            asked++;
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            assertThat(target).isEqualTo("secretsmanager.GetSecretValue");
            String body = status == 200
                    ? Json.text(Map.of("Name", "spotify", "SecretString", secret))
                    : "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no value\"}";
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Secrets secrets() {
        SecretsManagerClient client = SecretsManagerClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.EU_NORTH_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
        return new Secrets("spotify", client, new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    @Test
    void itIsReadAgainAfterSomeMinutesOrWhenItWasNotAccepted() throws Exception {
        secret = "{\"SPOTIFY_CLIENT_ID\":\"a\",\"SPOTIFY_CLIENT_SECRET\":\"b\",\"n\":1}";
        Secrets secrets = secrets();
        assertThat(secrets.values()).isEqualTo(Map.of("SPOTIFY_CLIENT_ID", "a", "SPOTIFY_CLIENT_SECRET", "b"));
        secret = "{\"SPOTIFY_CLIENT_ID\":\"c\"}";
        now = now.plus(Duration.ofMinutes(4));
        assertThat(secrets.values()).containsEntry("SPOTIFY_CLIENT_ID", "a");
        assertThat(asked).isEqualTo(1);
        now = now.plus(Duration.ofMinutes(2));
        assertThat(secrets.values()).containsEntry("SPOTIFY_CLIENT_ID", "c");
        secret = "{\"SPOTIFY_CLIENT_ID\":\"d\"}";
        secrets.forget();
        assertThat(secrets.values()).containsEntry("SPOTIFY_CLIENT_ID", "d");
    }

    @Test
    void oneThatIsNoObjectIsNotRepeatedInTheMessage() {
        for (String wrong : new String[] {"hidden", "{\"hidden\"", "[\"hidden\"]", "{}"}) {
            secret = wrong;
            assertThatThrownBy(() -> secrets().values())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("spotify is no JSON object")
                    .hasMessageNotContaining("hidden");
        }
    }

    @Test
    void oneThatIsNotThereSaysWhatToCheck() {
        status = 400;
        assertThatThrownBy(() -> secrets().values())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CHARTLAKE_SECRET_ARN")
                .hasMessageContaining("no value");
    }

    @Test
    void withoutASecretThereAreNoValues() throws Exception {
        assertThat(new Secrets(Optional.empty(), Harness.CLOCK).values()).isEmpty();
    }
}
