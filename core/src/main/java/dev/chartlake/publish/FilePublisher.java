package dev.chartlake.publish;

import dev.chartlake.format.TableFormat;
import dev.chartlake.lake.Checksums;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a day as one file of each table that has rows, in the partitions of the day, and its manifest once more in the
 * {@link CommitLog}.
 */
public final class FilePublisher implements Publisher {

    private final ObjectStore store;
    private final TableFormat format;
    private final Clock clock;

    /** Publishes in {@code store}. */
    public FilePublisher(ObjectStore store, TableFormat format) {
        this(store, format, Clock.systemUTC());
    }

    /** As the other one; {@code clock} tells when a day is committed, which only the log of commits says. */
    public FilePublisher(ObjectStore store, TableFormat format, Clock clock) {
        this.store = store;
        this.format = format;
        this.clock = clock;
    }

    @Override
    public Publication begin(LocalDate date) {
        return new Files(date);
    }

    private final class Files implements Publication {

        private final LocalDate date;
        private final CommitLog log;
        private final List<Publish> parts = new ArrayList<>();

        Files(LocalDate date) {
            this.date = date;
            this.log = new CommitLog(store, date);
        }

        @Override
        public TablePart write(Table table, Rows rows) throws IOException {
            String key = table.partition(date) + "part-0." + format.extension();
            Staged staged = store.stage();
            parts.add(new Publish(staged, key));
            Checksums.Out out = new Checksums.Out(staged.out());
            long count;
            try (TableFormat.Writer writer = format.open(table, out)) {
                count = rows.to(writer);
            }
            if (count > 0) {
                return new TablePart(table.sqlName(), count, key, out.size(), out.crc32c());
            }
            parts.remove(parts.size() - 1);
            staged.close(); // nothing came of it: its temporary file must not stay
            return TablePart.none(table);
        }

        @Override
        public boolean commit(Manifest manifest, @Nullable String version) throws IOException {
            byte[] bytes = ManifestFile.write(manifest);
            Optional<String> entry = log.next(bytes, clock.instant());
            if (entry.isPresent()) {
                parts.add(new Publish(store.stage(bytes), entry.get()));
            }
            return store.commit(parts, obsolete(), Manifest.key(date), bytes, version);
        }

        /**
         * What this commit does not replace of the day's partitions, such as another format's files, and the markers of the
         * months and years that hold the day: a copy of them is never older than a manifest.
         */
        private Set<String> obsolete() {
            Set<String> obsolete = new HashSet<>();
            for (Table table : Table.values()) {
                obsolete.add(table.partition(date));
            }
            Span.holding(date).forEach(span -> obsolete.add(span.marker()));
            return obsolete;
        }

        @Override
        public void close() throws IOException {
            for (Publish part : parts) {
                part.staged().close();
            }
        }
    }
}
