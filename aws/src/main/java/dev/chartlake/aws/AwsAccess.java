package dev.chartlake.aws;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** The region and credentials that the environment, the AWS configuration or the machine's role give, or how to set them. */
public final class AwsAccess {

    private AwsAccess() {}

    /** The region. Throws {@link Kind#CONFIGURATION} if there is none. */
    public static Region region() throws WarehouseException {
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkClientException e) {
            throw new WarehouseException(
                    Kind.CONFIGURATION,
                    "No AWS region is set. Set one: export AWS_REGION=eu-north-1, or 'region' in ~/.aws/config.",
                    e);
        }
    }

    /** Credentials that are there now. Throws {@link Kind#SIGN_IN} if there are none. */
    public static AwsCredentialsProvider credentials() throws WarehouseException {
        AwsCredentialsProvider credentials =
                DefaultCredentialsProvider.builder().build();
        try {
            credentials.resolveCredentials();
            return credentials;
        } catch (SdkClientException e) {
            throw new WarehouseException(
                    Kind.SIGN_IN,
                    "No AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY;"
                            + " aws sts get-caller-identity tells whether they work.",
                    e);
        }
    }
}
