package dev.chartlake.aws.s3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Signs requests to S3 by Signature Version 4.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">How S3 wants it</a>
 */
final class RestSigner {

    /** In place of the checksum of a body that TLS protects. */
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DATE = 8;

    private final String region;

    RestSigner(String region) {
        this.region = region;
    }

    /**
     * A request that is to be signed.
     *
     * @param path encoded
     * @param query encoded, its parameters sorted
     * @param headers names in small letters, with {@code host} and {@code x-amz-content-sha256}; all of them are signed
     */
    record Unsigned(String method, String path, String query, TreeMap<String, String> headers) {}

    /** Adds the headers that sign it at this time. */
    void sign(Unsigned request, AwsCredentials credentials, Instant now) {
        String time = TIME.format(now);
        Map<String, String> headers = request.headers();
        headers.put("x-amz-date", time);
        if (credentials instanceof AwsSessionCredentials session) {
            headers.put("x-amz-security-token", session.sessionToken());
        }
        StringBuilder canonical = new StringBuilder();
        canonical.append(request.method()).append('\n');
        canonical.append(request.path()).append('\n').append(request.query()).append('\n');
        headers.forEach((name, value) ->
                canonical.append(name).append(':').append(value.strip()).append('\n'));
        String names = String.join(";", headers.keySet());
        canonical.append('\n').append(names).append('\n').append(headers.get("x-amz-content-sha256"));
        String date = time.substring(0, DATE);
        String scope = date + "/" + region + "/s3/aws4_request";
        String toSign =
                ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(sha256().digest(bytes(canonical.toString())));
        byte[] key = bytes("AWS4" + credentials.secretAccessKey());
        for (String step : new String[] {date, region, "s3", "aws4_request"}) {
            key = hmac(key, step);
        }
        headers.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + hex(hmac(key, toSign)));
    }

    /** Encodes all but unreserved characters; slashes only where {@code keep} does not name them. */
    static String encode(String text, String keep) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : bytes(text)) {
            char c = (char) (b & 0xff);
            if (c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "-._~".indexOf(c) >= 0
                    || keep.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
