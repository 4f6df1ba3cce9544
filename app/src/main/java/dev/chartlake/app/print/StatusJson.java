package dev.chartlake.app.print;

import dev.chartlake.lake.LakeStatus;
import dev.chartlake.lake.LakeStatus.Days;
import dev.chartlake.lake.LakeStatus.Gap;
import dev.chartlake.lake.LakeStatus.ListStatus;
import dev.chartlake.lake.LakeStatus.Problem;
import dev.chartlake.lake.LakeStatus.SetAside;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.raw.Quarantine;
import dev.chartlake.spotify.limits.SpotifyUse;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A lake's status as one JSON object, one line for each list, quarantined object and problem. */
public final class StatusJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final LakeStatus status;
    private final ListLabels labels;
    private final SpotifyUse spotify;
    private final Instant now;

    public StatusJson(LakeStatus status, ListLabels labels, SpotifyUse spotify, Instant now) {
        this.status = status;
        this.labels = labels;
        this.spotify = spotify;
        this.now = now;
    }

    /** Prints the object; {@code lake} is what the lake is called. */
    public void print(String lake, Writer out) throws IOException {
        JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeStringProperty("lake", lake);
        json.writeObjectPropertyStart("days");
        json.writeNumberProperty("count", status.days().count());
        text(json, "first", status.days().first());
        text(json, "last", status.days().last());
        gaps(json, status.days());
        json.writeEndObject();
        text(json, "newest_snapshot_at", status.newestAt());
        json.writeObjectPropertyStart("rows");
        status.rows().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeObjectPropertyStart("entries");
        json.writeNumberProperty("read", status.entriesRead());
        json.writeNumberProperty("written", status.entriesWritten());
        json.writeNumberProperty("repeated", status.entriesRepeated());
        json.writeEndObject();
        json.writeObjectPropertyStart("waiting");
        json.writeNumberProperty("objects", status.waiting().objects());
        json.writeNumberProperty("bytes", status.waiting().bytes());
        json.writeNumberProperty("days", status.waiting().days());
        json.writeNumberProperty("loose", status.waiting().loose());
        json.writeEndObject();
        json.writeObjectPropertyStart("quality");
        json.writeNumberProperty("findings", status.quality().findings());
        json.writeNumberProperty("days", status.quality().days());
        json.writeEndObject();
        json.writeNumberProperty("requests_24h", spotify.requests());
        cooldown(json);
        rows(json, "lists", status.lists(), list -> list(json, list));
        rows(json, "quarantined", status.quarantined(), object -> quarantined(json, object));
        rows(json, "problems", status.problems(), problem -> problem(json, problem));
        json.writeEndObject();
        json.writeRaw("\n");
        json.flush();
        out.flush();
    }

    private void cooldown(JsonGenerator json) {
        if (spotify.cooldown().isEmpty()) {
            json.writeNullProperty("cooldown");
            return;
        }
        json.writeObjectPropertyStart("cooldown");
        text(json, "not_before", spotify.cooldown().get().notBefore());
        text(json, "reason", spotify.cooldown().get().reason());
        json.writeEndObject();
    }

    private void list(JsonGenerator json, ListStatus list) {
        text(json, "source", list.source());
        text(json, "playlist_id", list.playlistId());
        text(json, "name", list.name(labels).isEmpty() ? null : list.name(labels));
        text(json, "first_day", list.days().first());
        text(json, "last_day", list.days().last());
        json.writeNumberProperty("days", list.days().count());
        gaps(json, list.days());
        json.writeNumberProperty("snapshots", list.snapshots());
        json.writeNumberProperty("entries", list.entries());
        text(json, "newest_snapshot_at", list.newestAt());
        json.writeNumberProperty("age_hours", hours(list.newestAt(), now));
    }

    private static void gaps(JsonGenerator json, Days days) {
        json.writeNumberProperty("every_days", days.every());
        json.writeNumberProperty("missing_days", days.missing());
        json.writeArrayPropertyStart("gaps");
        for (Gap gap : days.gaps()) {
            json.writeStartObject();
            text(json, "first", gap.first());
            text(json, "last", gap.last());
            json.writeNumberProperty("days", gap.days());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void quarantined(JsonGenerator json, SetAside object) {
        text(json, "key", object.key());
        json.writeNumberProperty("size", object.size());
        Quarantine.@Nullable Reason reason = object.reason().orElse(null);
        text(json, "reason", reason == null ? null : reason.reason());
        if (reason == null || reason.offset() < 0) {
            json.writeNullProperty("offset");
        } else {
            json.writeNumberProperty("offset", reason.offset());
        }
        text(json, "cure", reason == null ? null : reason.cure());
        text(json, "file", reason == null ? null : reason.file());
    }

    private static void problem(JsonGenerator json, Problem problem) {
        text(json, "date", problem.date());
        text(json, "key", problem.key());
        text(json, "problem", problem.problem());
        text(json, "cure", problem.cure());
    }

    private static <T> void rows(
            JsonGenerator json, String name, List<T> values, java.util.function.Consumer<T> fields) {
        json.writeRaw("\n");
        json.writeArrayPropertyStart(name);
        for (T value : values) {
            json.writeRaw("\n");
            json.writeStartObject();
            fields.accept(value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value.toString());
        }
    }

    /** How old a snapshot is, in whole hours; negative if this machine's clock is behind. */
    public static long hours(Instant since, Instant now) {
        return Duration.between(since, now).toHours();
    }
}
