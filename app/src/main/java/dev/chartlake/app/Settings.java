package dev.chartlake.app;

import dev.chartlake.quality.QualityRules;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What the environment and the configuration file say. The environment wins.
 *
 * @param environment the environment variables
 * @param file the configuration file's values, empty without a file
 */
public record Settings(Map<String, String> environment, Map<String, Object> file) {

    /** The variable that says where the lake is. */
    static final String LAKE = "CHARTLAKE_LAKE";

    /** Read when {@code --config} is not given. */
    static final Path DEFAULT_FILE = Path.of("chartlake.yaml");

    /** Every key a configuration file can have. */
    static final Set<String> KEYS = new TreeSet<>(Set.of("lake", "lists", "load", "format", "quality"));

    /** Reads the file; a named file must exist, the default one need not. Throws {@link Failure} when it is wrong. */
    public static Settings load(Optional<Path> named, Map<String, String> environment) {
        Path path = named.orElse(DEFAULT_FILE);
        if (!Files.exists(path)) {
            if (named.isPresent()) {
                throw new Failure(ExitCode.USAGE, "No configuration file " + path + ".");
            }
            return new Settings(environment, Map.of());
        }
        return new Settings(environment, read(path));
    }

    /** Where the lake is. */
    public String lake() {
        return value(LAKE, "lake").orElse("./lake");
    }

    /** The lists to extract when none is named on the command line. */
    public List<String> lists() {
        Object lists = file.get("lists");
        List<String> result = new ArrayList<>();
        if (lists instanceof List<?> many) {
            many.forEach(list -> result.add(String.valueOf(list)));
        } else if (lists != null) {
            result.add(lists.toString());
        }
        return result;
    }

    /** What it says about contracts. Throws {@link Failure} when it is wrong. */
    public QualityRules quality() {
        return QualitySettings.read(file.get("quality"));
    }

    /** A value of the environment, else of the file. An empty environment variable counts as not set. */
    public Optional<String> value(String variable, String key) {
        String set = environment.get(variable);
        if (set != null && !set.isEmpty()) {
            return Optional.of(set);
        }
        @Nullable Object value = file.get(key);
        return Optional.ofNullable(value).map(Object::toString);
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
            throw new Failure(ExitCode.USAGE, "Cannot read " + path + ": " + e.getMessage());
        }
        for (String key : values.keySet()) {
            if (!KEYS.contains(key)) {
                throw new Failure(ExitCode.USAGE, path + ": unknown key '" + key + "'. Known keys: " + KEYS + ".");
            }
        }
        return values;
    }
}
