package dev.chartlake.aws.s3;

import dev.chartlake.aws.s3.S3Requests.Listed;
import dev.chartlake.aws.s3.S3Requests.Page;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML that S3 answers with: elements without attributes of interest, comments or mixed content. The JDK's
 * parsers would take longer to load than everything else.
 */
final class RestXml {

    private static final Pattern REFERENCE = Pattern.compile("&(amp|lt|gt|quot|apos|#\\d+|#x[0-9a-fA-F]+);");

    private RestXml() {}

    /** A page of a listing. */
    static Page page(String xml) {
        UnaryOperator<String> decoded = "url".equals(text(xml, "EncodingType"))
                ? text -> URLDecoder.decode(text, StandardCharsets.UTF_8)
                : UnaryOperator.identity();
        List<Listed> objects = new ArrayList<>();
        for (String object : elements(xml, "Contents")) {
            String key = decoded.apply(required(object, "Key"));
            // Of an object that is deleted meanwhile, some servers know no more than its key.
            @Nullable String modified = text(object, "LastModified");
            @Nullable String version = text(object, "ETag");
            objects.add(new Listed(
                    key,
                    Long.parseLong(required(object, "Size")),
                    modified == null ? Instant.EPOCH : Instant.parse(modified),
                    version == null ? "" : version));
        }
        List<String> folders = new ArrayList<>();
        for (String folder : elements(xml, "CommonPrefixes")) {
            folders.add(decoded.apply(required(folder, "Prefix")));
        }
        boolean more = "true".equals(text(xml, "IsTruncated"));
        return new Page(objects, folders, more ? required(xml, "NextContinuationToken") : null);
    }

    /** The text of the first element of this name; null if there is none. */
    static @Nullable String text(String xml, String name) {
        List<String> found = elements(xml, name, 1);
        return found.isEmpty() ? null : unescape(found.get(0));
    }

    private static String required(String xml, String name) {
        String text = text(xml, name);
        if (text == null) {
            throw new IllegalArgumentException("A listing of S3 without " + name);
        }
        return text;
    }

    private static List<String> elements(String xml, String name) {
        return elements(xml, name, Integer.MAX_VALUE);
    }

    /** What is inside of the elements of this name, none of which holds another one. */
    private static List<String> elements(String xml, String name, int most) {
        String start = "<" + name + ">";
        String end = "</" + name + ">";
        List<String> found = new ArrayList<>();
        int at = xml.indexOf(start);
        while (at >= 0 && found.size() < most) {
            int from = at + start.length();
            int to = xml.indexOf(end, from);
            if (to < 0) {
                throw new IllegalArgumentException("An answer of S3 that ends within " + name);
            }
            found.add(xml.substring(from, to));
            at = xml.indexOf(start, to);
        }
        return found;
    }

    private static String unescape(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(character(found.group(1))));
    }

    private static String character(String reference) {
        return switch (reference) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            default ->
                Character.toString(
                        reference.startsWith("#x")
                                ? Integer.parseInt(reference.substring(2), 16)
                                : Integer.parseInt(reference.substring(1)));
        };
    }
}
