package dev.chartlake.aws.s3;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients that do something else before or after some requests. */
final class Faulty {

    private Faulty() {}

    interface Around {
        /** Goes on with {@code request} or not. The operation is followed by the key, if it has one. */
        Object call(String operation, Request request) throws Throwable;
    }

    interface Request {
        Object send() throws Throwable;
    }

    static S3Client client(S3Client real, Around around) {
        return (S3Client) Proxy.newProxyInstance(
                Faulty.class.getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    // Requests made by consumers of builders, and pages, come back here as requests.
                    if (method.isDefault() && !takesRequest(method.getParameterTypes())) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    return around.call(method.getName() + key(arguments), () -> {
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
                });
    }

    private static String key(Object[] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof SdkPojo request
                ? request.sdkFields().stream()
                        .filter(field -> field.memberName().equals("Key"))
                        .map(field -> " " + field.getValueOrDefault(request))
                        .findFirst()
                        .orElse("")
                : "";
    }

    private static boolean takesRequest(Class<?>[] parameters) {
        return parameters.length > 0 && parameters[0].getSimpleName().endsWith("Request");
    }
}
