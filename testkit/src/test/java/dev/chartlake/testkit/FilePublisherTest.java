package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.lake.Manifest;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.FileDayTables;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.publish.FilePublisher;
import dev.chartlake.publish.Publisher;
import dev.chartlake.publish.Publisher.Publication;
import dev.chartlake.rows.TableRows;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in partitions keep the contract, and leave no file and no copy that says something else. */
class FilePublisherTest extends PublisherContract {

    private static final LocalDate DAY = LocalDate.parse("2026-02-28");

    @TempDir
    private Path lake = Path.of("");

    @Override
    protected Publisher publisher(ObjectStore store) {
        return new FilePublisher(store, new ParquetFormat());
    }

    @Override
    protected long rows(ObjectStore store, Table table, LocalDate date) throws IOException {
        long count = 0;
        for (ObjectInfo file : store.list(table.partition(date))) {
            try (DayTableRows rows = new FileDayTables(store).open(table, file.key())) {
                while (rows.next() != null) {
                    count++;
                }
            }
        }
        return count;
    }

    private static void publish(Publisher publisher, List<Table> tables) throws IOException {
        try (Publication day = publisher.begin(DAY)) {
            for (Table table : tables) {
                TableRows rows = RandomRows.plain(new Random(1)).of(table, 1);
                day.write(table, writer -> {
                    writer.write(rows, new int[] {0});
                    return 1;
                });
            }
            Manifest manifest = new Manifest(DAY, List.of(), List.of(), 0, 0, 0, List.of(), List.of(), List.of());
            day.commit(manifest, null);
        }
    }

    private static List<String> files(ObjectStore store, Table table) throws IOException {
        return store.list(table.partition(DAY)).stream().map(ObjectInfo::key).toList();
    }

    @Test
    void filesOfAnotherFormatAndCopiesOfOlderDaysGo() throws IOException {
        LocalStore store = new LocalStore(lake);
        publish(new FilePublisher(store, new CsvFormat()), List.of(Table.SONGS, Table.ALBUMS));
        assertThat(files(store, Table.SONGS)).containsExactly(Table.SONGS.partition(DAY) + "part-0.csv");
        store.delete(Manifest.key(DAY));
        for (Span span : Span.holding(DAY)) {
            store.put(span.marker(), "a copy".getBytes(StandardCharsets.UTF_8));
        }
        publish(new FilePublisher(store, new ParquetFormat()), List.of(Table.SONGS));
        assertThat(files(store, Table.SONGS)).containsExactly(Table.SONGS.partition(DAY) + "part-0.parquet");
        assertThat(files(store, Table.ALBUMS)).isEmpty();
        assertThat(Span.holding(DAY)).isNotEmpty();
        for (Span span : Span.holding(DAY)) {
            assertThat(store.find(span.marker())).as(span.marker()).isEmpty();
        }
    }
}
