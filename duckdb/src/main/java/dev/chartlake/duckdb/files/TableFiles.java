package dev.chartlake.duckdb.files;

import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The files that hold every day's rows of one table, each row once: those of whole years and months where they are as
 * their marker says, and those of all other days.
 *
 * @param spans the years and months whose own files are read, in order
 * @param days the files of all other days by format, in order
 * @param committed all of these files as they were committed
 */
public record TableFiles(List<Span> spans, Map<Format, List<DayFile>> days, List<CommittedFile> committed) {

    /** The formats a partition can have. */
    public enum Format {
        PARQUET,
        CSV;

        public String file() {
            return this == PARQUET ? "part-0.parquet" : "part-0.csv";
        }
    }

    /** A partition's file: {@code folder} is {@code snapshot_date=…}; {@code earlier} if it has {@link Table#earlierColumns}. */
    public record DayFile(String folder, Format format, boolean earlier, int month, int day) {}

    private static final String DAY = "snapshot_date=";

    /** Looks at names, sizes, markers and the manifests of days that are not copied; no table is opened. */
    static TableFiles of(Path lake, Table table, CommittedDays manifests, Differences differences) {
        return new Look(lake, table, manifests, differences).all();
    }

    /** The files of these days of a year, whatever copies there are. */
    static TableFiles of(
            Path lake, Table table, int year, Days days, CommittedDays manifests, Differences differences) {
        var look = new Look(lake, table, manifests, differences);
        look.days(year, days);
        return look.found();
    }

    /** One look at the files of a table. */
    private static final class Look {
        private final Path lake;
        private final Table table;
        private final File folder;
        private final CommittedDays manifests;
        private final Differences differences;
        private final List<Span> spans = new ArrayList<>();
        private final Map<Format, List<DayFile>> files = new EnumMap<>(Format.class);
        private final List<CommittedFile> committed = new ArrayList<>();

        Look(Path lake, Table table, CommittedDays manifests, Differences differences) {
            this.lake = lake;
            this.table = table;
            this.folder = new File(lake.toFile(), Table.ROOT + table.folder());
            this.manifests = manifests;
            this.differences = differences;
        }

        TableFiles found() {
            return new TableFiles(List.copyOf(spans), files, List.copyOf(committed));
        }

        TableFiles all() {
            var partitions = CommittedDays.years(folder, DAY.length(), 0);
            var years = new TreeSet<>(manifests.years().keySet());
            years.addAll(partitions.keySet());
            for (int year : years) {
                var there = partitions.getOrDefault(year, new Days());
                var all = there.or(manifests.in(year));
                if (!copied(new Span(year, 0), there)) {
                    all.months(month -> {
                        if (!copied(new Span(year, month), there)) {
                            days(year, all.in(month));
                        }
                    });
                }
            }
            return found();
        }

        /** Takes the span's file if the very days are committed that are in it, with a partition each, and no other has one. */
        private boolean copied(Span span, Days partitions) {
            var marker = Marker.of(lake, span);
            if (marker.isEmpty()
                    || !marker.get().days().equals(manifests.in(span.year()).in(span.month()))) {
                return false;
            }
            var file = marker.get().file(span, table);
            var copied = marker.get().copies().get(table);
            var there = partitions.in(span.month());
            if (copied == null
                    || !there.hold(copied.days())
                    || !isEmpty(span.year(), there.minus(copied.days()))
                    || file.isPresent() && !file.get().hasItsSize(lake)) {
                return false;
            }
            file.ifPresent(committed::add);
            if (file.isPresent()) {
                spans.add(span);
            }
            return true;
        }

        private boolean isEmpty(int year, Days days) {
            var names = new ArrayList<String>();
            days.each((month, day) -> names.addAll(parts(Days.folder(year, month, day))));
            return names.isEmpty();
        }

        /** The files in a partition that a query or another engine would read. */
        private List<String> parts(String partition) {
            var names = new File(folder, partition).list((in, name) -> name.startsWith("part-"));
            return names == null ? List.of() : List.of(names);
        }

        /** Takes the files of days, and notes where they are not as their manifests say. */
        void days(int year, Days days) {
            days.each((month, day) -> day(year, month, day));
        }

        private void day(int year, int month, int day) {
            var partition = Days.folder(year, month, day);
            var there = new ArrayList<>(parts(partition));
            var date = Days.date(year, month, day);
            if (date.isEmpty()) {
                return;
            }
            var prefix = table.partition(date.get());
            if (manifests.in(year).has(month, day)) {
                var part = manifests.part(table, date.get(), differences);
                if (differences.has(date.get())) {
                    return;
                }
                if (!part.file().isEmpty()) {
                    var name = part.file().substring(prefix.length());
                    take(new CommittedFile(part.file(), part.size(), part.crc32c(), date.get()), there.remove(name));
                    var format = name.equals(Format.CSV.file()) ? Format.CSV : Format.PARQUET;
                    files.computeIfAbsent(format, any -> new ArrayList<>())
                            .add(new DayFile(
                                    partition,
                                    format,
                                    manifests.hasEarlierColumns(table, date.get(), differences),
                                    month,
                                    day));
                }
            }
            if (!there.isEmpty()) {
                differences.add(date.get(), prefix + there.get(0), "is in no manifest");
            }
        }

        private void take(CommittedFile file, boolean there) {
            committed.add(file);
            long size = there ? new File(lake.toFile(), file.key()).length() : -1;
            if (size != file.size() && file.date() != null) {
                var problem = there ? "has " + size + " bytes, its manifest says " + file.size() : "is missing";
                differences.add(file.date(), file.key(), problem);
            }
        }
    }
}
