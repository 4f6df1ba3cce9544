package dev.chartlake.aws;

import dev.chartlake.load.WarehouseException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Signs requests to an API Gateway or a function URL that ask for IAM authorisation, by Signature Version 4. */
public final class RequestSigner {

    private static final Pattern GATEWAY =
            Pattern.compile(".+\\.execute-api\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");
    private static final Pattern FUNCTION = Pattern.compile(".+\\.lambda-url\\.([a-z0-9-]+)\\.on\\.aws");

    private final AwsCredentialsProvider credentials;
    private final String service;
    private final String region;

    private RequestSigner(AwsCredentialsProvider credentials, String service, String region) {
        this.credentials = credentials;
        this.service = service;
        this.region = region;
    }

    /** True if only AWS has such hosts. */
    public static boolean isAws(URI url) {
        return GATEWAY.matcher(url.getHost()).matches()
                || FUNCTION.matcher(url.getHost()).matches();
    }

    /** With the credentials of the environment, for the region in the host's name, else the environment's. */
    public static RequestSigner of(URI url) throws WarehouseException {
        Matcher function = FUNCTION.matcher(url.getHost());
        if (function.matches()) {
            return new RequestSigner(AwsAccess.credentials(), "lambda", function.group(1));
        }
        Matcher gateway = GATEWAY.matcher(url.getHost());
        String region =
                gateway.matches() ? gateway.group(1) : AwsAccess.region().id();
        return new RequestSigner(AwsAccess.credentials(), "execute-api", region);
    }

    /** The headers that sign a GET of {@code uri} now. */
    public Map<String, String> headers(URI uri) {
        SdkHttpRequest request =
                SdkHttpRequest.builder().uri(uri).method(SdkHttpMethod.GET).build();
        Map<String, String> headers = new LinkedHashMap<>();
        AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials.resolveCredentials())
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                .request()
                .forEachHeader((name, values) -> {
                    if (!name.equalsIgnoreCase("Host")) { // the client writes it itself
                        headers.put(name, values.get(0));
                    }
                });
        return headers;
    }
}
