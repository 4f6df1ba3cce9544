package dev.chartlake.app.doctor;

import dev.chartlake.spotify.SpotifyVisit;
import dev.chartlake.spotify.api.AppRegime;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Findings as one JSON object, one line for each of them. */
final class FindingsJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final Examination examination;

    FindingsJson(Examination examination) {
        this.examination = examination;
    }

    void print(Writer out) throws IOException {
        JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeStringProperty("result", examination.worst().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("exit_code", examination.exitCode());
        json.writeStringProperty(
                "app",
                examination
                        .visit()
                        .map(SpotifyVisit::regime)
                        .orElse(AppRegime.UNKNOWN)
                        .label());
        json.writeNumberProperty(
                "requests", examination.visit().map(SpotifyVisit::requests).orElse(0));
        text(
                json,
                "not_before",
                examination
                        .visit()
                        .flatMap(SpotifyVisit::cooldown)
                        .map(cooldown -> cooldown.notBefore().toString())
                        .orElse(null));
        json.writeArrayPropertyStart("findings");
        for (Diagnosis finding : examination.findings()) {
            json.writeRaw("\n");
            json.writeStartObject();
            json.writeStringProperty("level", finding.level().name().toLowerCase(Locale.ROOT));
            json.writeStringProperty("check", finding.check());
            text(json, "subject", finding.subject().isEmpty() ? null : finding.subject());
            json.writeStringProperty("what", finding.what());
            text(json, "cure", finding.cure().isEmpty() ? null : finding.cure());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw("\n");
        json.flush();
        out.flush();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }
}
