package dev.chartlake.quality;

import dev.chartlake.quality.Contract.Severity;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A contract that a day breaks.
 *
 * @param contract which one, as {@link Contract#text()}; a later version may know others than this one
 * @param severity the contract's own, whatever the settings say
 * @param list the list it is about as {@code <source>/<list>}; the source alone, or empty, if it is about no single list
 * @param count how many rows, snapshots or fields break it
 * @param example the first of them, safe to print
 */
public record Finding(String contract, Severity severity, String list, long count, String example)
        implements Serializable {

    /** By contract, then by list. */
    static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::contract).thenComparing(Finding::list);
}
