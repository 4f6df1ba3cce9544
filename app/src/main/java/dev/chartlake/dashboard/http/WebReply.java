package dev.chartlake.dashboard.http;

/** Where the answer to one request goes. Used by any thread. */
public interface WebReply {

    /** Sends the answer, once; if the client is gone it is dropped. */
    void send(WebAnswer answer);

    /** Has {@code task} run if the client closes its connection before the answer is there. */
    void ifGone(Runnable task);
}
