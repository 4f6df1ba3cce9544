package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Table;
import dev.chartlake.publish.Publisher;
import dev.chartlake.publish.Publisher.Publication;
import dev.chartlake.rows.TableRows;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Versioned;
import dev.chartlake.trials.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Publisher} promises. */
public abstract class PublisherContract {

    private static final LocalDate DAY = LocalDate.parse("2026-11-21");
    private static final LocalDate OTHER = DAY.plusDays(1);

    @TempDir
    private Path folder = Path.of("");

    private int number;

    /** A publisher to this lake; every call gives another one. */
    protected abstract Publisher publisher(ObjectStore store);

    /** How many rows readers see in a table of a day. */
    protected abstract long rows(ObjectStore store, Table table, LocalDate date) throws IOException;

    /** The tables with rows that were written, and what the publisher said of each. */
    private record Written(Publication publication, LocalDate date, Map<Table, TablePart> parts, int number) {

        /** Differs from every other one of the test. */
        Manifest manifest() {
            List<TablePart> all = new ArrayList<>();
            for (Table table : Table.values()) {
                all.add(part(table));
            }
            long entries = part(Table.PLAYLIST_ENTRIES).rows();
            RawObject raw = new RawObject(date + "/web-api/a/120000Z.json", number, "00000000", "", entries);
            return new Manifest(date, List.of(raw), all, entries, entries, 0, List.of(), List.of(), List.of());
        }

        TablePart part(Table table) {
            return parts.getOrDefault(table, TablePart.none(table));
        }

        boolean commit(@Nullable String version) throws IOException {
            return publication.commit(manifest(), version);
        }
    }

    private LocalStore lake() throws IOException {
        return new LocalStore(Files.createTempDirectory(folder, "lake"));
    }

    /** Writes random rows into some of the tables, or none. */
    private Written write(ObjectStore store, LocalDate date, Random random) throws IOException {
        Publication publication = publisher(store).begin(date);
        Map<Table, TablePart> parts = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            int size = random.nextInt(4) * random.nextInt(30);
            if (random.nextInt(4) > 0) {
                TableRows rows = RandomRows.plain(random).of(table, size);
                parts.put(table, publication.write(table, writer -> {
                    writer.write(rows, IntStream.range(0, size).toArray());
                    return size;
                }));
                assertThat(parts.get(table).rows()).isEqualTo(size);
                assertThat(parts.get(table).table()).isEqualTo(table.sqlName());
            }
        }
        return new Written(publication, date, parts, ++number);
    }

    private static @Nullable String version(ObjectStore store, LocalDate date) throws IOException {
        return store.read(Manifest.key(date)).map(Versioned::version).orElse(null);
    }

    private static Set<String> keys(ObjectStore store) throws IOException {
        Set<String> keys = new TreeSet<>();
        store.list("").forEach(object -> keys.add(object.key()));
        return keys;
    }

    /** Readers see what was written, and a manifest that says so. */
    private void assertSeen(ObjectStore store, Written written) throws IOException {
        Optional<Versioned> manifest = store.read(Manifest.key(written.date()));
        assertThat(ManifestFile.read(manifest.orElseThrow().bytes())).isEqualTo(written.manifest());
        for (Table table : Table.values()) {
            assertThat(rows(store, table, written.date()))
                    .as(table.sqlName())
                    .isEqualTo(written.part(table).rows());
        }
    }

    private void assertNothing(ObjectStore store, LocalDate date) throws IOException {
        assertThat(store.read(Manifest.key(date))).isEmpty();
        for (Table table : Table.values()) {
            assertThat(rows(store, table, date)).as(table.sqlName()).isZero();
        }
    }

    @Test
    void rowsAreSeenWhenTheyAreCommittedAndNotBefore() throws Exception {
        Seeded.run(3, random -> {
            LocalStore store = lake();
            Written written = write(store, DAY, random);
            assertNothing(store, DAY);
            assertThat(written.commit(null)).isTrue();
            assertSeen(store, written);
            written.publication().close();
            assertSeen(store, written);
            assertNothing(store, OTHER);
        });
    }

    @Test
    void whatIsClosedWithoutACommitLeavesNothing() throws Exception {
        Seeded.run(3, random -> {
            LocalStore store = lake();
            write(store, OTHER, random).commit(null);
            Set<String> before = keys(store);
            write(store, DAY, random).publication().close();
            assertThat(keys(store)).isEqualTo(before);
            assertNothing(store, DAY);
        });
    }

    @Test
    void aCommitReplacesTheWholeDayAndNoOther() throws Exception {
        Seeded.run(3, random -> {
            LocalStore store = lake();
            Written other = write(store, OTHER, random);
            assertThat(other.commit(null)).isTrue();
            for (int i = 0; i < 4; i++) {
                Written next = write(store, DAY, random);
                assertThat(next.commit(version(store, DAY))).isTrue();
                assertSeen(store, next);
                assertSeen(store, other);
            }
        });
    }

    @Test
    void ofTwoThatBeganTogetherTheSecondChangesNothing() throws Exception {
        Seeded.run(3, random -> {
            LocalStore store = lake();
            for (int commits = 0; commits < 2; commits++) {
                String version = version(store, DAY);
                Written first = write(store, DAY, random);
                Written second = write(store, DAY, random);
                assertThat(first.commit(version)).isTrue();
                assertThat(second.commit(version)).isFalse();
                second.publication().close();
                assertSeen(store, first);
            }
        });
    }

    @Test
    void rowsThatCannotBeWrittenAreNotPublished() throws Exception {
        Seeded.run(random -> {
            LocalStore store = lake();
            Written before = write(store, DAY, random);
            assertThat(before.commit(null)).isTrue();
            before.publication().close();
            Set<String> keys = keys(store);
            TableRows rows = RandomRows.plain(random).of(Table.SONGS, 10);
            try (Publication publication = publisher(store).begin(DAY)) {
                assertThatThrownBy(() -> publication.write(Table.SONGS, writer -> {
                            writer.write(rows, new int[] {0, 1, 2});
                            throw new IOException("No more rows");
                        }))
                        .hasMessage("No more rows");
            }
            assertThat(keys(store)).isEqualTo(keys);
            assertSeen(store, before);
        });
    }
}
