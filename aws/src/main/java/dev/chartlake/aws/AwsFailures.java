package dev.chartlake.aws;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failure of an AWS service means to the user, and what to do about it. */
public final class AwsFailures {
    private static final Set<String> DENIED = Set.of("AccessDeniedException", "AccessDenied");
    private static final Set<String> UNKNOWN = Set.of(
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "ExpiredTokenException",
            "ExpiredToken",
            "InvalidClientTokenId",
            "MissingAuthenticationTokenException");

    private AwsFailures() {}

    /** The same failure with its cure. {@code service} is what did not work, such as {@code Glue}. */
    public static WarehouseException of(String service, SdkException e) {
        if (!(e instanceof AwsServiceException failed) || failed.awsErrorDetails() == null) {
            return client(service, e);
        }
        var code = String.valueOf(failed.awsErrorDetails().errorCode());
        var message = code + ": " + failed.awsErrorDetails().errorMessage();
        if (DENIED.contains(code)) {
            return new WarehouseException(
                    Kind.SIGN_IN,
                    service + " refuses: " + message + ". The IAM identity lacks this permission; aws sts"
                            + " get-caller-identity says who it is.",
                    e);
        }
        if (UNKNOWN.contains(code)) {
            return new WarehouseException(
                    Kind.SIGN_IN,
                    service + " does not know these credentials, or no longer: " + message
                            + ". Sign in again: aws sso login, or other keys.",
                    e);
        }
        if (failed.isThrottlingException() || failed.statusCode() >= 500) {
            return new WarehouseException(
                    Kind.UNAVAILABLE,
                    service + " wants less to do or is out of order: " + message + ". Run it again later.",
                    e);
        }
        return new WarehouseException(Kind.CONFIGURATION, service + ": " + message, e);
    }

    private static WarehouseException client(String service, SdkException e) {
        var message = String.valueOf(e.getMessage());
        if (message.contains("Unable to load credentials")) {
            return new WarehouseException(
                    Kind.SIGN_IN,
                    "No AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
                    e);
        }
        return new WarehouseException(
                Kind.UNAVAILABLE,
                service + " cannot be reached: " + message + ". Check the network, AWS_REGION and AWS_ENDPOINT_URL.",
                e);
    }
}
