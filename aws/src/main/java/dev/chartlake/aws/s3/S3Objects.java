package dev.chartlake.aws.s3;

import dev.chartlake.aws.s3.S3Requests.Body;
import dev.chartlake.aws.s3.S3Requests.Condition;
import dev.chartlake.aws.s3.S3Requests.Page;
import dev.chartlake.aws.s3.S3Requests.Seen;
import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore.Versioned;
import dev.chartlake.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The objects of one lake, one request at a time: keys of the lake instead of keys of the bucket, and failures that say
 * what to do.
 */
final class S3Objects {

    private final S3Requests requests;
    private final S3Address address;
    private final AtomicBoolean bucketSeen = new AtomicBoolean();

    S3Objects(S3Requests requests, S3Address address) {
        this.requests = requests;
        this.address = address;
    }

    /** The SDK's, for large objects. */
    S3Client client() throws StoreException {
        return requests.client();
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
            ask("s3:ListBucket", key, () -> {
                requests.checkBucket();
                return true;
            });
        } catch (SdkException e) {
            throw S3Failures.noBucket(uri(key), e);
        }
        bucketSeen.set(true);
    }

    Optional<Seen> look(String key) throws IOException {
        String path = path(key);
        try {
            return Optional.of(ask("s3:GetObject", key, () -> requests.head(path)));
        } catch (SdkException e) {
            missing(key);
            return Optional.empty();
        }
    }

    Optional<Versioned> read(String key) throws IOException {
        String path = path(key);
        try {
            return Optional.of(ask("s3:GetObject", key, () -> requests.read(path)));
        } catch (SdkException e) {
            if (!S3Failures.isNoKey(e)) {
                missing(key);
            }
            return Optional.empty();
        }
    }

    InputStream open(String key) throws IOException {
        String path = path(key);
        try {
            return new S3In(uri(key), ask("s3:GetObject", key, () -> requests.open(path)));
        } catch (SdkException e) {
            if (!S3Failures.isNoKey(e)) {
                missing(key);
            }
            MissingObjectException missing = new MissingObjectException(key, address.toString());
            missing.initCause(e);
            throw missing;
        }
    }

    /** Writes a small object if its version is {@code expected}, or if there is none for null. Gives its new version. */
    Optional<String> putIf(String key, byte[] bytes, @Nullable String expected) throws IOException {
        return put(key, Body.of(bytes), Condition.expecting(expected));
    }

    /** Writes an object in one request; empty if the condition did not hold. Gives its version. */
    Optional<String> put(String key, Body body, Condition condition) throws IOException {
        String path = path(key);
        try {
            String version = ask("s3:PutObject", key, () -> requests.put(path, body, condition));
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
            ask("s3:PutObject", to, () -> {
                requests.copy(source, target);
                return true;
            });
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
            ask("s3:DeleteObject", key, () -> {
                requests.delete(path);
                return true;
            });
        } catch (SdkException e) {
            missing(key);
        }
    }

    /** Calls {@code action} with each page of the listing; {@code delimiter} is empty to go into folders. */
    void list(String prefix, String delimiter, Consumer<Page> action) throws IOException {
        String path = path(prefix);
        try {
            @Nullable String after = null;
            do {
                @Nullable String from = after;
                Page page = ask("s3:ListBucket", prefix, () -> requests.list(path, delimiter, from));
                action.accept(page);
                after = page.next();
            } while (after != null);
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
                page -> page.objects().forEach(object -> {
                    if (!object.key().endsWith("/")) { // what consoles write for an empty folder
                        found.add(new ObjectInfo(
                                object.key().substring(address.prefix().length()),
                                object.size(),
                                object.modifiedAt(),
                                object.version()));
                    }
                }));
        return found;
    }
}
