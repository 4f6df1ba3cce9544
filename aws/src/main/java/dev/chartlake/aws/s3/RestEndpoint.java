package dev.chartlake.aws.s3;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Where a bucket answers, and how it is to be asked.
 *
 * @param server scheme, host and port
 * @param path what the paths of all requests begin with, with a slash at its end
 */
record RestEndpoint(URI server, String path, String bucket, RestSigner signer, AwsCredentialsProvider credentials) {

    /** Regions whose servers are at {@code amazonaws.com}. */
    private static final Pattern REGION = Pattern.compile("(af|ap|ca|eu|il|me|mx|sa|us)-(gov-)?[a-z]+-\\d+");

    /** What asks for the SDK, for another server, or for other credentials than region and endpoint tell. */
    private static final List<String> ELSE = List.of(
            "AWS_PROFILE",
            "CHARTLAKE_S3_SDK",
            "AWS_USE_FIPS_ENDPOINT",
            "AWS_USE_DUALSTACK_ENDPOINT",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");

    /** That of a bucket, if the environment says all that it takes, as that of a function does. */
    static Optional<RestEndpoint> of(String bucket, Map<String, String> environment) {
        String region = environment.getOrDefault("AWS_REGION", "");
        String other = S3Clients.ENDPOINTS.stream()
                .map(variable -> environment.getOrDefault(variable, ""))
                .filter(url -> !url.isEmpty())
                .findFirst()
                .orElse("");
        boolean known = other.isEmpty() ? REGION.matcher(region).matches() : !region.isEmpty() && isServer(other);
        if (!known
                || ELSE.stream()
                        .anyMatch(variable ->
                                !environment.getOrDefault(variable, "").isEmpty())) {
            return Optional.empty();
        }
        RestSigner signer = new RestSigner(region);
        AwsCredentialsProvider credentials = credentials(environment);
        if (!other.isEmpty()) {
            return Optional.of(new RestEndpoint(URI.create(other), "/" + bucket + "/", bucket, signer, credentials));
        }
        String server = "s3." + region + ".amazonaws.com";
        boolean dotted = bucket.contains("."); // no certificate is for such hosts
        return Optional.of(new RestEndpoint(
                URI.create("https://" + (dotted ? "" : bucket + ".") + server),
                dotted ? "/" + bucket + "/" : "/",
                bucket,
                signer,
                credentials));
    }

    private static boolean isServer(String url) {
        return url.matches("https?://[A-Za-z0-9.:\\[\\]-]+/?");
    }

    private static AwsCredentialsProvider credentials(Map<String, String> environment) {
        String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
        if (key.isEmpty() || secret.isEmpty()) {
            return DefaultCredentialsProvider.builder().build(); // with SnapStart they come from a server of Lambda's
        }
        return StaticCredentialsProvider.create(
                token.isEmpty()
                        ? AwsBasicCredentials.create(key, secret)
                        : AwsSessionCredentials.create(key, secret, token));
    }
}
