package dev.chartlake.aws.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What S3 answers. An answer that is read to its end leaves its connection to the next request. */
final class RestAnswers {

    /** A failure that S3 tells of after it has said 200. */
    static final int LATE = 500;

    private static final int TOO_MANY = 429;
    private static final Set<String> MAY_PASS = Set.of("RequestTimeout", "SlowDown", "Throttling", "RequestThrottled");
    private static final String REGION = "x-amz-bucket-region";

    private RestAnswers() {}

    /** The body; its connection is free again when it is closed at its end. */
    static InputStream in(HttpURLConnection connection) throws IOException {
        return new Whole(connection.getInputStream(), connection.getContentLengthLong());
    }

    /** All of a small body, or of a failure's. */
    static byte[] bytes(HttpURLConnection connection) throws IOException {
        boolean failed = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
        boolean none = connection.getRequestMethod().equals("HEAD");
        try (InputStream in = failed ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null
                    ? new byte[0]
                    : (none ? in : new Whole(in, connection.getContentLengthLong())).readAllBytes();
        }
    }

    /** The failure that an answer tells of. */
    static S3Exception failure(int status, HttpURLConnection connection) throws IOException {
        return failure(status, error(bytes(connection)), connection);
    }

    /** Null for an answer of a server between here and S3. */
    private static @Nullable RestXml error(byte[] body) {
        try {
            return body.length == 0 ? null : RestXml.read(body);
        } catch (IOException e) {
            return null;
        }
    }

    /** The same; {@code error} is null if nothing but the status tells what failed. */
    static S3Exception failure(int status, @Nullable RestXml error, HttpURLConnection connection) {
        @Nullable String code = error == null ? null : error.text("Code");
        SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(status);
        @Nullable String region = connection.getHeaderField(REGION);
        if (region != null) {
            http.putHeader(REGION, region);
        }
        AwsErrorDetails.Builder details = AwsErrorDetails.builder()
                .errorMessage(error == null ? null : error.text("Message"))
                .sdkHttpResponse(http.build());
        if (code != null) {
            details.errorCode(code);
        }
        S3Exception.Builder failure =
                "NoSuchBucket".equals(code) ? NoSuchBucketException.builder() : S3Exception.builder();
        failure.statusCode(status)
                .requestId(connection.getHeaderField("x-amz-request-id"))
                .awsErrorDetails(details.build());
        return (S3Exception) failure.build();
    }

    /** True if it may be answered when it is asked again. */
    static boolean mayPass(S3Exception e) {
        String code = e.awsErrorDetails().errorCode();
        boolean serverFailed = e.statusCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR
                && e.statusCode() != HttpURLConnection.HTTP_NOT_IMPLEMENTED;
        return serverFailed || e.statusCode() == TOO_MANY || (code != null && MAY_PASS.contains(code));
    }

    /** A body that must not end before its length: the JDK's client takes a broken connection for its end. */
    private static final class Whole extends FilterInputStream {
        private final long length;
        private long read;

        Whole(InputStream in, long length) {
            super(in);
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            int count = in.read(bytes, from, most);
            read += Math.max(0, count);
            if (count < 0 && read < length) {
                throw new IOException("the connection broke after " + read + " of " + length + " bytes");
            }
            return count;
        }
    }
}
