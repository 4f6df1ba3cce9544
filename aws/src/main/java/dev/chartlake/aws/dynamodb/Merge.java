package dev.chartlake.aws.dynamodb;

import dev.chartlake.aws.dynamodb.Observation.Field;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How an observation changes an item: each attribute keeps its newest value, so the result does not depend on the order in
 * which observations come. A value of the same time replaces the one there is, because a day may be committed again. The
 * change applies only to the item it was made for, which the condition tells by the times.
 */
final class Merge {

    /** The time of values that others wrote: any observation is newer. */
    static final String UNKNOWN = "unknown";

    private final Map<String, AttributeValue> item;
    private final AttributeValue observedAt;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, AttributeValue> sets = new LinkedHashMap<>();
    private final List<String> removes = new ArrayList<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, AttributeValue> values = new LinkedHashMap<>();

    private Merge(Map<String, AttributeValue> item, Instant observedAt) {
        this.item = item;
        this.observedAt = AttributeValue.fromS(observedAt.toString());
    }

    /** The change of {@code item}, which is empty if it is not there. */
    static Merge of(ItemTable table, Map<String, AttributeValue> item, Observation observation) {
        Instant before = time(item.get(ItemTable.OBSERVED_AT));
        Instant now = observation.observedAt().isAfter(before) ? observation.observedAt() : before;
        Merge merge = new Merge(item, now);
        TreeMap<String, AttributeValue> older = new TreeMap<>();
        for (String name : table.fields()) {
            @Nullable Instant known = item.containsKey(name) ? known(item, name) : null;
            @Nullable Field field = observation.fields().get(name);
            if (field != null && (known == null || !known.isAfter(field.observedAt()))) {
                merge.taken.add(name);
                merge.set(name, field.value());
                known = field.observedAt();
            }
            if (known != null && !known.equals(now)) {
                older.put(name, AttributeValue.fromS(known.equals(Instant.MIN) ? UNKNOWN : known.toString()));
            }
        }
        merge.set(ItemTable.OBSERVED_AT, merge.observedAt);
        if (!older.isEmpty()) {
            merge.set(ItemTable.FIELD_OBSERVED_AT, AttributeValue.fromM(older));
        } else {
            merge.remove(ItemTable.FIELD_OBSERVED_AT);
        }
        return merge;
    }

    private static Instant known(Map<String, AttributeValue> item, String name) {
        AttributeValue times = item.get(ItemTable.FIELD_OBSERVED_AT);
        AttributeValue own = times == null ? null : times.m().get(name);
        return time(own == null ? item.get(ItemTable.OBSERVED_AT) : own);
    }

    private static Instant time(@Nullable AttributeValue value) {
        try {
            return value == null || value.s() == null ? Instant.MIN : Instant.parse(value.s());
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    private void set(String name, AttributeValue value) {
        if (!value.equals(item.get(name))) {
            sets.put(name, value);
        }
    }

    private void remove(String name) {
        if (item.containsKey(name)) {
            removes.add(name);
        }
    }

    /** Notes in how many items the tracks are. */
    void parts(int count) {
        if (count > 1) {
            set(ItemTable.PLAYLIST_PARTS, AttributeValue.fromN(Integer.toString(count)));
        } else {
            remove(ItemTable.PLAYLIST_PARTS);
        }
    }

    /** True if the observation's value is the one to keep, even if it is the one there is. */
    boolean takes(String name) {
        return taken.contains(name);
    }

    boolean changesNothing() {
        return sets.isEmpty() && removes.isEmpty();
    }

    /** Bytes of the item that comes of it, or a little less than this. */
    long size(String key) {
        Map<String, AttributeValue> result = new HashMap<>(item);
        result.putAll(sets);
        return ListParts.size(result) + key.length();
    }

    /** When the item was last observed. */
    AttributeValue observedAt() {
        return observedAt;
    }

    /** The expressions that say it to DynamoDB. */
    Expressions expressions(ItemTable table) {
        List<String> assignments = new ArrayList<>();
        sets.forEach((name, value) -> assignments.add(name(name) + " = " + value(value)));
        if (changesNothing()) {
            assignments.add(name(ItemTable.OBSERVED_AT) + " = " + value(observedAt));
        }
        List<String> removals = removes.stream().map(this::name).toList();
        String update = (assignments.isEmpty() ? "" : "SET " + String.join(", ", assignments))
                + (removals.isEmpty() ? "" : " REMOVE " + String.join(", ", removals));
        return new Expressions(update.strip(), condition(table), names, values);
    }

    /** Times identify the state: whoever changes a value changes one of them, or sets the value of the same observation. */
    private String condition(ItemTable table) {
        if (item.isEmpty()) {
            return "attribute_not_exists(" + name(table.key()) + ")";
        }
        List<String> conditions = new ArrayList<>();
        for (String name : List.of(ItemTable.OBSERVED_AT, ItemTable.FIELD_OBSERVED_AT, ItemTable.PLAYLIST_PARTS)) {
            if (name.equals(ItemTable.PLAYLIST_PARTS) && table != ItemTable.PLAYLIST) {
                continue;
            }
            @Nullable AttributeValue value = item.get(name);
            conditions.add(
                    value == null ? "attribute_not_exists(" + name(name) + ")" : name(name) + " = " + value(value));
        }
        conditions.add("attribute_exists(" + name(table.key()) + ")");
        return String.join(" AND ", conditions);
    }

    private String name(String name) {
        String placeholder = "#" + name;
        names.put(placeholder, name);
        return placeholder;
    }

    private String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }

    /** The parts of an update request. */
    record Expressions(
            String update, String condition, Map<String, String> names, Map<String, AttributeValue> values) {}
}
