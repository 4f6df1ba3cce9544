package dev.chartlake.aws.dynamodb;

import dev.chartlake.http.Pause;
import dev.chartlake.load.Warehouse;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** DynamoDB Local in this process, in memory. Tests keep apart by the prefixes of their tables. */
public final class DynamoDbServer {

    private static final DynamoDbServer ONE = new DynamoDbServer();

    private final URI endpoint;

    private DynamoDbServer() {
        nativeLibrary();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            endpoint = URI.create("http://localhost:" + free.getLocalPort());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        try {
            DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(new String[] {
                "-inMemory", "-disableTelemetry", "-sharedDb", "-port", Integer.toString(endpoint.getPort())
            });
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local does not start", e);
        }
    }

    /** SQLite's, which lies on the class path as it is. */
    private static void nativeLibrary() {
        String system =
                System.getProperty("os.name").startsWith("Mac") ? "libsqlite4java-osx" : "libsqlite4java-linux-amd64";
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains(system))
                .findFirst()
                .ifPresent(file -> System.setProperty(
                        "sqlite4java.library.path",
                        Objects.requireNonNull(Path.of(file).getParent()).toString()));
    }

    public static DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(ONE.endpoint)
                .region(Region.EU_NORTH_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    /** The tables with this prefix, which must be there. */
    public static Warehouse warehouse(String prefix) {
        return warehouse(prefix, ItemForm.DEFAULT);
    }

    /** The same, with items of this form. */
    public static Warehouse warehouse(String prefix, ItemForm form) {
        return new DynamoDbWarehouse(client(), prefix, form, false, Pause.REAL);
    }

    /** The same; those that are missing are made. */
    public static Warehouse creating(String prefix) {
        return new DynamoDbWarehouse(client(), prefix, ItemForm.DEFAULT, true, Pause.REAL);
    }

    /** All items of a table by their key. */
    static Map<String, Map<String, AttributeValue>> items(String prefix, ItemTable table) {
        try (DynamoDbClient client = client()) {
            Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
            client
                    .scanPaginator(
                            request -> request.tableName(prefix + table.table()).consistentRead(true))
                    .items()
                    .stream()
                    .forEach(item -> items.put(
                            Objects.requireNonNull(item.get(table.key())).s(), new HashMap<>(item)));
            return items;
        }
    }

    /** The texts in a list. */
    static List<String> texts(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name)).l().stream()
                .map(AttributeValue::s)
                .toList();
    }
}
