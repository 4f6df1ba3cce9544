package dev.chartlake.aws.lambda;

import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

/** Stores that fail when told to. */
final class DyingStore {

    private DyingStore() {}

    /** One that works for so many calls, and never again: as for a process that is killed. */
    static ObjectStore after(int calls, AtomicInteger made, ObjectStore store) {
        return when((method, argument) -> made.incrementAndGet() > calls, store);
    }

    /** One whose calls fail of which {@code fails} says so by the method's name and its arguments as text. */
    static ObjectStore when(BiPredicate<String, String> fails, ObjectStore store) {
        return (ObjectStore) Proxy.newProxyInstance(
                DyingStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    String said = arguments == null ? "" : Arrays.deepToString(arguments);
                    if (!method.getName().equals("name") && fails.test(method.getName(), said)) {
                        throw new IOException("The store is gone");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
