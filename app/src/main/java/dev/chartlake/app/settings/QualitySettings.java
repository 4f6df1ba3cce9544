package dev.chartlake.app.settings;

import dev.chartlake.lists.ListLabels;
import dev.chartlake.lists.ListNameException;
import dev.chartlake.lists.NamedList;
import dev.chartlake.quality.Contract;
import dev.chartlake.quality.ContractPolicy;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.quality.Range;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code quality} of the configuration file. Throws {@link IllegalArgumentException} where it is wrong. */
final class QualitySettings {

    private static final List<String> KEYS = List.of("contracts", "entries");

    private QualitySettings() {}

    static QualityRules read(@Nullable Object section, ListLabels labels) {
        Map<Contract, ContractPolicy> policies = new EnumMap<>(Contract.class);
        Map<String, Range> entries = new TreeMap<>();
        map("quality", section).forEach((key, value) -> {
            switch (key) {
                case "contracts" ->
                    map("quality.contracts", value)
                            .forEach((name, policy) -> policies.put(contract(name), policy(name, policy)));
                case "entries" ->
                    map("quality.entries", value)
                            .forEach((list, range) -> entries.put(id(list, labels), range(list, range)));
                default -> throw wrong("unknown key 'quality." + key + "'. Known keys: " + KEYS);
            }
        });
        return new QualityRules(Map.copyOf(policies), Map.copyOf(entries));
    }

    /** A list can be called as the section {@code names} says. */
    private static String id(String list, ListLabels labels) {
        try {
            return labels.findGiven(list).map(NamedList::id).orElse(list);
        } catch (ListNameException e) {
            throw wrong("quality.entries: " + e.getMessage());
        }
    }

    private static Contract contract(String name) {
        return Contract.of(name)
                .orElseThrow(() -> wrong("there is no contract '" + name + "'. There are: "
                        + Stream.of(Contract.values()).map(Contract::text).toList()));
    }

    private static ContractPolicy policy(String contract, @Nullable Object value) {
        return Arrays.stream(ContractPolicy.values())
                .filter(policy -> policy.text().equals(String.valueOf(value)))
                .findFirst()
                .orElseThrow(() ->
                        wrong("quality.contracts." + contract + " is '" + value + "'. It can be fail, warn or off"));
    }

    private static Range range(String list, @Nullable Object value) {
        String key = "quality.entries." + list;
        Map<String, @Nullable Object> ends = map(key, value);
        for (String end : ends.keySet()) {
            if (!end.equals("min") && !end.equals("max")) {
                throw wrong("unknown key '" + key + "." + end + "'. Known keys: [min, max]");
            }
        }
        long min = number(key + ".min", ends.get("min"), 0);
        long max = number(key + ".max", ends.get("max"), Long.MAX_VALUE);
        if (ends.isEmpty() || min > max) {
            throw wrong(key + " needs a min, a max or both, the min not above the max");
        }
        return new Range(min, max);
    }

    private static long number(String key, @Nullable Object value, long otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer || value instanceof Long) {
            long number = ((Number) value).longValue();
            if (number >= 0) {
                return number;
            }
        }
        throw wrong(key + " is '" + value + "'. It must be a whole number from 0");
    }

    private static Map<String, @Nullable Object> map(String key, @Nullable Object value) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, content) -> values.put(String.valueOf(name), content));
        } else if (value != null) {
            throw wrong(key + " is '" + value + "'. 'key: value' lines are expected below it");
        }
        return values;
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what);
    }
}
