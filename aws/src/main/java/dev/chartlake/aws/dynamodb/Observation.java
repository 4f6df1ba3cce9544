package dev.chartlake.aws.dynamodb;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a day says about one item. Attributes of which it says nothing have no field. Filled by one thread, then only read. */
final class Observation {

    private final String key;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private Instant observedAt;

    /** A value and when it was observed. */
    record Field(AttributeValue value, Instant observedAt) {}

    Observation(String key, Instant observedAt) {
        this.key = key;
        this.observedAt = observedAt;
    }

    Observation text(String name, @Nullable Object value) {
        return value == null ? this : put(name, AttributeValue.fromS(value.toString()), observedAt);
    }

    Observation number(String name, @Nullable Object value) {
        return value == null ? this : put(name, AttributeValue.fromN(value.toString()), observedAt);
    }

    /** A list of ids, which may be empty. */
    Observation ids(String name, List<String> ids, Instant at) {
        return put(
                name,
                AttributeValue.fromL(ids.stream().map(AttributeValue::fromS).toList()),
                at);
    }

    private Observation put(String name, AttributeValue value, Instant at) {
        fields.put(name, new Field(value, at));
        return this;
    }

    /** The item is observed at this time too; what is put from now on has it. */
    void at(Instant time) {
        observedAt = time;
    }

    /** The same with another value of one field. */
    Observation with(String name, AttributeValue value) {
        Observation other = new Observation(key, observedAt);
        other.fields.putAll(fields);
        other.fields.computeIfPresent(name, (same, field) -> new Field(value, field.observedAt()));
        return other;
    }

    String key() {
        return key;
    }

    Instant observedAt() {
        return observedAt;
    }

    Map<String, Field> fields() {
        return fields;
    }
}
