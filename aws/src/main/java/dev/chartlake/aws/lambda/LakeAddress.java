package dev.chartlake.aws.lambda;

import dev.chartlake.aws.s3.S3Address;
import java.util.Optional;

/**
 * Where the lake is.
 *
 * @param text as it was set
 * @param s3 its bucket and prefix; empty if it is a folder
 */
record LakeAddress(String text, Optional<S3Address> s3) {

    /** Reads {@code s3://bucket/prefix}, or the path of a folder; {@link IllegalArgumentException} says what is wrong. */
    static LakeAddress parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(LambdaSettings.LAKE + " is not set. Set it to s3://bucket/prefix.");
        }
        return new LakeAddress(text, text.startsWith("/") ? Optional.empty() : Optional.of(S3Address.parse(text)));
    }

    /** The key within the lake of an object of S3; empty if it is not the lake's. Of a folder all events tell. */
    Optional<String> key(String bucket, String key) {
        if (s3.isEmpty()) {
            return Optional.of(key);
        }
        boolean ours =
                bucket.equals(s3.get().bucket()) && key.startsWith(s3.get().prefix());
        return ours ? Optional.of(key.substring(s3.get().prefix().length())) : Optional.empty();
    }
}
