package dev.chartlake.aws.s3;

import dev.chartlake.aws.s3.S3Requests.Listed;
import dev.chartlake.aws.s3.S3Requests.Page;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a page of a listing. */
final class RestListing {

    private RestListing() {}

    /** Throws {@link IOException} if it is none, or not all of it. */
    static Page read(byte[] answer) throws IOException {
        RestXml listing = RestXml.read(answer);
        if (!listing.name().equals("ListBucketResult")) {
            throw new IOException("an answer of S3 that is no listing but <" + listing.name() + ">");
        }
        try {
            return page(listing);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("a listing of S3 that cannot be understood: " + e.getMessage(), e);
        }
    }

    private static Page page(RestXml listing) throws IOException {
        UnaryOperator<String> decoded = "url".equals(listing.text("EncodingType"))
                ? text -> URLDecoder.decode(text, StandardCharsets.UTF_8)
                : UnaryOperator.identity();
        List<Listed> objects = new ArrayList<>();
        for (RestXml object : listing.all("Contents")) {
            objects.add(object(object, decoded));
        }
        List<String> folders = new ArrayList<>();
        for (RestXml folder : listing.all("CommonPrefixes")) {
            folders.add(decoded.apply(folder.required("Prefix")));
        }
        boolean more = Boolean.parseBoolean(listing.text("IsTruncated"));
        return new Page(objects, folders, more ? listing.required("NextContinuationToken") : null);
    }

    private static Listed object(RestXml object, UnaryOperator<String> decoded) throws IOException {
        // Of an object that is deleted meanwhile, some servers know no more than its key and size.
        @Nullable String modified = object.text("LastModified");
        @Nullable String version = object.text("ETag");
        return new Listed(
                decoded.apply(object.required("Key")),
                Long.parseLong(object.required("Size")),
                modified == null || modified.isEmpty() ? Instant.EPOCH : Instant.parse(modified),
                version == null ? "" : version);
    }
}
