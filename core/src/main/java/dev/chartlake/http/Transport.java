package dev.chartlake.http;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Sends one request and reads its whole answer. Used by one thread. */
@FunctionalInterface
public interface Transport {

    /**
     * Whatever the status is, it is an answer. Throws {@link IOException} when there is none: no connection,
     * a reset, a time-out. A body that breaks off is handed out as far as it came, for somebody may want to see it.
     */
    Answer send(Request request) throws IOException;

    /** A GET, or a POST of {@code form} when that is not empty. */
    record Request(URI uri, Map<String, String> headers, String form) {

        /** Without the headers, which hold credentials. */
        @Override
        public String toString() {
            return (form.isEmpty() ? "GET " : "POST ") + uri;
        }
    }
}
