package dev.chartlake.quality;

import dev.chartlake.text.Printable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Counts what breaks contracts, and keeps the first example of each. Used by one thread. */
public final class Findings {

    private final Map<Contract, TreeMap<String, Tally>> all = new EnumMap<>(Contract.class);

    private static final class Tally {
        private final String example;
        private long count;

        Tally(String example) {
            this.example = example;
        }
    }

    /** Counts one more; the example is made of the first one alone. */
    public void add(Contract contract, String list, Supplier<String> example) {
        add(contract, list, 1, example);
    }

    /** Counts some more. */
    public void add(Contract contract, String list, long count, Supplier<String> example) {
        all.computeIfAbsent(contract, c -> new TreeMap<>())
                .computeIfAbsent(list, l -> new Tally(Printable.text(example.get())))
                .count += count;
    }

    /** What was found, by contract, then by list. */
    public List<Finding> list() {
        List<Finding> found = new ArrayList<>();
        all.forEach((contract, lists) -> lists.forEach((list, tally) ->
                found.add(new Finding(contract.text(), contract.severity(), list, tally.count, tally.example))));
        found.sort(Finding.ORDER);
        return found;
    }
}
