package dev.chartlake.aws.dynamodb;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/**
 * A DynamoDB under load: reads leave keys unprocessed, requests are throttled, and answers get lost after the request was
 * carried out.
 */
final class Faults {

    /** Thrown in the middle of a load, as if the process ended there. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private Faults() {}

    /** One request in {@code oneIn} fails. */
    static DynamoDbClient flaky(DynamoDbClient client, Random random, int oneIn) {
        return wrap(client, (method, arguments) -> {
            int dice;
            boolean answered;
            synchronized (random) {
                dice = random.nextInt(oneIn);
                answered = random.nextBoolean();
            }
            if (dice == 0 && !answered) {
                throw throttled();
            }
            Object request = arguments[0];
            Object result = request instanceof BatchGetItemRequest get && dice < oneIn / 2
                    ? someOf(client, get, dice)
                    : call(client, method, arguments);
            if (dice == 0) {
                throw DynamoDbException.builder()
                        .statusCode(500)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("InternalServerError")
                                .build())
                        .build();
            }
            return result;
        });
    }

    /** The {@code requests}th request and all after it are not made. */
    static DynamoDbClient killed(DynamoDbClient client, int requests) {
        var left = new java.util.concurrent.atomic.AtomicInteger(requests);
        return wrap(client, (method, arguments) -> {
            if (left.decrementAndGet() < 0) {
                throw new Killed();
            }
            return call(client, method, arguments);
        });
    }

    /** No request is taken. */
    static DynamoDbClient full(DynamoDbClient client) {
        return wrap(client, (method, arguments) -> {
            if (method.getName().equals("describeTable")) {
                return call(client, method, arguments);
            }
            throw throttled();
        });
    }

    /** Answers some of the keys, or none. */
    private static BatchGetItemResponse someOf(DynamoDbClient client, BatchGetItemRequest request, int some) {
        Map.Entry<String, KeysAndAttributes> table =
                request.requestItems().entrySet().iterator().next();
        List<Map<String, AttributeValue>> keys = table.getValue().keys();
        int now = Math.min(keys.size(), some);
        Map<String, KeysAndAttributes> later = now == keys.size()
                ? Map.of()
                : Map.of(table.getKey(), part(table.getValue(), keys.subList(now, keys.size())));
        BatchGetItemResponse found = now == 0
                ? BatchGetItemResponse.builder().responses(Map.of()).build()
                : client.batchGetItem(get ->
                        get.requestItems(Map.of(table.getKey(), part(table.getValue(), keys.subList(0, now)))));
        return found.toBuilder().unprocessedKeys(later).build();
    }

    private static KeysAndAttributes part(KeysAndAttributes all, List<Map<String, AttributeValue>> keys) {
        return all.toBuilder().keys(keys).build();
    }

    private static ProvisionedThroughputExceededException throttled() {
        return (ProvisionedThroughputExceededException) ProvisionedThroughputExceededException.builder()
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ProvisionedThroughputExceededException")
                        .build())
                .build();
    }

    private interface Handler {
        Object handle(java.lang.reflect.Method method, Object[] arguments) throws Throwable;
    }

    private static DynamoDbClient wrap(DynamoDbClient client, Handler handler) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                Faults.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (proxy, method, arguments) -> {
                    if (arguments == null || arguments.length != 1) {
                        return call(client, method, arguments == null ? new Object[0] : arguments);
                    }
                    if (method.isDefault() && arguments[0] instanceof java.util.function.Consumer<?>) {
                        return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    return handler.handle(method, arguments);
                });
    }

    private static Object call(DynamoDbClient client, java.lang.reflect.Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
