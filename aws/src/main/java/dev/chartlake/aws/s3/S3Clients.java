package dev.chartlake.aws.s3;

import dev.chartlake.store.StoreException;
import dev.chartlake.store.StoreException.Kind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Clients as the environment and the AWS configuration say: region, credentials, and the endpoint of another S3. */
final class S3Clients {

    private static final int TRIES = 5;
    private static final int CONNECTIONS = 64;

    /** Servers other than AWS rarely have a name for each bucket. */
    static final List<String> ENDPOINTS = List.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");

    private S3Clients() {}

    /** Asks nobody yet. Throws {@link Kind#CONFIGURATION} without a region. */
    static S3Client open() throws StoreException {
        boolean elsewhere = ENDPOINTS.stream()
                .anyMatch(
                        variable -> !System.getenv().getOrDefault(variable, "").isEmpty());
        // Side by side, because most of the time goes into loading classes.
        CompletableFuture<SdkHttpClient> http = CompletableFuture.supplyAsync(
                () -> Apache5HttpClient.builder().maxConnections(CONNECTIONS).build(), S3Clients::run);
        CompletableFuture.runAsync(() -> ServiceMetadata.of("s3"), S3Clients::run);
        Region region = region();
        S3ClientBuilder builder = builder(region);
        S3Client client =
                builder.httpClient(http.join()).forcePathStyle(elsewhere).build();
        return elsewhere
                        || client.serviceClientConfiguration()
                                .endpointOverride()
                                .isEmpty()
                ? client
                : builder.forcePathStyle(true).build(); // the AWS configuration names another endpoint
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "s3-client");
        thread.setDaemon(true);
        thread.start();
    }

    private static S3ClientBuilder builder(Region region) {
        return S3Client.builder()
                .region(region)
                // Checksums that do not need it are left out: tables have their own, and not every server knows them.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(
                        options -> options.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(TRIES)
                                .build()));
    }

    private static Region region() throws StoreException {
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkClientException e) {
            throw new StoreException(
                    Kind.CONFIGURATION,
                    "No AWS region is set. Set that of the bucket: export AWS_REGION=eu-north-1, or 'region' in ~/.aws/config."
                            + " For a server of your own, any one will do: AWS_REGION=us-east-1.",
                    e);
        }
    }
}
