package dev.chartlake.aws.s3;

import dev.chartlake.store.StoreException;
import dev.chartlake.store.StoreException.Kind;
import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failure of S3 means to the user, and what to do about it. Answers of S3 are never repeated in full. */
final class S3Failures {

    private static final String KEYS = "Sign in again: aws sso login, another AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY; aws sts get-caller-identity tells whether they work.";
    private static final Set<String> UNKNOWN_KEYS = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "TokenRefreshRequired",
            "AuthorizationHeaderMalformed");
    private static final int MOVED = 301;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_IMPLEMENTED = 501;

    private S3Failures() {}

    /** True if the object or its bucket is not there. */
    static boolean isMissing(SdkException e) {
        return status(e) == 404;
    }

    /** True if S3 says that the object is not there, and so that its bucket is. */
    static boolean isNoKey(SdkException e) {
        return e instanceof AwsServiceException answer && code(answer).equals("NoSuchKey");
    }

    /** True if the condition of a write did not hold, or another write was faster. */
    static boolean isConflict(SdkException e) {
        return status(e) == 412 || status(e) == 409;
    }

    /** True if an object cannot be copied in one request. */
    static boolean isTooLarge(SdkException e) {
        return e instanceof AwsServiceException answer
                && answer.statusCode() == 400
                && code(answer).equals("InvalidRequest")
                && String.valueOf(answer.awsErrorDetails().errorMessage()).contains("copy source");
    }

    private static int status(SdkException e) {
        return e instanceof AwsServiceException answer ? answer.statusCode() : 0;
    }

    /** The same failure with its cure. {@code doing} is the operation, {@code what} the object's URI. */
    static IOException of(String doing, String what, SdkException e) {
        if (e instanceof AwsServiceException answer) {
            return answered(doing, what, answer);
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("Unable to load credentials")
                || message.contains("Profile file contained no credentials")) {
            return new StoreException(
                    Kind.SIGN_IN,
                    "No AWS credentials for " + what
                            + ". Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
                    e);
        }
        String where = e instanceof SdkClientException ? " cannot be reached: " : " failed: ";
        return new IOException(
                what + where + firstLine(message)
                        + ". Check the network, AWS_REGION, and AWS_ENDPOINT_URL_S3 if you set it. Nothing is lost: run it again.",
                e);
    }

    private static IOException answered(String doing, String what, AwsServiceException e) {
        String code = code(e);
        if (code.equals("NoSuchBucket")) {
            return noBucket(what, e);
        }
        if (UNKNOWN_KEYS.contains(code) || e.statusCode() == UNAUTHORIZED) {
            return new StoreException(
                    Kind.SIGN_IN, "S3 does not accept the credentials for " + what + " (" + code + "). " + KEYS, e);
        }
        if (e.statusCode() == FORBIDDEN) {
            return new StoreException(
                    Kind.SIGN_IN,
                    "S3 refuses " + doing + " of " + what + " (" + code
                            + "). The identity needs s3:ListBucket on the bucket, and s3:GetObject, s3:PutObject and"
                            + " s3:DeleteObject below the prefix; aws sts get-caller-identity tells who it is. The bucket's policy may"
                            + " refuse, too: that of deploy/ wants https.",
                    e);
        }
        if (e.statusCode() == MOVED || code.equals("IllegalLocationConstraintException")) {
            return new StoreException(
                    Kind.CONFIGURATION,
                    what + " is in another region" + region(e) + ". Set AWS_REGION to that of the bucket.",
                    e);
        }
        if (e.statusCode() == NOT_IMPLEMENTED) {
            return new StoreException(
                    Kind.CONFIGURATION,
                    "The server of " + what + " does not know " + doing + " (" + code
                            + "). A lake needs a store with conditional writes (If-Match and If-None-Match).",
                    e);
        }
        return new IOException(
                "S3 failed at " + doing + " of " + what + ": " + e.statusCode() + " " + code
                        + (e.requestId() == null ? "" : ", request " + e.requestId()) + ". Run it again later.",
                e);
    }

    static StoreException noBucket(String what, SdkException e) {
        return new StoreException(
                Kind.CONFIGURATION,
                "No bucket for " + what
                        + ". Check the name, the region and AWS_ENDPOINT_URL_S3, or make it: aws s3 mb s3://"
                        + S3Address.parse(what).bucket(),
                e);
    }

    private static String code(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code == null ? "status " + e.statusCode() : code;
    }

    private static String region(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? ""
                : e.awsErrorDetails()
                        .sdkHttpResponse()
                        .firstMatchingHeader("x-amz-bucket-region")
                        .map(region -> ", " + region)
                        .orElse("");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceAll("[. ]+$", "");
    }
}
