package dev.chartlake.quality;

import dev.chartlake.text.Printable;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/**
 * The fields that the objects of one source have on a day.
 *
 * @param source as in raw keys
 * @param seen their names with the level before them, such as {@code track.album.images}, sorted and safe to print
 */
public record SourceFields(String source, List<String> seen) implements Serializable {

    private static final int LONGEST = 80;

    /** Of names as they are in the objects, which are other people's. */
    public static SourceFields of(String source, Collection<String> names) {
        return new SourceFields(
                source,
                names.stream()
                        .map(name -> Printable.cut(name, LONGEST))
                        .distinct()
                        .sorted()
                        .toList());
    }
}
