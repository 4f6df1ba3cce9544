package dev.chartlake.aws.s3;

import dev.chartlake.aws.s3.S3Requests.Condition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Objects that are too large for one request, in parts that are sent one after the other. */
final class S3Large {

    private final S3Objects objects;
    private final String bucket;
    private final long partSize;

    S3Large(S3Objects objects, long partSize) {
        this.objects = objects;
        this.bucket = objects.address().bucket();
        this.partSize = partSize;
    }

    private interface Part {
        String send(String upload, int number, long from, long to) throws IOException;
    }

    /** Uploads an object; empty if the condition did not hold. Gives its version. */
    Optional<String> put(String key, S3Staged staged, Condition condition) throws IOException {
        String path = objects.path(key);
        S3Client client = objects.client();
        return send(
                client,
                key,
                staged.size(),
                condition,
                (upload, number, from, to) -> objects.ask(
                                "s3:PutObject",
                                key,
                                () -> client.uploadPart(
                                        part -> part.bucket(bucket)
                                                .key(path)
                                                .uploadId(upload)
                                                .partNumber(number),
                                        RequestBody.fromContentProvider(
                                                () -> staged.in(from, to), to - from, "application/octet-stream")))
                        .eTag());
    }

    /** Copies an object of this size within the lake. */
    void copy(String from, String to, long size) throws IOException {
        String source = objects.path(from);
        String target = objects.path(to);
        S3Client client = objects.client();
        send(
                client,
                to,
                size,
                Condition.NONE,
                (upload, number, first, end) -> objects.ask(
                                "s3:GetObject",
                                from,
                                () -> client.uploadPartCopy(part -> part.sourceBucket(bucket)
                                        .sourceKey(source)
                                        .copySourceRange("bytes=" + first + "-" + (end - 1))
                                        .destinationBucket(bucket)
                                        .destinationKey(target)
                                        .uploadId(upload)
                                        .partNumber(number)))
                        .copyPartResult()
                        .eTag());
    }

    private Optional<String> send(S3Client client, String key, long size, Condition condition, Part part)
            throws IOException {
        String path = objects.path(key);
        String upload = objects.ask(
                        "s3:PutObject",
                        key,
                        () -> client.createMultipartUpload(
                                to -> to.bucket(bucket).key(path)))
                .uploadId();
        try {
            List<CompletedPart> sent = new ArrayList<>();
            for (long from = 0; from < size; from += partSize) {
                int number = sent.size() + 1;
                String version = part.send(upload, number, from, Math.min(size, from + partSize));
                sent.add(
                        CompletedPart.builder().partNumber(number).eTag(version).build());
            }
            CompleteMultipartUploadRequest.Builder complete = CompleteMultipartUploadRequest.builder()
                    .bucket(bucket)
                    .key(path)
                    .uploadId(upload)
                    .multipartUpload(parts -> parts.parts(sent))
                    .ifMatch(condition.ifMatch())
                    .ifNoneMatch(condition.ifNoneMatch());
            return Optional.of(objects.ask("s3:PutObject", key, () -> client.completeMultipartUpload(complete.build()))
                    .eTag());
        } catch (IOException | RuntimeException e) {
            abort(client, path, upload);
            if (e instanceof SdkException answer && S3Failures.isConflict(answer)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What is left is paid for until a lifecycle rule removes it; that it could not be removed is not what went wrong. */
    private void abort(S3Client client, String path, String upload) {
        try {
            client.abortMultipartUpload(to -> to.bucket(bucket).key(path).uploadId(upload));
        } catch (SdkException e) {
            return;
        }
    }
}
