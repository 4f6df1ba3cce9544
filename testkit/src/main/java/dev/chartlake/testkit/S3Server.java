package dev.chartlake.testkit;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server in this process, in memory, that checks signatures. */
public final class S3Server implements AutoCloseable {

    /** Who may use it. */
    public static final String ACCESS_KEY = "lake-access";

    /** The secret of {@link #ACCESS_KEY}. */
    public static final String SECRET_KEY = "lake-secret-never-shown";

    private static @Nullable S3Server shared;

    private final S3Proxy server;

    private S3Server(S3Proxy server) {
        this.server = server;
    }

    /** Starts one on a free port. */
    public static S3Server start() throws Exception {
        return start(builder());
    }

    /** Starts one that listens with TLS, too; its key and certificate are in this file. */
    public static S3Server start(Path keyStore, String password) throws Exception {
        return start(
                builder().secureEndpoint(URI.create("https://127.0.0.1:0")).keyStore(keyStore.toString(), password));
    }

    private static S3Proxy.Builder builder() throws Exception {
        return S3Proxy.builder()
                .blobStore(new WholeObjects(BlobStores.create("transient", new Properties())))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY);
    }

    private static S3Server start(S3Proxy.Builder builder) throws Exception {
        S3Proxy server = builder.build();
        server.start();
        return new S3Server(server);
    }

    /** Starts one in a process of its own, prints its address, and serves until stdin ends or the process does. */
    public static void main(String[] args) throws Exception {
        try (S3Server server = start()) {
            System.out.println(server.endpoint());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** One for all tests of this process, with a bucket {@code lakes}. It ends with the process. */
    public static synchronized S3Server shared() throws Exception {
        if (shared == null) {
            S3Server started = start();
            try (S3Client client = started.client()) {
                client.createBucket(to -> to.bucket("lakes"));
            }
            shared = started;
        }
        return shared;
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** Where it listens with TLS. */
    public URI secureEndpoint() {
        return URI.create("https://127.0.0.1:" + server.getSecurePort());
    }

    /** A client with the right keys. */
    public S3Client client() {
        return client(endpoint());
    }

    /** A client with the right keys, of a server in another process. */
    public static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_NORTH_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
