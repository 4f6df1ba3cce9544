package dev.chartlake.app.settings;

import dev.chartlake.lists.ListLabels;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.purge.PurgeAge;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.transform.TableFormats;
import dev.chartlake.views.ViewSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What the environment and the configuration file say. The environment wins.
 *
 * @param environment the environment variables
 * @param path the configuration file, which is not there if {@code file} is empty
 * @param file the configuration file's values, empty without a file
 */
public record Settings(Map<String, String> environment, Path path, Map<String, Object> file) {

    /** The variable that says where the lake is. */
    public static final String LAKE = "CHARTLAKE_LAKE";

    /** The variable that says which format tables have. */
    private static final String FORMAT = "CHARTLAKE_FORMAT";

    /** Read when {@code --config} is not given. */
    static final Path DEFAULT_FILE = Path.of("chartlake.yaml");

    /** Read instead if only this one is there. */
    private static final Path SHORT_NAME = Path.of("chartlake.yml");

    /** Every key a configuration file can have. */
    public static final Set<String> KEYS =
            new TreeSet<>(Set.of("lake", "lists", "load", "exclude", "format", "names", "quality", "retention"));

    /**
     * Reads the file; a named file must exist, the default one need not. Throws {@link Failure} when any value is wrong,
     * whether the command needs it or not: a later command would need it.
     */
    public static Settings load(Optional<Path> named, Map<String, String> environment) {
        Path path = named.orElseGet(Settings::usual);
        Settings settings = new Settings(environment, path, Map.of());
        if (Files.exists(path)) {
            settings = new Settings(environment, path, read(path));
        } else if (named.isPresent()) {
            throw new Failure(ExitCode.USAGE, "No configuration file " + path + ". Check the name after --config.");
        }
        settings.check();
        return settings;
    }

    private static Path usual() {
        if (!Files.exists(SHORT_NAME)) {
            return DEFAULT_FILE;
        }
        if (Files.exists(DEFAULT_FILE)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "There are two configuration files, " + DEFAULT_FILE + " and " + SHORT_NAME
                            + ". Delete one, or name one with --config.");
        }
        return SHORT_NAME;
    }

    /** What the environment overrides is checked too. */
    private void check() {
        lake();
        lakeOfFile();
        lists();
        format();
        formatOfFile();
        warehouses();
        quality();
        views();
        retention();
    }

    /** Where the lake is: an address, or a folder. A relative folder in the file is relative to the file. */
    public String lake() {
        String set = environment.getOrDefault(LAKE, "");
        if (!set.isEmpty()) {
            try {
                return LakePath.of(set, Path.of(""), environment);
            } catch (IllegalArgumentException e) {
                throw new Failure(ExitCode.USAGE, LAKE + ": " + e.getMessage() + ".");
            }
        }
        return lakeOfFile().orElse("./lake");
    }

    private Optional<String> lakeOfFile() {
        Path folder = Objects.requireNonNullElse(path.getParent(), Path.of(""));
        return checked(() -> value("lake").map(text -> LakePath.of(text, folder, environment)));
    }

    /** The lists to extract when none is named on the command line. */
    public List<String> lists() {
        Object lists = file.get("lists");
        List<String> result = new ArrayList<>();
        if (lists instanceof List<?> many) {
            many.forEach(list -> result.add(checked(() -> text("lists", list))));
        } else if (lists != null) {
            result.add(checked(() -> text("lists", lists)));
        }
        return result;
    }

    /** What lists are called. Throws {@link Failure} when it is wrong. */
    public ListLabels labels() {
        return ListSettings.read(file.get("names"), path.toString());
    }

    /** The name of the tables' format, in whichever case. */
    public String format() {
        String set = environment.getOrDefault(FORMAT, "");
        return set.isEmpty() ? formatOfFile() : format(FORMAT, set);
    }

    private String formatOfFile() {
        return format(path + ": format", checked(() -> value("format")).orElse(TableFormats.USUAL));
    }

    private static String format(String where, String name) {
        if (!TableFormats.exists(name)) {
            throw new Failure(ExitCode.USAGE, where + " is '" + name + "'. There are: " + TableFormats.NAMES + ".");
        }
        return name;
    }

    /** The settings of each warehouse in the file, by its name, sorted. */
    public Map<String, Map<String, String>> warehouses() {
        return checked(() -> WarehouseSettings.read(file.get("load")));
    }

    /** The variable that names the file of a warehouse that is one. */
    public static String fileVariable(String warehouse) {
        return "CHARTLAKE_" + warehouse.toUpperCase(Locale.ROOT) + "_FILE";
    }

    /** The file that a warehouse writes, if one is set. A relative one in the configuration is relative to that file. */
    public Optional<Path> warehouseFile(String warehouse) {
        String set = environment.getOrDefault(fileVariable(warehouse), "");
        if (!set.isEmpty()) {
            return Optional.of(Path.of(set));
        }
        Path folder = Objects.requireNonNullElse(path.getParent(), Path.of(""));
        String text = warehouses().getOrDefault(warehouse, Map.of()).getOrDefault("path", "");
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(checked(() -> folder.resolve(LakePath.expanded(text, environment))));
    }

    /** What it says about contracts. */
    public QualityRules quality() {
        return checked(() -> QualitySettings.read(file.get("quality"), labels()));
    }

    /** What it says to the views: what lists are called, and the snapshots to leave out of history. */
    public ViewSettings views() {
        ListLabels labels = labels();
        return new ViewSettings(labels, checked(() -> ExcludeSettings.read(file.get("exclude"), labels)));
    }

    /** How long raw objects of each source are kept; sources that it does not name are kept for ever. */
    public Map<String, PurgeAge> retention() {
        return checked(() -> RetentionSettings.read(file.get("retention")));
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(file.get(key)).map(value -> text(key, value));
    }

    /** The value of a key that has one value. Throws {@link IllegalArgumentException} if it has several or none. */
    static String text(String key, @Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new IllegalArgumentException(key + " is '" + value + "'. One value is expected: " + key + ": VALUE");
    }

    private <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, path + ": " + e.getMessage() + ".");
        }
    }

    private static Map<String, Object> read(Path path) {
        Map<String, Object> values = new LinkedHashMap<>();
        try (Reader reader = Files.newBufferedReader(path)) {
            Object content =
                    new Load(LoadSettings.builder().setLabel(path.toString()).build()).loadFromReader(reader);
            if (content instanceof Map<?, ?> map) {
                map.forEach((key, value) -> values.put(String.valueOf(key), value));
            } else if (content != null) {
                throw new Failure(ExitCode.USAGE, path + ": expected 'key: value' lines.");
            }
        } catch (IOException | YamlEngineException e) {
            boolean encoded = e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException;
            throw new Failure(
                    ExitCode.USAGE,
                    "Cannot read " + path + ": " + (encoded ? "it is not UTF-8. Save it as UTF-8." : ErrorText.of(e)));
        }
        for (String key : values.keySet()) {
            if (!KEYS.contains(key)) {
                throw new Failure(ExitCode.USAGE, path + ": unknown key '" + key + "'. Known keys: " + KEYS + ".");
            }
        }
        return values;
    }
}
