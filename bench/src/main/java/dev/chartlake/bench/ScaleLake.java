package dev.chartlake.bench;

import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Table;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names and manifests of a lake that is too large to write: committed days, and days in which raw objects wait. Nothing is
 * stored. Counts what S3 would be asked for. It can only be read, by one thread.
 */
final class ScaleLake implements ObjectStore {

    /** The first committed day. */
    static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

    private static final int PAGE = 1000;
    private static final long TABLE_BYTES = 10_000_000;

    /** Few readers want more than the beginning, and the rest would take the time of the simulation. */
    private static final int HEAD = 1 << 16;

    private static final Instant WRITTEN = Instant.parse("2020-01-01T00:00:00Z");

    private final int lists;
    private final int committed;
    private final int waitingDays;
    private final int waiting;
    private final byte[] manifest;
    private final int[] dates;

    private long listings;
    private long gets;
    private long bytes;

    /** {@code lists} a day for {@code committed} days, then {@code waiting} raw objects on each of {@code waitingDays}. */
    ScaleLake(int lists, int committed, int waitingDays, int waiting) {
        this.lists = lists;
        this.committed = committed;
        this.waitingDays = waitingDays;
        this.waiting = waiting;
        this.manifest = ManifestFile.write(manifest(FIRST));
        this.dates = places(manifest, FIRST.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What was asked for since the last time: pages of listings, objects, and bytes of these. */
    record Requests(long listings, long gets, long bytes) {}

    Requests requests() {
        Requests requests = new Requests(listings, gets, bytes);
        listings = 0;
        gets = 0;
        bytes = 0;
        return requests;
    }

    /** The size of a day's manifest. */
    int manifestBytes() {
        return manifest.length;
    }

    /** The first day in which something waits. */
    LocalDate firstWaiting() {
        return FIRST.plusDays(committed);
    }

    private Manifest manifest(LocalDate day) {
        List<RawObject> raw = new ArrayList<>();
        for (int list = 0; list < lists; list++) {
            raw.add(new RawObject(path(day, list), 200_000, "%08x".formatted(list), "List " + list, 50));
        }
        List<TablePart> tables = new ArrayList<>();
        for (Table table : Table.values()) {
            tables.add(new TablePart(table.sqlName(), 50L * lists, file(table, day), TABLE_BYTES, "00000000"));
        }
        return new Manifest(day, raw, tables, 50L * lists, 50L * lists, 0, List.of(), List.of(), List.of());
    }

    private static String path(LocalDate day, int list) {
        return day + "/spotify-web-api/" + "37i9dQZEVXb%011d".formatted(list) + "/060000Z.json";
    }

    private static String file(Table table, LocalDate day) {
        return table.partition(day) + "part-0.parquet";
    }

    /** Where the date is in the bytes: all days have the same manifest but for it. */
    private static int[] places(byte[] text, byte[] date) {
        int[] places = new int[text.length / date.length];
        int found = 0;
        for (int at = 0; at <= text.length - date.length; at++) {
            if (text[at] == date[0] && Arrays.equals(text, at, at + date.length, date, 0, date.length)) {
                places[found++] = at;
                at += date.length - 1;
            }
        }
        return Arrays.copyOf(places, found);
    }

    private Optional<byte[]> bytes(String key) {
        return bytes(key, manifest.length);
    }

    /** The first {@code size} of them. */
    private Optional<byte[]> bytes(String key, int size) {
        if (!key.startsWith(Manifest.ROOT)) {
            return Optional.empty();
        }
        LocalDate day;
        try {
            day = LocalDate.parse(key.substring(Manifest.ROOT.length(), key.length() - ".json".length()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        if (day.isBefore(FIRST) || !day.isBefore(firstWaiting())) {
            return Optional.empty();
        }
        byte[] own = Arrays.copyOf(manifest, Math.min(manifest.length, size));
        byte[] date = day.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < dates.length && dates[i] < own.length; i++) {
            System.arraycopy(date, 0, own, dates[i], Math.min(date.length, own.length - dates[i]));
        }
        return Optional.of(own);
    }

    @Override
    public String name() {
        return "a lake of " + lists + " lists a day";
    }

    @Override
    public List<ObjectInfo> list(String prefix) {
        List<ObjectInfo> found = new ArrayList<>();
        for (int i = 0; i < waitingDays; i++) {
            String folder = RawState.TO_PROCESS.prefix() + firstWaiting().plusDays(i) + "/";
            if (folder.startsWith(prefix)) {
                for (int list = 0; list < waiting; list++) {
                    found.add(info(
                            RawState.TO_PROCESS.prefix() + path(firstWaiting().plusDays(i), list), 200_000));
                }
            }
        }
        for (int i = 0; i < committed && Table.ROOT.startsWith(prefix); i++) {
            LocalDate day = FIRST.plusDays(i);
            found.add(info(Manifest.key(day), manifest.length));
            for (Table table : Table.values()) {
                found.add(info(file(table, day), TABLE_BYTES));
            }
        }
        found.sort(Comparator.comparing(ObjectInfo::key));
        listings += pages(found.size());
        return found;
    }

    private static long pages(int objects) {
        return Math.max(1, (objects + PAGE - 1) / PAGE);
    }

    private static ObjectInfo info(String key, long size) {
        return new ObjectInfo(key, size, WRITTEN, "");
    }

    @Override
    public List<String> folders(String prefix) {
        List<String> found = new ArrayList<>();
        boolean waits = prefix.equals(RawState.TO_PROCESS.prefix());
        int count = waits ? waitingDays : prefix.equals(RawState.PROCESSED.prefix()) ? committed : 0;
        for (int i = 0; i < count; i++) {
            found.add((waits ? firstWaiting() : FIRST).plusDays(i).toString());
        }
        listings += pages(count);
        return found;
    }

    @Override
    public List<ObjectInfo> files(String prefix) {
        List<ObjectInfo> found = new ArrayList<>();
        for (int i = 0; i < committed && prefix.equals(Manifest.ROOT); i++) {
            found.add(info(Manifest.key(FIRST.plusDays(i)), manifest.length));
        }
        listings += pages(found.size());
        return found;
    }

    /** As S3, which would be asked for all. */
    @Override
    public Existing existing(String prefix) {
        return key -> true;
    }

    @Override
    public Optional<ObjectInfo> find(String key) {
        return bytes(key).map(found -> info(key, found.length));
    }

    @Override
    public InputStream open(String key) throws IOException {
        gets++;
        byte[] head = bytes(key, HEAD).orElseThrow(() -> new MissingObjectException(key, name()));
        InputStream all = new SequenceInputStream(new Enumeration<>() {
            private int part;

            @Override
            public boolean hasMoreElements() {
                return part < 2;
            }

            @Override
            public InputStream nextElement() {
                byte[] next = part++ == 0 ? head : bytes(key).orElse(head);
                return new ByteArrayInputStream(next, part == 1 ? 0 : head.length, next.length);
            }
        });
        return new FilterInputStream(all) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int read = super.read(into, from, length);
                bytes += Math.max(read, 0);
                return read;
            }
        };
    }

    @Override
    public Optional<Versioned> read(String key) {
        gets++;
        Optional<byte[]> found = bytes(key);
        bytes += found.map(all -> all.length).orElse(0);
        return found.map(all -> new Versioned(all, ""));
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("This lake can only be read.");
    }

    @Override
    public void put(String key, byte[] bytes) {
        throw readOnly();
    }

    @Override
    public Staged stage() {
        throw readOnly();
    }

    @Override
    public boolean commit(
            List<Publish> parts, Set<String> obsolete, String manifestKey, byte[] manifest, @Nullable String expected) {
        throw readOnly();
    }

    @Override
    public boolean putNew(String key, Staged staged) {
        throw readOnly();
    }

    @Override
    public void move(String from, String to, Set<String> names) {
        throw readOnly();
    }

    @Override
    public void delete(String key) {
        throw readOnly();
    }

    @Override
    public Closeable shared() {
        return () -> {};
    }

    @Override
    public Exclusive exclusive(String name) {
        return () -> {};
    }
}
