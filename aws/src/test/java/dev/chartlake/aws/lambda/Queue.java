package dev.chartlake.aws.lambda;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue of SQS in this process, and what Lambda does between it and a function. */
final class Queue implements AutoCloseable {

    private final SQSRestServer server = SQSRestServerBuilder.withDynamicPort().start();
    private final SqsClient client;
    private final String url;

    Queue() {
        int port = server.waitUntilStarted().localAddress().getPort();
        client = SqsClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.EU_NORTH_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
        url = client.createQueue(request ->
                        request.queueName("arrivals").attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "600")))
                .queueUrl();
    }

    void send(String body) {
        client.sendMessage(request -> request.queueUrl(url).messageBody(body));
    }

    /** A function that takes an event and says which messages failed. */
    interface Function {
        String invoke(String event) throws IOException, InterruptedException;
    }

    /**
     * Hands batches of ten to a function until the queue is empty, and deletes what did not fail. Returns how many batches
     * there were.
     */
    int drain(Function function) throws IOException, InterruptedException {
        for (int batches = 0; ; batches++) {
            List<Message> messages = client.receiveMessage(
                            request -> request.queueUrl(url).maxNumberOfMessages(10))
                    .messages();
            if (messages.isEmpty()) {
                return batches;
            }
            String answer = function.invoke(event(messages));
            List<String> failed = Json.array(Json.object(Json.read(answer)).get("batchItemFailures")).stream()
                    .map(failure -> Json.text(Json.object(failure).get("itemIdentifier")))
                    .toList();
            for (Message message : messages) {
                if (failed.contains(message.messageId())) {
                    client.changeMessageVisibility(request -> request.queueUrl(url)
                            .receiptHandle(message.receiptHandle())
                            .visibilityTimeout(0));
                } else {
                    client.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
                }
            }
        }
    }

    private static String event(List<Message> messages) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (Message message : messages) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("messageId", message.messageId());
            entry.put("receiptHandle", message.receiptHandle());
            entry.put("body", message.body());
            entry.put("eventSource", "aws:sqs");
            records.add(entry);
        }
        return Json.text(Map.of("Records", records));
    }

    @Override
    public void close() {
        client.close();
        server.stopAndWait();
    }
}
