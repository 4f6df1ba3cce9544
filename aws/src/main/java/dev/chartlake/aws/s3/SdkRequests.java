package dev.chartlake.aws.s3;

import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Requests by the AWS SDK, which knows all that AWS can be configured with. */
record SdkRequests(S3Client client, String bucket) implements S3Requests {

    @Override
    public void checkBucket() {
        client.headBucket(to -> to.bucket(bucket));
    }

    @Override
    public Seen head(String key) {
        HeadObjectResponse head = client.headObject(to -> to.bucket(bucket).key(key));
        Instant now = head.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .orElseGet(Instant::now);
        return new Seen(head.eTag(), head.contentLength(), head.lastModified(), now);
    }

    @Override
    public Versioned read(String key) {
        ResponseBytes<GetObjectResponse> object =
                client.getObjectAsBytes(to -> to.bucket(bucket).key(key));
        return new Versioned(object.asByteArrayUnsafe(), object.response().eTag());
    }

    @Override
    public Opened open(String key) {
        ResponseInputStream<GetObjectResponse> in =
                client.getObject(to -> to.bucket(bucket).key(key));
        if (in.response().contentLength() > ObjectStore.SMALL) {
            return new Opened(in, in::abort);
        }
        try (in) {
            return Opened.of(in.readAllBytes());
        } catch (IOException e) {
            in.abort();
            throw SdkClientException.create("the connection broke: " + e.getMessage(), e);
        }
    }

    @Override
    public String put(String key, Body body, Condition condition) {
        return client.putObject(
                        to -> to.bucket(bucket)
                                .key(key)
                                .ifMatch(condition.ifMatch())
                                .ifNoneMatch(condition.ifNoneMatch())
                                .checksumCRC32C(body.crc32c()),
                        RequestBody.fromContentProvider(() -> open(body), body.size(), "application/octet-stream"))
                .eTag();
    }

    private static InputStream open(Body body) {
        try {
            return body.content().open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void copy(String from, String to) {
        client.copyObject(request -> request.sourceBucket(bucket)
                .sourceKey(from)
                .destinationBucket(bucket)
                .destinationKey(to));
    }

    @Override
    public void delete(String key) {
        client.deleteObject(to -> to.bucket(bucket).key(key));
    }

    @Override
    public Page list(String prefix, String delimiter, @Nullable String after) {
        ListObjectsV2Response page = client.listObjectsV2(to -> to.bucket(bucket)
                .prefix(prefix)
                .delimiter(delimiter.isEmpty() ? null : delimiter)
                .continuationToken(after));
        return new Page(
                page.contents().stream()
                        .map(object -> new Listed(object.key(), object.size(), object.lastModified(), object.eTag()))
                        .toList(),
                page.commonPrefixes().stream().map(CommonPrefix::prefix).toList(),
                page.nextContinuationToken());
    }
}
