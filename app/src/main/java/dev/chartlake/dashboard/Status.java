package dev.chartlake.dashboard;

import dev.chartlake.lake.LakeStatus;
import dev.chartlake.lake.LakeStatus.Gap;
import dev.chartlake.lake.LakeStatus.ListStatus;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Freshness and data quality for the page, as JSON. */
public final class Status implements Closeable {

    private static final long FRESH = TimeUnit.SECONDS.toNanos(30);

    /** Of all time no more than this part is spent on looking: views need the processors. */
    private static final int PART = 50;

    /** So long the page waits for the first look, in milliseconds. */
    private static final int PATIENCE = 100;

    private final Background background = new Background();

    private final StatusLook lake;
    private final Object looking = new Object();
    private long lookedAt;
    private long took;
    private boolean refreshing;
    private String state = "";
    private byte[] json = new byte[0];

    public Status(StatusLook lake) {
        this.lake = lake;
    }

    /**
     * As of this state of the lake. What waits and what is in quarantine changes without a commit: so half a minute later
     * it is looked at again, or later where that takes seconds, while this answer is still given.
     */
    public byte[] json(String now) throws IOException {
        synchronized (this) {
            if (now.equals(state)) {
                if (System.nanoTime() - lookedAt > Math.max(FRESH, PART * took) && !refreshing) {
                    refreshing = true;
                    background.run(() -> look(now));
                }
                return json;
            }
        }
        return look(now);
    }

    /** As {@link #json}; without anything of the lake, and not {@code complete}, where the first look takes longer. */
    byte[] soon(String now) throws IOException {
        synchronized (this) {
            if (now.equals(state)) {
                return json(now);
            }
        }
        return background.within(PATIENCE, () -> json(now)).orElseGet(Status::unknown);
    }

    /** Looks at the lake before it is asked for. */
    void warm(String now) {
        background.later(() -> json(now));
    }

    @Override
    public void close() {
        background.close();
    }

    private byte[] look(String now) throws IOException {
        synchronized (looking) {
            synchronized (this) {
                if (now.equals(state) && !refreshing) {
                    return json; // somebody else has just looked
                }
            }
            try {
                long start = System.nanoTime();
                byte[] found = write(lake.look());
                synchronized (this) {
                    took = System.nanoTime() - start;
                    json = found;
                    state = now;
                    lookedAt = System.nanoTime();
                    return json;
                }
            } finally {
                synchronized (this) {
                    refreshing = false;
                }
            }
        }
    }

    private static byte[] unknown() {
        return ("{\"complete\":false,\"now\":\"" + Instant.now() + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] write(LakeStatus status) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = DashboardData.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeBooleanProperty("complete", true);
            text(json, "now", Instant.now());
            text(json, "newest", status.newestAt());
            json.writeNumberProperty("days", status.days().count());
            json.writeNumberProperty("read", status.entriesRead());
            json.writeNumberProperty("written", status.entriesWritten());
            json.writeNumberProperty("repeated", status.entriesRepeated());
            json.writeNumberProperty("waiting", status.waiting().objects());
            json.writeNumberProperty("quarantined", status.quarantined().size());
            json.writeNumberProperty("findings", status.quality().findings());
            json.writeNumberProperty("problems", status.problems().size());
            json.writeArrayPropertyStart("lists");
            status.lists().forEach(list -> list(json, list));
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void list(JsonGenerator json, ListStatus list) {
        json.writeStartObject();
        text(json, "source", list.source());
        text(json, "list", list.playlistId());
        text(json, "newest", list.newestAt());
        json.writeNumberProperty("every", list.days().every());
        json.writeNumberProperty("missing", list.days().missing());
        json.writeNumberProperty("snapshots", list.snapshots());
        json.writeNumberProperty("entries", list.entries());
        json.writeArrayPropertyStart("gaps");
        for (Gap gap : list.days().gaps()) {
            json.writeStartObject();
            text(json, "first", gap.first());
            text(json, "last", gap.last());
            json.writeNumberProperty("days", gap.days());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value.toString());
        }
    }
}
