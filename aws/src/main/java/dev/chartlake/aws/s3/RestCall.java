package dev.chartlake.aws.s3;

import dev.chartlake.aws.s3.S3Requests.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** A request, with a key of the bucket. */
record RestCall(
        String method,
        String key,
        Map<String, String> query,
        Map<String, String> headers,
        @Nullable Body body) {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    static RestCall of(String method, String key) {
        return new RestCall(method, key, Map.of(), Map.of(), null);
    }

    /** A connection that has not sent anything yet but is signed for now. */
    HttpURLConnection connect(RestEndpoint endpoint) throws IOException {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(endpoint.server())
                .encodedPath(endpoint.path() + SdkHttpUtils.urlEncodeIgnoreSlashes(key));
        query.forEach(request::putRawQueryParameter);
        headers.forEach(request::putHeader);
        if (body != null) {
            request.putHeader("content-type", "application/octet-stream");
        }
        SdkHttpRequest signed = sign(request.build(), endpoint);
        HttpURLConnection connection =
                (HttpURLConnection) signed.getUri().toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout((int) CONNECT.toMillis());
        connection.setReadTimeout((int) SILENCE.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("user-agent", "chartlake");
        connection.setRequestProperty("accept", "*/*");
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("host")) { // the JDK writes it itself
                connection.setRequestProperty(name, String.join(",", values));
            }
        });
        return connection;
    }

    private SdkHttpRequest sign(SdkHttpRequest request, RestEndpoint endpoint) throws IOException {
        @Nullable Body sent = body;
        try {
            return endpoint.signer()
                    .sign(
                            request,
                            endpoint.credentials().resolveCredentials(),
                            sent == null ? null : ContentStreamProvider.fromInputStreamSupplier(() -> open(sent)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static InputStream open(Body body) {
        try {
            return body.content().open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
