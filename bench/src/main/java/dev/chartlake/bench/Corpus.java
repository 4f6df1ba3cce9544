package dev.chartlake.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes a lake of raw pages as a fleet of lists leaves them: one page of a list's items a list and day, in the field
 * order and weight of a page recorded in February 2023. Everything in it is invented.
 *
 * <p>Lists take their songs from one {@link Catalogue}, popular ones more often, and move a little every day, so that a
 * day repeats songs between lists and a list repeats most of its songs between days.
 */
public final class Corpus {

    /** The day of the first pages; the others follow without gaps. */
    public static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);

    private static final int THREADS = 2;
    private static final LocalTime OBSERVED = LocalTime.NOON;

    private final Path waiting;
    private final int days;
    private final int entries;
    private final Catalogue catalogue;

    private Corpus(Path lake, int days, int entries, Catalogue catalogue) {
        this.waiting = lake.resolve(RawState.TO_PROCESS.prefix());
        this.days = days;
        this.entries = entries;
        this.catalogue = catalogue;
    }

    /**
     * Writes {@code lists * days} pages below {@code raw_data/to_process/}. The same arguments give the same bytes.
     *
     * @param entriesPerPage 1 to 100, the most that the Web API puts on a page
     * @throws UncheckedIOException if a page cannot be written; what was written before stays
     */
    public static void write(Path lake, int lists, int days, int entriesPerPage, long seed) {
        if (lists < 1 || days < 1 || entriesPerPage < 1 || entriesPerPage > 100) {
            throw new IllegalArgumentException("A corpus needs lists and days above 0 and 1 to 100 entries a page, not "
                    + lists + ", " + days + " and " + entriesPerPage + ".");
        }
        // Split and not seeded with seed + n: neighbouring seeds of a SplittableRandom may give the same numbers,
        // shifted.
        SplittableRandom random = new SplittableRandom(seed);
        Corpus corpus = new Corpus(lake, days, entriesPerPage, Catalogue.generate(random.split()));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> written = new ArrayList<>(lists);
            for (int list = 0; list < lists; list++) {
                boolean chart = list % 2 == 0;
                SplittableRandom own = random.split();
                written.add(threads.submit(() -> corpus.writeList(own, chart)));
            }
            for (Future<?> one : written) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while writing the corpus to " + lake, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The corpus could not be written to " + lake, e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void writeList(SplittableRandom random, boolean chart) {
        String id = Catalogue.id(random);
        List<Entry> list = new ArrayList<>(entries);
        Set<Integer> present = new HashSet<>();
        for (int i = 0; i < entries; i++) {
            list.add(draw(random, chart, present, FIRST_DAY.minusDays(random.nextInt(200))));
        }
        ByteArrayOutputStream page = new ByteArrayOutputStream(entries * 4_500);
        for (int day = 0; day < days; day++) {
            LocalDate date = FIRST_DAY.plusDays(day);
            if (day > 0) {
                move(random, chart, list, present, date);
            }
            page.reset();
            render(page, id, list, chart, day);
            RawKey key = new RawKey(RawKey.WEB_API, id, date.atTime(OBSERVED).toInstant(ZoneOffset.UTC), "json");
            Path file = waiting.resolve(key.path());
            try {
                Files.createDirectories(file.getParent());
                try (OutputStream out = Files.newOutputStream(file)) {
                    page.writeTo(out);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + file, e);
            }
        }
    }

    private record Entry(int song, LocalDate added) {}

    /** A song that is not in the list yet. Charts share their hits more than other lists do. */
    private static Entry draw(SplittableRandom random, boolean chart, Set<Integer> present, LocalDate added) {
        while (true) {
            double u = random.nextDouble();
            int song = (int) ((chart ? u * u * u * u : u * u) * Catalogue.SONGS);
            if (present.add(song)) {
                return new Entry(song, added);
            }
        }
    }

    /** A few songs leave for others, a few change places. */
    private static void move(
            SplittableRandom random, boolean chart, List<Entry> list, Set<Integer> present, LocalDate date) {
        for (int changes = random.nextInt(5); changes > 0; changes--) {
            int left = random.nextInt(list.size());
            present.remove(list.remove(left).song());
            list.add(random.nextInt(list.size() + 1), draw(random, chart, present, date));
        }
        for (int moves = list.size() / 5; moves > 0; moves--) {
            Entry moved = list.remove(random.nextInt(list.size()));
            list.add(random.nextInt(list.size() + 1), moved);
        }
    }

    private void render(ByteArrayOutputStream page, String id, List<Entry> list, boolean chart, int day) {
        put(page, "{\"href\":\"https://api.spotify.com/v1/playlists/");
        put(page, id);
        put(page, "/tracks?offset=0&limit=100&additional_types=track\",\"items\":[");
        String user = chart ? "" : "spotify";
        String addedBy = "\",\"added_by\":{\"external_urls\":{\"spotify\":\"https://open.spotify.com/user/" + user
                + "\"},\"href\":\"https://api.spotify.com/v1/users/" + user + "\",\"id\":\"" + user
                + "\",\"type\":\"user\",\"uri\":\"spotify:user:" + user
                + "\"},\"is_local\":false,\"primary_color\":null,\"track\":";
        for (int i = 0; i < list.size(); i++) {
            Entry entry = list.get(i);
            Catalogue.Song song = catalogue.song(entry.song());
            put(page, i == 0 ? "{\"added_at\":\"" : ",{\"added_at\":\"");
            // A chart is replaced as a whole every day, so all of it carries that day's time.
            put(page, (chart ? FIRST_DAY.plusDays(day) : entry.added()) + "T09:38:05Z");
            put(page, addedBy);
            page.writeBytes(song.head());
            put(page, Integer.toString(popularity(entry.song(), song.popularity(), day)));
            page.writeBytes(song.tail());
            put(page, ",\"video_thumbnail\":{\"url\":null}}");
        }
        put(page, "],\"limit\":100,\"next\":null,\"offset\":0,\"previous\":null,\"total\":" + list.size() + "}");
    }

    /** The same for every list of a day, as the Web API has it; drifts by up to five either way. */
    private static int popularity(int song, int base, int day) {
        int phase = (song * 31 + day) % 20;
        return base + (phase < 10 ? phase : 20 - phase) - 5;
    }

    private static void put(ByteArrayOutputStream page, String ascii) {
        page.writeBytes(ascii.getBytes(US_ASCII));
    }
}
