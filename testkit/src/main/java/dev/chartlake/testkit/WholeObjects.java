package dev.chartlake.testkit;

import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Lists what is whole, as S3 does. S3Proxy writes an object beside its place, under its key and a random UUID, and lists
 * that, too: whoever moves all that is listed would take it away under its hands.
 */
final class WholeObjects extends ForwardingBlobStore {

    private static final Pattern BEING_WRITTEN =
            Pattern.compile(".*-\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    WholeObjects(BlobStore all) {
        super(all);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response all = super.list(request);
        return all.toBuilder()
                .contents(all.contents().stream()
                        .filter(object -> !BEING_WRITTEN.matcher(object.key()).matches())
                        .toList())
                .build();
    }
}
