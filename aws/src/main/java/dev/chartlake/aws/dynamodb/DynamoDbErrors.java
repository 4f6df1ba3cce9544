package dev.chartlake.aws.dynamodb;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the exceptions of the SDK mean for its user. Their own messages can hold requests, so of these only codes are told. */
final class DynamoDbErrors {

    private static final Set<String> REFUSED = Set.of(
            "AccessDeniedException",
            "ExpiredTokenException",
            "IncompleteSignatureException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "NotAuthorized",
            "OptInRequired",
            "UnrecognizedClientException");

    private DynamoDbErrors() {}

    static WarehouseException explained(SdkException e) {
        if (!(e instanceof AwsServiceException service)) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return new WarehouseException(
                    Kind.UNAVAILABLE,
                    "DynamoDB cannot be reached: " + cause.getMessage()
                            + ". Check the network, AWS_REGION and AWS_ENDPOINT_URL_DYNAMODB, and run load again.",
                    e);
        }
        String code =
                service.awsErrorDetails() == null || service.awsErrorDetails().errorCode() == null
                        ? "status " + service.statusCode()
                        : service.awsErrorDetails().errorCode();
        if (REFUSED.contains(code)) {
            return new WarehouseException(
                    Kind.SIGN_IN,
                    "DynamoDB refuses these credentials: " + code
                            + ". aws sts get-caller-identity tells whose they are; they need dynamodb:DescribeTable,"
                            + " BatchGetItem, GetItem, UpdateItem, PutItem and DeleteItem on the tables.",
                    e);
        }
        if (code.equals("ResourceNotFoundException")) {
            return new WarehouseException(
                    Kind.CONFIGURATION, "A table of DynamoDB was deleted during the load. Run load again.", e);
        }
        if (code.equals("ValidationException")) {
            return new WarehouseException(
                    Kind.UNAVAILABLE,
                    "DynamoDB did not understand a request, which is an error of this version: "
                            + service.awsErrorDetails().errorMessage(),
                    e);
        }
        return new WarehouseException(
                Kind.UNAVAILABLE,
                "DynamoDB answered " + code + " (request " + service.requestId() + "). Run load again.",
                e);
    }
}
