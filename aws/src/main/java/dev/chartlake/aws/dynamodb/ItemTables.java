package dev.chartlake.aws.dynamodb;

import dev.chartlake.http.Pause;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Makes sure that the tables are there, active, and have the keys they must have. */
final class ItemTables {

    private static final int LOOKS = 120;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final DynamoDbClient client;
    private final String prefix;
    private final boolean create;
    private final Backoff backoff;
    private final Pause pause;

    ItemTables(DynamoDbClient client, String prefix, boolean create, Backoff backoff, Pause pause) {
        this.client = client;
        this.prefix = prefix;
        this.create = create;
        this.backoff = backoff;
        this.pause = pause;
    }

    /** Returns which tables these are: a table that was deleted and made again is another. */
    String prepare() throws IOException {
        List<String> missing = new ArrayList<>();
        for (ItemTable table : ItemTable.values()) {
            if (find(table).isEmpty()) {
                missing.add(prefix + table.table());
                if (create) {
                    make(table);
                }
            }
        }
        if (!missing.isEmpty() && !create) {
            throw new WarehouseException(
                    Kind.CONFIGURATION,
                    "DynamoDB has no table " + String.join(", ", missing)
                            + ". Make them with Terraform (deploy/terraform) or with: chartlake load dynamodb --create."
                            + " If they are there, check AWS_REGION and the prefix.",
                    null);
        }
        List<String> identities = new ArrayList<>();
        for (ItemTable table : ItemTable.values()) {
            TableDescription active = active(table);
            check(table, active);
            identities.add(active.tableArn() + "@" + active.creationDateTime());
        }
        return String.join(" ", identities);
    }

    private Optional<TableDescription> find(ItemTable table) throws IOException {
        try {
            return Optional.of(backoff.call(
                            () -> client.describeTable(request -> request.tableName(prefix + table.table())))
                    .table());
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private void make(ItemTable table) throws IOException {
        try {
            backoff.call(() -> client.createTable(request -> request.tableName(prefix + table.table())
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(key -> key.attributeName(table.key()).attributeType(ScalarAttributeType.S))
                    .keySchema(key -> key.attributeName(table.key()).keyType(KeyType.HASH))));
        } catch (ResourceInUseException e) {
            // Somebody else is making it.
        }
    }

    private TableDescription active(ItemTable table) throws IOException {
        for (int look = 1; look <= LOOKS; look++) {
            Optional<TableDescription> found = find(table);
            if (found.isPresent()
                    && (found.get().tableStatus() == TableStatus.ACTIVE
                            || found.get().tableStatus() == TableStatus.UPDATING)) {
                return found.get();
            }
            try {
                pause.of(BETWEEN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Interrupted while waiting for a table");
            }
        }
        throw new WarehouseException(
                Kind.UNAVAILABLE,
                prefix + table.table() + " is still not active after " + LOOKS + " seconds. Run load again.",
                null);
    }

    private void check(ItemTable table, TableDescription found) throws WarehouseException {
        List<KeySchemaElement> keys = found.keySchema();
        if (keys.size() != 1 || !keys.get(0).attributeName().equals(table.key())) {
            throw new WarehouseException(
                    Kind.CONFIGURATION,
                    prefix + table.table() + " has the key "
                            + keys.stream().map(KeySchemaElement::attributeName).toList() + ", which must be ["
                            + table.key() + "]. Choose a prefix of its own: load.dynamodb.prefix in chartlake.yaml.",
                    null);
        }
    }
}
