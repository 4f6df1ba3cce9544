package dev.chartlake.spotify.limits;

import dev.chartlake.http.Answer;
import dev.chartlake.http.Transport;
import java.io.IOException;
import java.net.URI;

/** Counts each request to the Web API before it is sent, repeated ones too; those to the accounts service are free. */
public final class CountedTransport implements Transport {

    private final Transport transport;
    private final String api;
    private final RequestCount count;

    /** Sends by {@code transport}; {@code api} is the base of the Web API. */
    public CountedTransport(Transport transport, URI api, RequestCount count) {
        this.transport = transport;
        this.api = api + "/";
        this.count = count;
    }

    /** Throws {@link dev.chartlake.spotify.calls.BudgetException} instead of sending what the budget does not allow. */
    @Override
    public Answer send(Request request) throws IOException {
        if (request.uri().toString().startsWith(api)) {
            count.add();
        }
        return transport.send(request);
    }
}
