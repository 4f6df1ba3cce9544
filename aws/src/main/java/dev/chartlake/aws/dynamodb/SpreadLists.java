package dev.chartlake.aws.dynamodb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Playlists whose tracks need more than one item. The first part is in the playlist's own item; part {@code n} has the key
 * {@code <playlist_uri>#n} and the attributes {@code playlist_tracks} and {@code observed_at}. All parts change in one
 * transaction, those that are no longer needed are deleted in it.
 */
final class SpreadLists {

    private final DynamoDbClient client;
    private final String table;
    private final Backoff backoff;

    SpreadLists(DynamoDbClient client, String table, Backoff backoff) {
        this.client = client;
        this.table = table;
        this.backoff = backoff;
    }

    /** Returns the item as it is if it is not as it was when {@code merge} was made, else nothing. */
    Optional<Map<String, AttributeValue>> write(
            Observation playlist, Merge merge, List<AttributeValue> parts, int partsBefore) throws IOException {
        Merge.Expressions expressions = merge.expressions(ItemTable.PLAYLIST);
        Map<String, AttributeValue> key = ItemWriter.key(ItemTable.PLAYLIST, playlist.key());
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(key)
                        .updateExpression(expressions.update())
                        .conditionExpression(expressions.condition())
                        .expressionAttributeNames(expressions.names())
                        .expressionAttributeValues(expressions.values()))
                .build());
        AttributeValue observedAt = AttributeValue.fromS(playlist.observedAt().toString());
        for (int number = 2; number <= Math.max(parts.size(), partsBefore); number++) {
            AttributeValue name = AttributeValue.fromS(playlist.key() + "#" + number);
            writes.add(
                    number <= parts.size()
                            ? put(Map.of(
                                    ItemTable.PLAYLIST.key(),
                                    name,
                                    ItemTable.PLAYLIST_TRACKS,
                                    parts.get(number - 1),
                                    ItemTable.OBSERVED_AT,
                                    observedAt))
                            : delete(Map.of(ItemTable.PLAYLIST.key(), name)));
        }
        try {
            backoff.call(() -> client.transactWriteItems(request -> request.transactItems(writes)));
            return Optional.empty();
        } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream().noneMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
                throw e;
            }
            return Optional.of(backoff.call(() -> client.getItem(
                            request -> request.tableName(table).key(key).consistentRead(true)))
                    .item());
        }
    }

    private TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item))
                .build();
    }

    private TransactWriteItem delete(Map<String, AttributeValue> key) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table).key(key))
                .build();
    }
}
