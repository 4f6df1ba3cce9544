package dev.chartlake.aws.s3;

import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The objects of one lake, one request at a time: keys of the lake instead of keys of the bucket, and failures that say
 * what to do.
 */
final class S3Objects {

    private final S3Client client;
    private final S3Address address;
    private final AtomicBoolean bucketSeen = new AtomicBoolean();

    S3Objects(S3Client client, S3Address address) {
        this.client = client;
        this.address = address;
    }

    /**
     * An object's state.
     *
     * @param version its ETag
     * @param seenAt the time by S3's clock
     */
    record Seen(String version, long size, Instant modifiedAt, Instant seenAt) {}

    S3Client client() {
        return client;
    }

    S3Address address() {
        return address;
    }

    String uri(String key) {
        return "s3://" + address.bucket() + "/" + address.prefix() + key;
    }

    /** The bucket's key. Throws {@link IllegalArgumentException} for a key that leads out of the lake. */
    String path(String key) {
        if (key.startsWith("/") || Arrays.asList(key.split("/")).contains("..")) {
            throw new IllegalArgumentException("Key leads out of the lake: " + key);
        }
        return address.prefix() + key;
    }

    /** Asks S3; failures have their cure. A missing object stays an {@link SdkException}. */
    <T> T ask(String doing, String key, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (SdkException e) {
            if (S3Failures.isConflict(e) || S3Failures.isTooLarge(e) || S3Failures.isMissing(e) && !isNoBucket(e)) {
                throw e;
            }
            throw S3Failures.of(doing, uri(key), e);
        }
    }

    private static boolean isNoBucket(SdkException e) {
        return e instanceof software.amazon.awssdk.services.s3.model.NoSuchBucketException;
    }

    /** An answer to HEAD says nothing but 404 for a missing bucket, too: asks once whether it is there. */
    private void missing(String key) throws IOException {
        if (bucketSeen.get()) {
            return;
        }
        try {
            ask("s3:ListBucket", key, () -> client.headBucket(to -> to.bucket(address.bucket())));
        } catch (SdkException e) {
            throw S3Failures.noBucket(uri(key), e);
        }
        bucketSeen.set(true);
    }

    Optional<Seen> look(String key) throws IOException {
        String path = path(key);
        try {
            HeadObjectResponse head = ask(
                    "s3:GetObject",
                    key,
                    () -> client.headObject(to -> to.bucket(address.bucket()).key(path)));
            Instant now = head.sdkHttpResponse()
                    .firstMatchingHeader("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElseGet(Instant::now);
            return Optional.of(new Seen(head.eTag(), head.contentLength(), head.lastModified(), now));
        } catch (SdkException e) {
            missing(key);
            return Optional.empty();
        }
    }

    Optional<Versioned> read(String key) throws IOException {
        String path = path(key);
        try {
            ResponseBytes<GetObjectResponse> object = ask(
                    "s3:GetObject",
                    key,
                    () -> client.getObjectAsBytes(
                            to -> to.bucket(address.bucket()).key(path)));
            return Optional.of(
                    new Versioned(object.asByteArrayUnsafe(), object.response().eTag()));
        } catch (SdkException e) {
            missing(key);
            return Optional.empty();
        }
    }

    InputStream open(String key) throws IOException {
        String path = path(key);
        try {
            return new S3In(
                    uri(key),
                    ask(
                            "s3:GetObject",
                            key,
                            () -> client.getObject(
                                    to -> to.bucket(address.bucket()).key(path), ResponseTransformer.toInputStream())));
        } catch (SdkException e) {
            missing(key);
            MissingObjectException missing = new MissingObjectException(key, address.toString());
            missing.initCause(e);
            throw missing;
        }
    }

    /** Writes a small object if its version is {@code expected}, or if there is none for null. Gives its new version. */
    Optional<String> putIf(String key, byte[] bytes, @Nullable String expected) throws IOException {
        return put(
                key,
                to -> {
                    to.ifMatch(expected);
                    to.ifNoneMatch(expected == null ? "*" : null);
                },
                RequestBody.fromBytes(bytes));
    }

    /** Writes an object in one request; empty if a condition did not hold. Gives its version. */
    Optional<String> put(String key, Consumer<PutObjectRequest.Builder> conditions, RequestBody body)
            throws IOException {
        String path = path(key);
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(address.bucket()).key(path);
        conditions.accept(request);
        try {
            String version = ask("s3:PutObject", key, () -> client.putObject(request.build(), body))
                    .eTag();
            bucketSeen.set(true);
            return Optional.of(version);
        } catch (SdkException e) {
            if (S3Failures.isConflict(e)) {
                return Optional.empty();
            }
            // With If-Match, an object that is gone is a version that has changed.
            missing(key);
            return Optional.empty();
        }
    }

    /** Copies an object in one request; false if it is not there, or too large for that. */
    boolean copy(String from, String to) throws IOException {
        String source = path(from);
        String target = path(to);
        try {
            ask(
                    "s3:PutObject",
                    to,
                    () -> client.copyObject(request -> request.sourceBucket(address.bucket())
                            .sourceKey(source)
                            .destinationBucket(address.bucket())
                            .destinationKey(target)));
            return true;
        } catch (SdkException e) {
            if (S3Failures.isMissing(e)) {
                missing(from);
            }
            return false;
        }
    }

    void delete(String key) throws IOException {
        String path = path(key);
        try {
            ask(
                    "s3:DeleteObject",
                    key,
                    () -> client.deleteObject(to -> to.bucket(address.bucket()).key(path)));
        } catch (SdkException e) {
            missing(key);
        }
    }

    /** Calls {@code page} with each page of the listing; {@code delimiter} is empty to go into folders. */
    void list(String prefix, String delimiter, Consumer<ListObjectsV2Response> page) throws IOException {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(address.bucket())
                .prefix(path(prefix))
                .delimiter(delimiter.isEmpty() ? null : delimiter)
                .build();
        try {
            ask("s3:ListBucket", prefix, () -> {
                client.listObjectsV2Paginator(request).forEach(page);
                return true;
            });
            bucketSeen.set(true);
        } catch (SdkException e) {
            throw S3Failures.of("s3:ListBucket", uri(prefix), e);
        }
    }

    List<ObjectInfo> objects(String prefix, String delimiter) throws IOException {
        List<ObjectInfo> found = new ArrayList<>();
        list(
                prefix,
                delimiter,
                page -> page.contents().forEach(object -> {
                    if (!object.key().endsWith("/")) { // what consoles write for an empty folder
                        found.add(new ObjectInfo(
                                object.key().substring(address.prefix().length()),
                                object.size(),
                                object.lastModified(),
                                object.eTag()));
                    }
                }));
        return found;
    }
}
