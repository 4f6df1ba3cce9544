package dev.chartlake.aws.s3;

/**
 * Where a lake is on S3.
 *
 * @param bucket its bucket
 * @param prefix what its keys begin with: empty, or with a slash at its end
 */
public record S3Address(String bucket, String prefix) {

    private static final String SCHEME = "s3://";

    /** Reads {@code s3://bucket/prefix}; {@link IllegalArgumentException} says what is wrong. */
    public static S3Address parse(String text) {
        String rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : "";
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash + 1).replaceAll("^/+|/+$", "");
        if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")) {
            throw new IllegalArgumentException(
                    "Not an address of a lake on S3: " + text + ". It looks like s3://bucket/prefix.");
        }
        for (String segment : prefix.split("/")) {
            if (segment.equals("..") || segment.equals(".")) {
                throw new IllegalArgumentException("Not an address of a lake on S3: " + text
                        + ". A prefix has no '.' and no '..' between its slashes.");
            }
        }
        return new S3Address(bucket, prefix.isEmpty() ? "" : prefix + "/");
    }

    /** As a URI, without a slash at its end. */
    @Override
    public String toString() {
        String uri = SCHEME + bucket + "/" + prefix;
        return uri.substring(0, uri.length() - 1);
    }
}
