package dev.chartlake.app.settings;

import dev.chartlake.lists.FoldedName;
import dev.chartlake.lists.ListLabel;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.lists.Market;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code names} of a configuration file. Throws {@link Failure} where it is wrong. */
final class ListSettings {

    private static final List<String> KEYS = List.of("name", "aliases", "market", "period", "group");
    private static final Pattern PLAIN_ID = Pattern.compile("[A-Za-z0-9_-]+");
    private static final int LONGEST = 200;

    private final String file;

    private ListSettings(String file) {
        this.file = file;
    }

    /** What the section says of lists; {@code file} is named in messages. */
    static ListLabels read(@Nullable Object section, String file) {
        return new ListSettings(file).labels(section);
    }

    private ListLabels labels(@Nullable Object section) {
        Map<String, ListLabel> labels = new LinkedHashMap<>();
        map("names", section, "a line for each list, such as '37i9dQZEVXbJvfa0Yxg7E7: Norway',")
                .forEach((list, value) -> {
                    String id = id(list);
                    if (labels.put(id, label(id, "names." + list, value)) != null) {
                        throw wrong("names." + list, "is the list " + id + " again", "Keep one of the two");
                    }
                });
        Map<String, String> named = new HashMap<>();
        for (ListLabel label : labels.values()) {
            for (String alias : label.aliases()) {
                String other = named.put(alias(alias), label.id());
                if (other != null && !other.equals(label.id())) {
                    throw wrong(
                            "names." + label.id() + ".aliases",
                            "has '" + alias + "', and so has names." + other,
                            "Give it to one list");
                }
            }
        }
        return ListLabels.with(labels.values());
    }

    private ListLabel label(String id, String key, @Nullable Object value) {
        if (value instanceof String || value instanceof Number) {
            return new ListLabel(id, text(key, value), null, List.of(), null, null, null);
        }
        Map<String, @Nullable Object> fields = map(key, value, "a name, or lines such as 'market: NO',");
        for (String field : fields.keySet()) {
            if (!KEYS.contains(field)) {
                throw wrong(key + "." + field, "is not known", "Known are " + String.join(", ", KEYS));
            }
        }
        return new ListLabel(
                id,
                optional(key + ".name", fields.get("name")),
                null,
                aliases(key + ".aliases", fields.get("aliases")),
                market(key + ".market", fields.get("market")),
                period(key + ".period", fields.get("period")),
                optional(key + ".group", fields.get("group")));
    }

    private String id(String list) {
        try {
            return PlaylistRef.parse(list).id();
        } catch (IllegalArgumentException e) {
            if (PLAIN_ID.matcher(list).matches()) {
                return list;
            }
            throw wrong(
                    "names." + list,
                    "is not a list",
                    "Give a playlist's id, URI or link, or a chart such as regional-no-weekly");
        }
    }

    private List<String> aliases(String key, @Nullable Object value) {
        if (!(value instanceof List<?> many)) {
            return value == null ? List.of() : List.of(alias(key, value));
        }
        List<String> aliases = new ArrayList<>();
        for (Object one : many) {
            aliases.add(alias(key, one));
        }
        return aliases;
    }

    private String alias(String key, @Nullable Object value) {
        String alias = text(key, value);
        if (alias.indexOf(',') >= 0) {
            throw wrong(key, "has a comma in '" + alias + "'", "Write several as [one, two]");
        }
        return alias;
    }

    private static String alias(String alias) {
        String words = FoldedName.words(alias);
        return words.isEmpty() ? alias : words;
    }

    private @Nullable Market market(String key, @Nullable Object value) {
        String text = optional(key, value);
        Market market = text == null ? null : Market.of(text);
        if (text != null && market == null) {
            throw wrong(
                    key,
                    "is '" + text + "', which is not a country",
                    "Give two letters such as NO, an English name, or GLOBAL");
        }
        return market;
    }

    private @Nullable String period(String key, @Nullable Object value) {
        String text = optional(key, value);
        if (text != null && !ListLabel.PERIODS.contains(text)) {
            throw wrong(key, "is '" + text + "'", "Give daily or weekly");
        }
        return text;
    }

    private @Nullable String optional(String key, @Nullable Object value) {
        return value == null ? null : text(key, value);
    }

    private String text(String key, @Nullable Object value) {
        if (!(value instanceof String || value instanceof Number)) {
            throw wrong(key, "is '" + value + "', which is not a text", "Write a text, in quotes if need be");
        }
        String text = value.toString().strip();
        if (text.isEmpty() || text.length() > LONGEST || text.codePoints().anyMatch(Character::isISOControl)) {
            throw wrong(
                    key,
                    text.isEmpty() ? "is empty" : "is too long or has a line break",
                    "Write a text of 1 to " + LONGEST + " characters, on one line");
        }
        return text;
    }

    private Map<String, @Nullable Object> map(String key, @Nullable Object value, String expected) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, content) -> values.put(String.valueOf(name), content));
        } else if (value != null) {
            throw wrong(key, "is '" + value + "'", "Write " + expected + " below it");
        }
        return values;
    }

    private Failure wrong(String key, String what, String cure) {
        return new Failure(ExitCode.USAGE, file + ": " + key + " " + what + ". " + cure + ".");
    }
}
