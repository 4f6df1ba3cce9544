package dev.chartlake.dashboard.http;

import java.util.Optional;

/** Answers requests. Both methods are called by the one thread that serves all clients, so they must not wait. */
public interface WebHandler {

    /**
     * Called once the headers are there and before any of the body is read.
     *
     * @return the answer that ends this request, or empty to go on
     */
    Optional<WebAnswer> refuse(WebRequest head);

    /** Called with the whole request. Another thread may answer it later. */
    void handle(WebRequest request, WebReply reply);
}
