package dev.chartlake.aws.s3;

import dev.chartlake.store.StoreException;
import dev.chartlake.store.StoreException.Kind;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Clients as the environment and the AWS configuration say: region, credentials, and the endpoint of another S3. */
final class S3Clients {

    private static final int TRIES = 5;
    private static final int CONNECTIONS = 64;

    private S3Clients() {}

    /** Asks nobody yet. Throws {@link Kind#CONFIGURATION} without a region. */
    static S3Client open() throws StoreException {
        Region region = region();
        S3Client client = builder(region).build();
        if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
            return client;
        }
        client.close();
        // Servers other than AWS rarely have a name for each bucket.
        return builder(region).forcePathStyle(true).build();
    }

    private static S3ClientBuilder builder(Region region) {
        return S3Client.builder()
                .region(region)
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(CONNECTIONS))
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
