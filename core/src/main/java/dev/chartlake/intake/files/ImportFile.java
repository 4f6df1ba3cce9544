package dev.chartlake.intake.files;

import java.time.Instant;
import java.util.List;

/**
 * A file to import.
 *
 * @param label what messages call it
 * @param path the names of its folders and itself, itself last
 * @param modifiedAt when it was last modified
 */
public record ImportFile(String label, List<String> path, Instant modifiedAt) {
    /** Its own name. */
    public String name() {
        return path.get(path.size() - 1);
    }

    /** Identifies its folder. */
    public String folder() {
        return String.join("/", path.subList(0, path.size() - 1));
    }
}
