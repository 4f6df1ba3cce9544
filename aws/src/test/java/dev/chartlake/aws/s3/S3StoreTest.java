package dev.chartlake.aws.s3;

import dev.chartlake.store.ObjectStore;
import dev.chartlake.testkit.ObjectStoreContract;
import dev.chartlake.testkit.S3Server;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.s3.S3Client;

/** A lake on S3 keeps the contract. */
class S3StoreTest extends ObjectStoreContract {

    private static S3Client client;
    private S3Address address;

    @BeforeAll
    static void start() throws Exception {
        client = S3Server.shared().client();
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @BeforeEach
    void newLake() {
        address = S3Address.parse("s3://lakes/some where/" + UUID.randomUUID());
    }

    @Override
    protected ObjectStore store() {
        return store(address);
    }

    ObjectStore store(S3Address address) {
        return new S3Store(client, address);
    }

    /** At the same time instead of one after the other. */
    @Override
    protected void fill(String prefix, int size) throws IOException {
        ObjectStore store = store();
        List<String> keys = IntStream.range(0, size)
                .mapToObj(i -> prefix + String.format("%05d.json", i))
                .toList();
        Parallel.each(keys, key -> store.put(key, bytes("x")));
    }
}
