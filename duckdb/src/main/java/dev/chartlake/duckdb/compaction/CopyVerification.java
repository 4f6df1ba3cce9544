package dev.chartlake.duckdb.compaction;

import dev.chartlake.duckdb.files.Marker;
import dev.chartlake.lake.LakeStatus.Problem;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the files of compacted months and years, and compares sizes and checksums with those of their markers. */
public final class CopyVerification {

    private CopyVerification() {}

    /** What is wrong with each file that is not as it was written, and the cure. Copies that no query reads are passed over. */
    public static List<Problem> damage(LocalStore lake) {
        var names = new File(lake.root().toFile(), Span.ROOT).list((in, name) -> name.endsWith(".json"));
        var damage = new ArrayList<Problem>();
        for (var name : names == null ? new String[0] : names) {
            var digits = name.substring(0, name.length() - ".json".length());
            if (digits.matches("\\d{4}(-\\d{2})?")) {
                int month = digits.length() == 4 ? 0 : Integer.parseInt(digits.substring(5));
                damage.addAll(damage(lake.root(), new Span(Integer.parseInt(digits.substring(0, 4)), month)));
            }
        }
        damage.sort(Comparator.comparing(Problem::key));
        return damage;
    }

    private static void add(@Nullable Problem problem, List<Problem> to) {
        if (problem != null) {
            to.add(problem);
        }
    }

    private static List<Problem> damage(Path lake, Span span) {
        var damage = new ArrayList<Problem>();
        Marker.of(lake, span).ifPresent(marker -> {
            for (var table : Table.values()) {
                marker.file(span, table).ifPresent(file -> add(file.problem(lake), damage));
            }
        });
        return damage;
    }
}
