package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.lake.Checksums;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.FileDayTables;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.publish.CommitLog;
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
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
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

    private static final Manifest ONE = manifest(0);
    private static final Manifest OTHER = manifest(1);

    private static Manifest manifest(long entries) {
        return new Manifest(DAY, List.of(), List.of(), entries, 0, entries, List.of(), List.of(), List.of());
    }

    private static void commit(ObjectStore store, Manifest manifest, String time) throws IOException {
        Clock clock = Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
        try (Publication day = new FilePublisher(store, new ParquetFormat(), clock).begin(DAY)) {
            String version = store.read(Manifest.key(DAY))
                    .map(ObjectStore.Versioned::version)
                    .orElse(null);
            assertThat(day.commit(manifest, version)).isTrue();
        }
    }

    private static List<String> log(ObjectStore store) throws IOException {
        return store.list(CommitLog.ROOT).stream()
                .map(info -> info.key().substring(CommitLog.ROOT.length()))
                .toList();
    }

    @Test
    void theLogHasEachManifestThatTheDayHadInTheOrderOfCommits() throws IOException {
        LocalStore store = new LocalStore(lake);
        commit(store, ONE, "2026-03-01T00:00:00Z");
        commit(store, OTHER, "2026-03-01T12:30:15.250Z");
        commit(store, ONE, "2026-03-01T12:30:15.250Z");
        commit(store, OTHER, "2025-12-31T00:00:00Z"); // another machine's clock
        List<String> log = log(store);
        assertThat(log.stream().map(key -> key.replaceFirst("-[0-9a-f]{8}[.]json", "")))
                .containsExactly(
                        "2026-02-28/20260301T000000000Z",
                        "2026-02-28/20260301T123015250Z",
                        "2026-02-28/20260301T123015251Z",
                        "2026-02-28/20260301T123015252Z");
        for (int i = 0; i < log.size(); i++) {
            byte[] manifest = ManifestFile.write(i % 2 == 0 ? ONE : OTHER);
            CRC32C crc = new CRC32C();
            crc.update(manifest);
            assertThat(store.read(CommitLog.ROOT + log.get(i)).orElseThrow().bytes())
                    .isEqualTo(manifest);
            assertThat(log.get(i)).endsWith("-" + Checksums.hex(crc) + ".json");
        }
    }

    @Test
    void theSameManifestAgainIsNotLoggedAgain() throws IOException {
        LocalStore store = new LocalStore(lake);
        commit(store, ONE, "2026-03-01T00:00:00Z");
        commit(store, ONE, "2026-03-02T00:00:00Z");
        store.delete(Manifest.key(DAY)); // as if it was interrupted before
        commit(store, ONE, "2026-03-03T00:00:00Z");
        assertThat(log(store)).hasSize(1);
    }

    @Test
    void aCommitThatComesTooLateIsNotLogged() throws IOException {
        LocalStore store = new LocalStore(lake);
        commit(store, ONE, "2026-03-01T00:00:00Z");
        try (Publication day = publisher(store).begin(DAY)) {
            assertThat(day.commit(OTHER, null)).isFalse();
        }
        assertThat(log(store)).hasSize(1);
    }

    @Test
    void aDayThatWasCommittedBeforeThereWasALogIsLoggedWhenItIsCommittedAgain() throws IOException {
        LocalStore store = new LocalStore(lake);
        store.put(Manifest.key(DAY), ManifestFile.write(ONE));
        commit(store, ONE, "2026-03-01T00:00:00Z");
        assertThat(log(store)).hasSize(1);
    }

    @Test
    void whatElseLiesInTheLogIsLeftAlone() throws IOException {
        LocalStore store = new LocalStore(lake);
        store.put(CommitLog.ROOT + DAY + "/99999999T999999999Z-00000000.json", new byte[0]);
        store.put(CommitLog.ROOT + DAY + "/notes.txt", new byte[0]);
        commit(store, ONE, "2026-03-01T00:00:00Z");
        assertThat(log(store)).hasSize(3);
    }
}
