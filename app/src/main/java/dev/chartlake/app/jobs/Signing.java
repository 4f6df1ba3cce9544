package dev.chartlake.app.jobs;

import dev.chartlake.aws.RequestSigner;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.trigger.HttpSender;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Signatures for those who ask for them. A class of its own, so that others load none of AWS. */
public final class Signing {

    private Signing() {}

    /** Signs if it is an address of AWS, or if it is told to. */
    public static HttpSender.Headers headers(URI address, boolean always) throws IOException {
        if (!always && !RequestSigner.isAws(address)) {
            return uri -> Map.of();
        }
        try {
            return RequestSigner.of(address)::headers;
        } catch (WarehouseException e) {
            throw Aws.failure(e);
        }
    }
}
