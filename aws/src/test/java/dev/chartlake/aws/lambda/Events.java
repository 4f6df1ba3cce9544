package dev.chartlake.aws.lambda;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events as S3 and SQS send them. */
final class Events {

    private Events() {}

    /** The notification that an object is there, with its key encoded as S3 does it. */
    static String created(String bucket, String key) {
        String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
        return Json.text(Map.of(
                "Records",
                List.of(Map.of(
                        "eventVersion", "2.1",
                        "eventSource", "aws:s3",
                        "eventName", "ObjectCreated:Put",
                        "s3",
                                Map.of(
                                        "bucket", Map.of("name", bucket, "arn", "arn:aws:s3:::" + bucket),
                                        "object", Map.of("key", encoded, "size", 1))))));
    }

    /** A batch of SQS; messages are called {@code m0}, {@code m1} and so on. */
    static String batch(List<String> bodies) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (String body : bodies) {
            records.add(Map.of(
                    "messageId",
                    "m" + records.size(),
                    "receiptHandle",
                    "handle",
                    "eventSource",
                    "aws:sqs",
                    "body",
                    body));
        }
        return Json.text(Map.of("Records", records));
    }

    /** A batch of notifications that these objects are there. */
    static String arrived(String bucket, List<String> keys) {
        return batch(keys.stream().map(key -> created(bucket, key)).toList());
    }
}
