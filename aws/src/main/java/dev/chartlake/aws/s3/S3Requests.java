package dev.chartlake.aws.s3;

import dev.chartlake.store.ObjectStore.Versioned;
import dev.chartlake.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The requests that a lake makes, one method each, with the keys of the bucket. What S3 refuses, and that it cannot be
 * reached, is an {@link software.amazon.awssdk.core.exception.SdkException}. What may pass has been tried again. Used from any
 * number of threads.
 */
interface S3Requests {

    /** A client of the SDK for the requests that have no method here. */
    S3Client client() throws StoreException;

    /** Fails if the bucket is not there. */
    void checkBucket();

    /** An object's state. */
    Seen head(String key);

    /** A whole small object. */
    Versioned read(String key);

    /** An object to be read: all of a small one is here by then, so that its connection is free. */
    Opened open(String key);

    /** Writes an object and gives its version. */
    String put(String key, Body body, Condition condition);

    /** Copies an object, replacing what is there. */
    void copy(String from, String to);

    /** Deletes an object, whether it is there or not. */
    void delete(String key);

    /** A page of the objects whose keys begin with {@code prefix}; {@code after} is what the page before said comes next. */
    Page list(String prefix, String delimiter, @Nullable String after);

    /**
     * An object's state.
     *
     * @param version its ETag
     * @param seenAt the time by S3's clock
     */
    record Seen(String version, long size, Instant modifiedAt, Instant seenAt) {}

    /**
     * An object being read.
     *
     * @param abort gives up its connection; else {@code in} is read to its end and closed
     */
    record Opened(InputStream in, Closeable abort) {

        static Opened of(byte[] all) {
            return new Opened(new ByteArrayInputStream(all), () -> {});
        }
    }

    /** Which version a write may replace; null does not matter. */
    record Condition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

        static final Condition NONE = new Condition(null, null);

        /** That the version is {@code expected}, or that nothing is there for null. */
        static Condition expecting(@Nullable String expected) {
            return new Condition(expected, expected == null ? "*" : null);
        }
    }

    /**
     * An object's bytes, which can be read several times.
     *
     * @param crc32c as S3 writes it; null if S3 need not compare
     */
    record Body(Content content, long size, @Nullable String crc32c) {

        static Body of(byte[] bytes) {
            return new Body(() -> new ByteArrayInputStream(bytes), bytes.length, null);
        }
    }

    /** Where bytes come from. */
    interface Content {
        InputStream open() throws IOException;
    }

    /** An object in a listing. */
    record Listed(String key, long size, Instant modifiedAt, String version) {}

    /**
     * A page of a listing.
     *
     * @param folders keys up to the delimiter, in place of all the objects below
     * @param next where it goes on; null at the end
     */
    record Page(
            List<Listed> objects,
            List<String> folders,
            @Nullable String next) {}
}
