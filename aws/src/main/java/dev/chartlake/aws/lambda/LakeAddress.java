package dev.chartlake.aws.lambda;

import java.util.Optional;

/**
 * Where the lake is: {@code s3://bucket/prefix}, or the path of a folder.
 *
 * @param text as it was set
 * @param bucket its bucket; empty if it is a folder
 * @param prefix what its keys begin with: empty, or with a slash at its end
 */
record LakeAddress(String text, String bucket, String prefix) {

    private static final String SCHEME = "s3://";

    /** Throws {@link IllegalArgumentException} if it is neither. */
    static LakeAddress parse(String text) {
        if (text.startsWith("/")) {
            return new LakeAddress(text, "", "");
        }
        String rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : "";
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException(LambdaSettings.LAKE + " is "
                    + (text.isEmpty() ? "not set" : "'" + text + "'") + ". Set it to s3://bucket/prefix.");
        }
        String prefix = slash < 0 ? "" : rest.substring(slash + 1).replaceAll("^/+|/+$", "");
        return new LakeAddress(text, bucket, prefix.isEmpty() ? "" : prefix + "/");
    }

    boolean isFolder() {
        return bucket.isEmpty();
    }

    /** The key within the lake of an object of S3; empty if it is not the lake's. Of a folder all events tell. */
    Optional<String> key(String bucketOfObject, String keyOfObject) {
        boolean ours = isFolder() || bucketOfObject.equals(bucket) && keyOfObject.startsWith(prefix);
        return ours ? Optional.of(keyOfObject.substring(prefix.length())) : Optional.empty();
    }
}
