package dev.chartlake.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.chartlake.aws.s3.S3Requests.Body;
import dev.chartlake.aws.s3.S3Requests.Condition;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Requests without the SDK's client: what is sent, and what becomes of answers that a good server does not give. */
class RestRequestsTest {

    private static final String SLOW_DOWN = "<Error><Code>SlowDown</Code><Message>Please</Message></Error>";
    private static final String DENIED = "<Error><Code>AccessDenied</Code><Message>No &amp; no</Message></Error>";
    private static final int TRIES = 5;

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> waits = new ArrayList<>();
    private HttpServer server;
    private RestRequests requests;

    /** {@code missing} bytes of the body are never sent. */
    private record Answer(int status, String body, int missing) {}

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent);
            Answer answer = answers.remove();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.getResponseHeaders().add("x-amz-bucket-region", "eu-west-1");
            exchange.sendResponseHeaders(
                    answer.status(),
                    body.length == 0 || exchange.getRequestMethod().equals("HEAD")
                            ? -1
                            : body.length + answer.missing());
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        requests = new RestRequests(
                RestStoreTest.endpoint(address, "key", "secret", S3Address.parse("s3://lakes")), waits::add);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(int status, String body) {
        answers.add(new Answer(status, body, 0));
    }

    private static Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatMayPassIsAskedAgainAfterAWait() {
        answer(503, SLOW_DOWN);
        answer(500, "");
        answer(200, "");
        assertThat(requests.put("a b/ö", body("x"), Condition.NONE)).isEqualTo("\"1\"");
        assertThat(asked).containsExactlyElementsOf(Collections.nCopies(3, "PUT /lakes/a%20b/%C3%B6 x"));
        assertThat(waits).hasSize(2).allMatch(wait -> wait.toMillis() <= 200);
    }

    @Test
    void whatIsRefusedIsNotAskedAgain() {
        answer(403, DENIED);
        assertThatThrownBy(() -> requests.delete("a")).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.statusCode()).isEqualTo(403);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("No & no");
            assertThat(e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region"))
                    .contains("eu-west-1");
        });
        assertThat(waits).isEmpty();
    }

    @Test
    void afterFiveTriesItIsGivenUp() {
        for (int i = 0; i < TRIES; i++) {
            answer(503, SLOW_DOWN);
        }
        assertThatThrownBy(() -> requests.head("a"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(503));
        assertThat(asked).hasSize(TRIES);
        assertThat(waits).hasSize(TRIES - 1);
    }

    /** The JDK's client takes a connection that breaks for the body's end. */
    @Test
    void aBodyThatBreaksOffIsNotTakenForWhole() throws IOException {
        answers.add(new Answer(200, "half", 4));
        answer(200, "whole");
        assertThat(requests.read("a").bytes()).asString().isEqualTo("whole");
        answers.add(new Answer(200, "half", 4));
        answer(200, "whole");
        try (InputStream in = requests.open("a").in()) {
            assertThat(in.readAllBytes()).asString().isEqualTo("whole");
        }
        String large = "x".repeat((int) ObjectStore.SMALL);
        answers.add(new Answer(200, large, 4));
        try (InputStream in = requests.open("a").in()) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("1048576 of 1048580 bytes");
        }
        for (int i = 0; i < TRIES; i++) {
            answers.add(new Answer(200, "half", 4));
        }
        assertThatThrownBy(() -> requests.list("", "", null)).isInstanceOf(SdkClientException.class);
    }

    /** What comes of it can be less than what was sent, and nothing but the XML tells. */
    @Test
    void anAnswerThatIsCutShortOrNotOfS3IsAskedForAgain() {
        answer(200, "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a</Key>");
        answer(200, "<!DOCTYPE html><html><body>Please wait</body></html>");
        answer(200, "");
        answer(200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
        assertThat(requests.list("", "", null).objects()).isEmpty();
        answer(200, "<?xml version=\"1.0\"?><CopyObjectResult><ETag>");
        answer(200, "<?xml version=\"1.0\"?><s3:CopyObjectResult xmlns:s3=\"s3\"><s3:ETag/></s3:CopyObjectResult>");
        requests.copy("a", "b");
        assertThat(asked).hasSize(6);
        assertThat(waits).hasSize(4);
    }

    @Test
    void aFailureThatIsCutShortIsAskedForAgain() {
        answers.add(new Answer(403, DENIED, 4));
        answer(200, "");
        requests.delete("a");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aFailureThatIsNotOfS3IsToldByItsStatus() {
        answer(403, "<!DOCTYPE html><html><body>Sign in<br></body></html>");
        assertThatThrownBy(() -> requests.delete("a")).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.statusCode()).isEqualTo(403);
            assertThat(e.awsErrorDetails().errorCode()).isNull();
        });
        assertThat(asked).hasSize(1);
    }

    @Test
    void aCopyThatFailsAfterItWasAnsweredHasFailed() {
        answer(200, "<Error><Code>InternalError</Code><Message>Try again</Message></Error>");
        answer(200, "<CopyObjectResult><ETag>\"1\"</ETag></CopyObjectResult>");
        requests.copy("a", "b");
        assertThat(asked).hasSize(2);
    }

    @Test
    void listingsAreReadPageByPage() {
        answer(
                200,
                "<?xml version=\"1.0\"?><ListBucketResult><Name>lakes</Name><Prefix>p%2F</Prefix>"
                        + "<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>"
                        + "<NextContinuationToken>a&amp;b=</NextContinuationToken>"
                        + "<Contents><Key>p/a+b%26%C3%B6</Key><LastModified>2026-11-21T10:00:00.000Z</LastModified>"
                        + "<ETag>&quot;5&#34;</ETag><Size>5000000000</Size><Owner><ID>x</ID></Owner></Contents>"
                        + "<CommonPrefixes><Prefix>p/sub/</Prefix></CommonPrefixes></ListBucketResult>");
        answer(200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
        S3Requests.Page page = requests.list("p/", "/", null);
        assertThat(page.objects())
                .containsExactly(new S3Requests.Listed(
                        "p/a b&ö", 5_000_000_000L, Instant.parse("2026-11-21T10:00:00Z"), "\"5\""));
        assertThat(page.folders()).containsExactly("p/sub/");
        assertThat(requests.list("p/", "/", page.next()).next()).isNull();
        assertThat(asked)
                .containsExactly(
                        "GET /lakes/?delimiter=%2F&encoding-type=url&list-type=2&prefix=p%2F ",
                        "GET /lakes/?continuation-token=a%26b%3D&delimiter=%2F&encoding-type=url&list-type=2&prefix=p%2F ");
    }

    /** The example of AWS's documentation. */
    @Test
    void signaturesAreThoseOfAws() {
        AwsBasicCredentials credentials =
                AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        Clock clock = Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC);
        SdkHttpRequest signed = new RestSigner("us-east-1", clock)
                .sign(
                        SdkHttpRequest.builder()
                                .method(SdkHttpMethod.GET)
                                .uri(URI.create("http://examplebucket.s3.amazonaws.com/test.txt"))
                                .putHeader("Range", "bytes=0-9")
                                .build(),
                        credentials,
                        null);
        assertThat(signed.firstMatchingHeader("Authorization").orElseThrow())
                .endsWith("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        SdkHttpRequest encrypted = new RestSigner("us-east-1", clock)
                .sign(
                        SdkHttpRequest.builder()
                                .method(SdkHttpMethod.PUT)
                                .uri(URI.create("https://examplebucket.s3.amazonaws.com/test.txt"))
                                .build(),
                        credentials,
                        ContentStreamProvider.fromUtf8String("text"));
        assertThat(encrypted.firstMatchingHeader("x-amz-content-sha256")).contains("UNSIGNED-PAYLOAD");
    }

    @Test
    void anEndpointIsFoundWhereTheEnvironmentSaysAll() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_REGION", "eu-north-1",
                "AWS_ACCESS_KEY_ID", "key",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_SESSION_TOKEN", "token"));
        assertThat(RestEndpoint.of("charts", environment)).hasValueSatisfying(endpoint -> {
            assertThat(endpoint.server()).hasToString("https://charts.s3.eu-north-1.amazonaws.com");
            assertThat(endpoint.path()).isEqualTo("/");
            assertThat(endpoint.credentials().resolveCredentials())
                    .isEqualTo(AwsSessionCredentials.create("key", "secret", "token"));
        });
        assertThat(RestEndpoint.of("my.charts", environment)).hasValueSatisfying(endpoint -> {
            assertThat(endpoint.server()).hasToString("https://s3.eu-north-1.amazonaws.com");
            assertThat(endpoint.path()).isEqualTo("/my.charts/");
        });
        environment.put("AWS_REGION", "cn-north-1");
        assertThat(RestEndpoint.of("charts", environment)).isEmpty();
        environment.put("AWS_ENDPOINT_URL", "http://localhost:9000");
        assertThat(RestEndpoint.of("charts", environment)).hasValueSatisfying(endpoint -> {
            assertThat(endpoint.server()).hasToString("http://localhost:9000");
            assertThat(endpoint.path()).isEqualTo("/charts/");
        });
        for (String variable : List.of("AWS_USE_FIPS_ENDPOINT", "CHARTLAKE_S3_SDK")) {
            environment.put(variable, "true");
            assertThat(RestEndpoint.of("charts", environment)).isEmpty();
            environment.remove(variable);
        }
    }
}
