package dev.chartlake.lake;

import dev.chartlake.lake.Manifest.Quarantined;
import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Table;
import dev.chartlake.quality.Contract.Severity;
import dev.chartlake.quality.Finding;
import dev.chartlake.quality.SourceFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A {@link Manifest} as JSON, one line for each object and table so that a difference is easy to see. */
public final class ManifestFile {

    private static final JsonFactory JSON = new JsonFactory();

    private ManifestFile() {}

    /** The bytes of a manifest: always the same for equal manifests. */
    public static byte[] write(Manifest manifest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeRaw("\n");
            json.writeNumberProperty("version", Manifest.VERSION);
            json.writeStringProperty("date", manifest.date().toString());
            json.writeNumberProperty("entries_read", manifest.entriesRead());
            json.writeNumberProperty("entries_written", manifest.entriesWritten());
            json.writeNumberProperty("entries_repeated", manifest.entriesRepeated());
            json.writeArrayPropertyStart("tables");
            for (TablePart part : manifest.tables()) {
                if (part.rows() == 0 && !isNamedWhenEmpty(part)) {
                    continue;
                }
                row(json);
                json.writeStringProperty("table", part.table());
                json.writeNumberProperty("rows", part.rows());
                json.writeStringProperty("file", part.file());
                json.writeNumberProperty("size", part.size());
                json.writeStringProperty("crc32c", part.crc32c());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("raw");
            for (RawObject object : manifest.raw()) {
                row(json);
                json.writeStringProperty("key", object.key());
                json.writeNumberProperty("size", object.size());
                json.writeStringProperty("crc32c", object.crc32c());
                json.writeStringProperty("list", object.list());
                json.writeNumberProperty("entries", object.entries());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("quarantined");
            for (Quarantined object : manifest.quarantined()) {
                row(json);
                json.writeStringProperty("key", object.key());
                json.writeNumberProperty("size", object.size());
                json.writeStringProperty("reason", object.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            quality(json, manifest);
            json.writeRaw("\n");
            json.writeEndObject();
            json.writeRaw("\n");
        }
        return out.toByteArray();
    }

    private static void quality(JsonGenerator json, Manifest manifest) {
        json.writeArrayPropertyStart("quality");
        for (Finding finding : manifest.quality()) {
            row(json);
            json.writeStringProperty("contract", finding.contract());
            json.writeStringProperty("severity", finding.severity().text());
            json.writeStringProperty("list", finding.list());
            json.writeNumberProperty("count", finding.count());
            json.writeStringProperty("example", finding.example());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("fields");
        for (SourceFields source : manifest.fields()) {
            row(json);
            json.writeStringProperty("source", source.source());
            json.writeArrayPropertyStart("seen");
            source.seen().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void row(JsonGenerator json) {
        json.writeRaw("\n");
        json.writeStartObject();
    }

    private static boolean isNamedWhenEmpty(TablePart part) {
        return Arrays.stream(Table.values())
                .filter(table -> table.sqlName().equals(part.table()))
                .allMatch(Table::isNamedWhenEmpty);
    }

    /** A manifest that does not name a table that it must name is damaged. */
    private static void complete(List<TablePart> tables) throws IOException {
        for (Table table : Table.values()) {
            if (tables.stream().anyMatch(part -> part.table().equals(table.sqlName()))) {
                continue;
            }
            if (table.isNamedWhenEmpty()) {
                throw new IOException("not a manifest: it does not name the table '" + table.sqlName() + "'");
            }
            tables.add(TablePart.none(table));
        }
    }

    private static Fields fields(JsonParser json) {
        Fields row = new Fields();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            json.nextToken();
            row.put(field, json);
        }
        return row;
    }

    private static TablePart table(Fields row) throws IOException {
        return new TablePart(
                row.text("table"), row.number("rows"), row.text("file"), row.number("size"), row.text("crc32c"));
    }

    /** Reads a manifest. What earlier versions do not have is empty, what later ones add is passed over; an {@link IOException} says what is wrong. */
    public static Manifest read(byte[] bytes) throws IOException {
        Fields all = new Fields();
        List<TablePart> tables = new ArrayList<>();
        List<RawObject> raw = new ArrayList<>();
        List<Quarantined> quarantined = new ArrayList<>();
        List<Finding> quality = new ArrayList<>();
        List<SourceFields> fields = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a manifest: no object");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.START_ARRAY) {
                    all.put(name, json);
                    continue;
                }
                while (json.nextToken() == JsonToken.START_OBJECT) {
                    Fields row = fields(json);
                    switch (name) {
                        case "tables" -> tables.add(table(row));
                        case "raw" ->
                            raw.add(new RawObject(
                                    row.text("key"),
                                    row.number("size"),
                                    row.text("crc32c"),
                                    row.text("list"),
                                    row.number("entries")));
                        case "quarantined" ->
                            quarantined.add(new Quarantined(row.text("key"), row.number("size"), row.text("reason")));
                        case "quality" ->
                            quality.add(new Finding(
                                    row.text("contract"),
                                    Severity.valueOf(row.text("severity").toUpperCase(Locale.ROOT)),
                                    row.text("list"),
                                    row.number("count"),
                                    row.text("example")));
                        case "fields" -> fields.add(new SourceFields(row.text("source"), row.texts()));
                        default -> {}
                    }
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new IOException("not a manifest: trailing content");
            }
        } catch (JacksonException e) {
            throw new IOException("not a manifest: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a manifest: " + e.getMessage(), e);
        }
        complete(tables);
        LocalDate date = date(all.text("date"));
        requireOwn(date, tables, raw);
        return new Manifest(
                date,
                raw,
                tables,
                all.number("entries_read"),
                all.number("entries_written"),
                all.number("entries_repeated"),
                quarantined,
                quality,
                fields);
    }

    /** A name outside of the day's folders could lead anywhere. */
    private static void requireOwn(LocalDate date, List<TablePart> tables, List<RawObject> raw) throws IOException {
        for (TablePart part : tables) {
            if (!part.file().isEmpty() && !isOwn(date, part)) {
                throw new IOException("not a manifest: it names the table file '" + part.file() + "'");
            }
        }
        String folder = date + "/";
        for (RawObject object : raw) {
            if (!object.key().startsWith(folder) || object.key().contains("/../")) {
                throw new IOException("not a manifest: it names the raw object '" + object.key() + "'");
            }
        }
    }

    private static boolean isOwn(LocalDate date, TablePart part) {
        return Arrays.stream(Table.values())
                .anyMatch(table -> table.sqlName().equals(part.table()) && isOwn(date, table, part.file()));
    }

    /** Whether a file is one of the table's partition of that day. */
    static boolean isOwn(LocalDate date, Table table, String file) {
        String partition = table.partition(date);
        return file.startsWith(partition)
                && file.startsWith("part-", partition.length())
                && file.indexOf('/', partition.length()) < 0;
    }

    private static LocalDate date(String text) throws IOException {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IOException("not a manifest: its date is '" + text + "'", e);
        }
    }

    /** The scalar fields of an object, and the texts of the array in it. */
    private static final class Fields {
        private final java.util.Map<String, String> values = new java.util.HashMap<>();
        private final List<String> texts = new ArrayList<>();

        void put(String name, JsonParser json) {
            if (json.currentToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    texts.add(json.getString());
                    json.skipChildren();
                }
            } else if (json.currentToken().isStructStart()) {
                json.skipChildren();
            } else {
                values.put(name, json.getString());
            }
        }

        List<String> texts() {
            return texts;
        }

        String text(String name) throws IOException {
            String value = values.get(name);
            if (value == null) {
                throw new IOException("not a manifest: no field '" + name + "'");
            }
            return value;
        }

        long number(String name) throws IOException {
            try {
                return Long.parseLong(text(name));
            } catch (NumberFormatException e) {
                throw new IOException("not a manifest: '" + name + "' is '" + text(name) + "'", e);
            }
        }
    }
}
