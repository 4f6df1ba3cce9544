package dev.chartlake.print;

import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.query.ValueText;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

final class JsonPrinter implements ResultSink {
    private final Writer out;
    private final JsonGenerator json;
    private List<String> names = List.of();
    private boolean empty = true;

    JsonPrinter(Writer out) {
        this.out = out;
        json = ValueText.JSON.createGenerator(ObjectWriteContext.empty(), out);
    }

    @Override
    public void columns(List<ResultColumn> columns) {
        names = distinct(columns.stream().map(ResultColumn::name).toList());
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        if (empty) {
            out.write("[\n");
            empty = false;
        }
        json.writeStartObject();
        for (int i = 0; i < names.size(); i++) {
            json.writeName(names.get(i));
            ValueText.write(json, values.get(i));
        }
        json.writeEndObject();
    }

    @Override
    public void end() throws IOException {
        json.flush();
        out.write(empty ? "[]\n" : "\n]\n");
        out.flush();
    }

    /** An object has each name once: a second {@code name} becomes {@code name_2}. */
    private static List<String> distinct(List<String> names) {
        var taken = new HashSet<>(names);
        var seen = new HashSet<String>();
        var result = new ArrayList<String>();
        for (var name : names) {
            var free = name;
            if (!seen.add(name)) {
                for (int n = 2; !taken.add(free); n++) {
                    free = name + "_" + n;
                }
            }
            result.add(free);
        }
        return result;
    }
}
