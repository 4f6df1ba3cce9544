package dev.chartlake.app;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
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

/** DynamoDB Local in this process, in memory. */
final class DynamoDb implements AutoCloseable {

    private final DynamoDBProxyServer server;
    private final URI endpoint;

    DynamoDb() throws Exception {
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*libsqlite4java-(linux-amd64|osx).*"))
                .filter(entry ->
                        entry.contains("osx") == System.getProperty("os.name").startsWith("Mac"))
                .forEach(library -> System.setProperty(
                        "sqlite4java.library.path",
                        Objects.requireNonNull(Path.of(library).getParent()).toString()));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            endpoint = URI.create("http://localhost:" + free.getLocalPort());
        }
        server = ServerRunner.createServerFromCommandLineArgs(new String[] {
            "-inMemory", "-disableTelemetry", "-sharedDb", "-port", Integer.toString(endpoint.getPort())
        });
        server.start();
    }

    /** What points a process of the application here. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB",
                endpoint.toString(),
                "AWS_REGION",
                "eu-north-1",
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "s3cr3t-that-must-not-leak");
    }

    /** All items of a table by their key. */
    Map<String, Map<String, AttributeValue>> items(String table, String key) {
        try (DynamoDbClient client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_NORTH_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build()) {
            Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
            client.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                    .forEach(item ->
                            items.put(Objects.requireNonNull(item.get(key)).s(), item));
            return items;
        }
    }

    static List<String> texts(AttributeValue list) {
        return list.l().stream().map(AttributeValue::s).toList();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
