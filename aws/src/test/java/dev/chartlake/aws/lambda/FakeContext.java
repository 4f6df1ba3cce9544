package dev.chartlake.aws.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/** An invocation within this process. What is left of its time is told in turn, the last for ever. */
final class FakeContext implements Context {

    private final Iterator<Integer> millisLeft;
    private int left;

    private FakeContext(List<Integer> millisLeft) {
        this.millisLeft = millisLeft.iterator();
    }

    /** Invokes a function that has time enough. */
    static String invoke(RequestStreamHandler function, String event) throws IOException {
        return invoke(function, event, List.of(300_000));
    }

    static String invoke(RequestStreamHandler function, String event, List<Integer> millisLeft) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, new FakeContext(millisLeft));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public int getRemainingTimeInMillis() {
        left = millisLeft.hasNext() ? millisLeft.next() : left;
        return left;
    }

    @Override
    public int getMemoryLimitInMB() {
        return 512;
    }

    @Override
    public String getAwsRequestId() {
        return "request";
    }

    @Override
    public String getLogGroupName() {
        return "group";
    }

    @Override
    public String getLogStreamName() {
        return "stream";
    }

    @Override
    public String getFunctionName() {
        return "tested";
    }

    @Override
    public String getFunctionVersion() {
        return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn";
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public LambdaLogger getLogger() {
        throw new UnsupportedOperationException();
    }
}
