package dev.chartlake.sql;

import dev.chartlake.model.Months;
import dev.chartlake.model.Table;
import dev.chartlake.sql.TableFiles.DayFile;
import dev.chartlake.sql.TableFiles.Format;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Which days the files of a month hold.
 *
 * @param days for each of the seven tables the days that had a file: bit 1 is the first of the month
 */
record MonthMarker(Map<Table, Integer> days) {

    /** The layout of the marker and the files it is about; others are not read, but made again when their marker is gone. */
    private static final String VERSION = "1";

    private static final JsonFactory JSON = new JsonFactory();

    /** The marker of a month, if there is one that can be read. */
    static Optional<MonthMarker> read(Path lake, YearMonth month) {
        var file = new File(lake.toFile(), Months.marker(month));
        try {
            return file.exists() ? parse(Files.readAllBytes(file.toPath())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<MonthMarker> parse(byte[] bytes) {
        var days = new EnumMap<Table, Integer>(Table.class);
        var version = "";
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    var name = json.currentName();
                    var value = json.nextToken().isScalarValue() ? json.getString() : "";
                    for (var table : Table.values()) {
                        if (table.folder().equals(name)) {
                            days.put(table, days(value));
                        }
                    }
                    version = name.equals("version") ? value : version;
                }
            }
        } catch (JacksonException | NumberFormatException e) {
            return Optional.empty();
        }
        return version.equals(VERSION) && days.size() == Table.values().length
                ? Optional.of(new MonthMarker(days))
                : Optional.empty();
    }

    /** Adds the days of these files. */
    void add(Table table, Map<Format, List<DayFile>> files) {
        int bits = 0;
        for (var file : files.values().stream().flatMap(List::stream).toList()) {
            bits |= 1 << file.day();
        }
        days.put(table, bits);
    }

    byte[] bytes(YearMonth month) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("version", VERSION);
            json.writeStringProperty("month", month.toString());
            for (var table : Table.values()) {
                json.writeRaw("\n");
                json.writeStringProperty(table.folder(), text(days.getOrDefault(table, 0)));
            }
            json.writeRaw("\n");
            json.writeEndObject();
            json.writeRaw("\n");
        }
        return out.toByteArray();
    }

    /** As ranges: {@code 1-14,16,18-31}. */
    private static String text(int days) {
        var text = new StringBuilder();
        for (int day = 1; day <= 31; day++) {
            if ((days >>> day & 1) == 0) {
                continue;
            }
            int first = day;
            while (day < 31 && (days >>> (day + 1) & 1) == 1) {
                day++;
            }
            text.append(text.isEmpty() ? "" : ",").append(first);
            text.append(first == day ? "" : "-" + day);
        }
        return text.toString();
    }

    private static int days(String text) {
        int days = 0;
        for (var range : text.isEmpty() ? new String[0] : text.split(",")) {
            var ends = range.split("-");
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int day = Integer.parseInt(ends[0]); day <= last && last <= 31; day++) {
                days |= 1 << day;
            }
        }
        return days;
    }
}
