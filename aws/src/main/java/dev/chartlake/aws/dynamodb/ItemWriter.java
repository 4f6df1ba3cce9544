package dev.chartlake.aws.dynamodb;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Merges observations into the items that are there. Items are read many at a time, and each that changes is written on
 * the condition that it is still as it was read; else it is merged anew with what is there now. So any number of writers
 * end with the same items.
 */
final class ItemWriter implements Closeable {

    /** The most keys that DynamoDB reads at once. */
    static final int BATCH = 100;

    private static final int THREADS = 16;
    private static final int MERGES = 200;

    private final DynamoDbClient client;
    private final String prefix;
    private final ItemForm form;
    private final Backoff backoff;
    private final SpreadLists spreads;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    ItemWriter(DynamoDbClient client, String prefix, ItemForm form, Backoff backoff) {
        this.client = client;
        this.prefix = prefix;
        this.form = form;
        this.backoff = backoff;
        this.spreads = new SpreadLists(client, prefix + ItemTable.PLAYLIST.table(), backoff);
    }

    /** Merges at most {@link #BATCH} observations of different items. Those that are too large for any item are returned. */
    List<Observation> write(ItemTable table, List<Observation> observations) throws IOException {
        Map<String, Map<String, AttributeValue>> items =
                read(table, observations.stream().map(Observation::key).toList());
        requireForm(table, observations, items);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (Observation observation : observations) {
            tasks.add(() -> merge(table, observation, items.getOrDefault(observation.key(), Map.of())));
        }
        List<Observation> tooLarge = new ArrayList<>();
        try {
            List<Future<Boolean>> written = threads.invokeAll(tasks);
            for (int i = 0; i < written.size(); i++) {
                if (!written.get(i).get()) {
                    tooLarge.add(observations.get(i));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while writing to DynamoDB");
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
        return tooLarge;
    }

    /** Before anything is written, so that no batch mixes two forms. */
    private void requireForm(
            ItemTable table, List<Observation> observations, Map<String, Map<String, AttributeValue>> items)
            throws IOException {
        for (Map.Entry<String, Map<String, AttributeValue>> item : items.entrySet()) {
            form.requireUrl(table, item.getKey(), item.getValue());
        }
        if (table == ItemTable.PLAYLIST) {
            List<String> others = observations.stream()
                    .flatMap(observation -> form.otherKey(observation.key()).stream())
                    .toList();
            for (Map.Entry<String, Map<String, AttributeValue>> item :
                    read(table, others).entrySet()) {
                form.requireKey(item.getKey(), item.getValue());
            }
        }
    }

    private static IOException rethrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException known ? known : new IOException(cause);
    }

    private Map<String, Map<String, AttributeValue>> read(ItemTable table, List<String> keys) throws IOException {
        Map<String, Map<String, AttributeValue>> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        String name = prefix + table.table();
        Map<String, KeysAndAttributes> wanted = Map.of(
                name,
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(key -> key(table, key)).toList())
                        .consistentRead(true)
                        .build());
        for (int attempt = 1; !wanted.isEmpty(); attempt++) {
            Map<String, KeysAndAttributes> asked = wanted;
            BatchGetItemResponse answer =
                    backoff.call(() -> client.batchGetItem(request -> request.requestItems(asked)));
            List<Map<String, AttributeValue>> items = answer.responses().getOrDefault(name, List.of());
            items.forEach(item ->
                    found.put(Objects.requireNonNull(item.get(table.key())).s(), item));
            wanted = answer.unprocessedKeys();
            if (!items.isEmpty()) {
                attempt = 0;
            } else if (!wanted.isEmpty()) {
                backoff.waitAfter(attempt, "unprocessed keys", null);
            }
        }
        return found;
    }

    static Map<String, AttributeValue> key(ItemTable table, String key) {
        return Map.of(table.key(), AttributeValue.fromS(key));
    }

    /** Returns false if it is too large to be written. */
    private boolean merge(ItemTable table, Observation observation, Map<String, AttributeValue> read)
            throws IOException {
        List<AttributeValue> parts = ListParts.of(observation);
        Observation first = parts.size() > 1 ? observation.with(ItemTable.PLAYLIST_TRACKS, parts.get(0)) : observation;
        Map<String, AttributeValue> item = read;
        for (int attempt = 1; attempt <= MERGES; attempt++) {
            int before = ListParts.count(item);
            Merge merge = Merge.of(table, item, first);
            boolean spread = merge.takes(ItemTable.PLAYLIST_TRACKS) && Math.max(before, parts.size()) > 1;
            if (spread) {
                merge.parts(parts.size());
            } else if (merge.changesNothing()) {
                return true;
            }
            if (merge.size(observation.key()) > ListParts.MOST || parts.size() > ListParts.MOST_PARTS) {
                return false;
            }
            Optional<Map<String, AttributeValue>> other =
                    spread ? spreads.write(observation, merge, parts, before) : update(table, observation.key(), merge);
            if (other.isEmpty()) {
                return true;
            }
            item = other.get();
        }
        throw new WarehouseException(
                Kind.UNAVAILABLE,
                prefix + table.table() + " " + observation.key() + " was changed by others " + MERGES
                        + " times while it was written. Run load again when less is going on.",
                null);
    }

    /** Returns the item as it is if it is not as it was read, else nothing. */
    private Optional<Map<String, AttributeValue>> update(ItemTable table, String key, Merge merge) throws IOException {
        Merge.Expressions expressions = merge.expressions(table);
        try {
            backoff.call(() -> client.updateItem(request -> request.tableName(prefix + table.table())
                    .key(key(table, key))
                    .updateExpression(expressions.update())
                    .conditionExpression(expressions.condition())
                    .expressionAttributeNames(expressions.names())
                    .expressionAttributeValues(expressions.values())
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            return Optional.of(e.hasItem() ? e.item() : Map.of());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
