package dev.chartlake.bench;

import dev.chartlake.format.TableFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.rows.RowOrder;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes a lake as years of daily charts leave it: all seven tables of each day with their manifest, by our own table
 * writer, without raw objects. Everything in it is invented; the same arguments give the same bytes.
 */
final class History {

    private static final int THREADS = 2;
    private static final long DAY_MICROS = 86_400_000_000L;

    private final Path lake;
    private final ChartSongs songs;
    private final Strings strings = new Strings();
    private final List<TableRows> rows = new ArrayList<>();
    private final TableFormat format = new ParquetFormat();

    private History(Path lake, ChartSongs songs) {
        this.lake = lake;
        this.songs = songs;
        for (Table table : Table.values()) {
            rows.add(new TableRows(table, strings));
        }
    }

    /** The playlist id of a chart, counted from 0. */
    static String chart(int number) {
        return "37i9dQZEVXb" + Catalogue.id(new SplittableRandom(number)).substring(11);
    }

    /** Writes {@code days} days of {@code lists} charts of {@code entries} songs each, the last of them {@code last}. */
    static void write(Path lake, int lists, int entries, int days, LocalDate last) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> written = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int own = thread;
                // Each goes through all days and writes every second one: to write takes far longer than to go.
                written.add(threads.submit(() -> {
                    History history = new History(lake, ChartSongs.generate(last.minusDays(days - 1L), days));
                    ChartMoves charts = new ChartMoves(lists, entries, days);
                    for (int day = 0; day < days; day++) {
                        charts.move(day);
                        if (day % THREADS == own) {
                            history.writeDay(last.minusDays(days - 1L - day), day, charts);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : written) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while writing the history to " + lake, e);
        } catch (ExecutionException e) {
            throw new IOException("The history could not be written to " + lake + ": " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void writeDay(LocalDate date, int day, ChartMoves charts) throws IOException {
        rows.forEach(TableRows::clear);
        long noon = date.toEpochDay() * DAY_MICROS + DAY_MICROS / 2;
        boolean[] seen = new boolean[ChartSongs.SONGS];
        for (int list = 0; list < charts.lists(); list++) {
            add(
                    Table.PLAYLISTS,
                    "spotify-web-api",
                    chart(list),
                    noon,
                    "Top 50 – Region " + list,
                    "spotify",
                    "Spotify",
                    "Your daily update of the most played tracks in region " + list + ".",
                    "https://open.spotify.com/playlist/" + chart(list),
                    "https://charts-images.scdn.co/" + list + ".jpg",
                    10_000L + list * 1_000L + day,
                    chart(list) + day,
                    charts.entries());
            for (int position = 1; position <= charts.entries(); position++) {
                int song = charts.song(list, position);
                seen[song] = true;
                add(
                        Table.PLAYLIST_ENTRIES,
                        "spotify-web-api",
                        chart(list),
                        noon,
                        position,
                        "track",
                        "spotify:track:" + songs.id(song),
                        songs.id(song),
                        songs.name(song),
                        songs.artistNames(song),
                        noon - DAY_MICROS / 10,
                        "",
                        null,
                        null,
                        null,
                        null);
            }
        }
        songs.addTo(this, seen, noon, day);
        List<TablePart> parts = new ArrayList<>();
        for (TableRows table : rows) {
            parts.add(write(date, table));
        }
        long entries = (long) charts.lists() * charts.entries();
        Path manifest = lake.resolve(Manifest.key(date));
        Files.createDirectories(manifest.getParent());
        Files.write(
                manifest,
                ManifestFile.write(
                        new Manifest(date, List.of(), parts, entries, entries, 0, List.of(), List.of(), List.of())));
    }

    private TablePart write(LocalDate date, TableRows rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 17);
        try (TableFormat.Writer writer = format.open(rows.table(), bytes)) {
            writer.write(rows, RowOrder.byKey(rows));
        }
        String key = rows.table().partition(date) + "part-0." + format.extension();
        Path file = lake.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes.toByteArray());
        CRC32C crc = new CRC32C();
        crc.update(bytes.toByteArray());
        return new TablePart(
                rows.table().sqlName(),
                rows.size(),
                key,
                bytes.size(),
                HexFormat.of().toHexDigits((int) crc.getValue()));
    }

    /** Adds a row; times and dates are numbers as in {@link TableRows}. */
    void add(Table table, @Nullable Object... values) {
        TableRows rows = this.rows.get(table.ordinal());
        int row = rows.add();
        for (int c = 0; c < values.length; c++) {
            Column column = table.columns().get(c);
            Object value = values[c];
            if (value == null) {
                continue;
            }
            if (value instanceof String text) {
                rows.set(row, c, strings.intern(text));
            } else if (TableRows.isLong(column.type())) {
                rows.set(row, c, ((Number) value).longValue());
            } else {
                rows.set(row, c, ((Number) value).intValue());
            }
        }
    }
}
