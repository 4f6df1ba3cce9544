package dev.chartlake.aws.s3;

import dev.chartlake.http.Pause;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.testkit.S3Server;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A lake on S3 keeps the contract without the SDK's client, too. */
class RestStoreTest extends S3StoreTest {

    private static URI server;

    @BeforeAll
    static void find() throws Exception {
        server = S3Server.shared().endpoint();
    }

    static RestEndpoint endpoint(URI server, String key, String secret, S3Address address) {
        return new RestEndpoint(
                server,
                "/" + address.bucket() + "/",
                address.bucket(),
                new RestSigner("eu-north-1"),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)));
    }

    @Override
    ObjectStore store(S3Address address) {
        RestEndpoint endpoint = endpoint(server, S3Server.ACCESS_KEY, S3Server.SECRET_KEY, address);
        return new S3Store(
                new RestRequests(endpoint, Pause.REAL), address, S3Lease.USUAL, S3Store.SINGLE, S3Store.SINGLE);
    }
}
