package dev.chartlake.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.S3Server;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The S3 server of the tests does what S3 does where Chartlake relies on it. */
class S3ServerTest {

    /** An object is listed when it is whole, and nothing else ever is. */
    @Test
    @Thorough
    void whatIsBeingWrittenIsNotListed() throws Exception {
        Set<String> written = IntStream.range(0, Depth.of(60, 300))
                .mapToObj(i -> "folder/" + i)
                .collect(Collectors.toCollection(TreeSet::new));
        try (S3Server server = S3Server.start();
                S3Client client = server.client()) {
            client.createBucket(to -> to.bucket("lakes"));
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> written.forEach(key ->
                    client.putObject(to -> to.bucket("lakes").key(key).ifNoneMatch("*"), RequestBody.fromString(key))));
            Set<String> listed = new TreeSet<>();
            while (!writing.isDone()) {
                client.listObjectsV2(of -> of.bucket("lakes").prefix("folder/"))
                        .contents()
                        .forEach(object -> listed.add(object.key()));
            }
            writing.join();
            listed.removeAll(written);
            assertThat(listed).isEmpty();
        }
    }
}
