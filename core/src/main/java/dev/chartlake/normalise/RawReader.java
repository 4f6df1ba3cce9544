package dev.chartlake.normalise;

import dev.chartlake.json.JsonException;
import dev.chartlake.normalise.Snapshot.EntrySink;
import dev.chartlake.raw.RawKey;
import dev.chartlake.table.Strings;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads one raw object after the other into a {@link Snapshot}. Pure: what comes out depends on the bytes alone. Used by
 * one thread.
 */
public final class RawReader {

    /** Opens the object from its start; may be called again when the object must be read twice. */
    public interface Source {
        /** A new stream, which the reader closes. */
        InputStream open() throws IOException;
    }

    private final ApiReader api;
    private final ChartsCsvReader charts = new ChartsCsvReader();

    /** Keeps up to {@code rememberedBytes} of songs as they were written, to recognise them when they come again. */
    public RawReader(int rememberedBytes) {
        api = new ApiReader(rememberedBytes);
    }

    /**
     * Checks the whole object, and then hands its entries to {@code sink}, usually in one piece.
     *
     * @throws JsonException if the object is not what its key says; then nothing has gone to the sink
     * @throws IOException if it cannot be read
     */
    public void read(RawKey key, Source source, Strings strings, Snapshot snapshot, EntrySink sink) throws IOException {
        snapshot.clear(strings, null);
        if (key.extension().equals("csv")) {
            try (InputStream in = source.open()) {
                charts.read(in, snapshot);
            }
        } else {
            readApi(source, strings, snapshot, sink);
        }
        if (!snapshot.incomplete()) {
            sink.accept(snapshot);
        }
    }

    private void readApi(Source source, Strings strings, Snapshot snapshot, EntrySink sink) throws IOException {
        try (InputStream in = source.open()) {
            api.read(in, snapshot);
        }
        if (snapshot.incomplete() || api.misplaced()) {
            boolean tooMany = snapshot.incomplete();
            snapshot.clear(strings, tooMany ? sink : null);
            try (InputStream in = source.open()) {
                api.readAgain(in, snapshot);
            }
            if (tooMany) {
                snapshot.handedOver();
            }
        }
    }
}
