package dev.chartlake.dashboard;

import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes a result as {@code {"columns":[…],"types":[…],"rows":[[…]],"more":false}}, and no more rows than are wanted. */
final class JsonTable implements ResultSink {

    private final JsonGenerator json;
    private final long most;
    private long rows;

    JsonTable(JsonGenerator json, long most) {
        this.json = json;
        this.most = most;
    }

    @Override
    public void columns(List<ResultColumn> columns) {
        json.writeStartObject();
        json.writeName("columns");
        json.writeStartArray();
        columns.forEach(column -> json.writeString(column.name()));
        json.writeEndArray();
        json.writeName("types");
        json.writeStartArray();
        columns.forEach(column -> json.writeString(column.numeric() ? "number" : column.type()));
        json.writeEndArray();
        json.writeName("rows");
        json.writeStartArray();
    }

    @Override
    public void row(List<@Nullable Object> values) {
        if (rows++ < most) {
            json.writeStartArray();
            values.forEach(value -> JsonValues.write(json, value));
            json.writeEndArray();
        }
    }

    @Override
    public void end() {
        json.writeEndArray();
        json.writeBooleanProperty("more", rows > most);
        json.writeEndObject();
    }
}
