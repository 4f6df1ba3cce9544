package dev.chartlake.aws.s3;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Signs requests to S3 by AWS's own signer, which the SDK's client uses, too. */
final class RestSigner {

    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private final String region;
    private final Clock clock;

    RestSigner(String region) {
        this(region, Clock.systemUTC());
    }

    /** Signs at the time of {@code clock}. */
    RestSigner(String region, Clock clock) {
        this.region = region;
        this.clock = clock;
    }

    /** The request with its signature. The bytes of the body are left out of it where TLS protects them. */
    SdkHttpRequest sign(SdkHttpRequest request, AwsCredentials credentials, @Nullable ContentStreamProvider body) {
        boolean encrypted = request.protocol().equals("https");
        return SIGNER.sign(signing -> signing.request(request)
                        .identity(credentials)
                        .payload(body)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, !encrypted))
                .request();
    }
}
