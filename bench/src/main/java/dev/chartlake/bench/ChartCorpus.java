package dev.chartlake.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Weekly chart files as charts.spotify.com names and writes them, everything in them invented: 200 rows each, of songs that
 * markets share and that come back the week after. The same arguments give the same bytes.
 */
final class ChartCorpus {

    static final int MARKETS = 70;
    private static final int ROWS = 200;
    private static final int SONGS = 20_000;
    private static final LocalDate FIRST_WEEK = LocalDate.of(2020, 1, 2);
    private static final String[] WORDS = {
        "Fjell", "Sol", "Måne", "Natt", "Dans", "Hav", "Lys", "Vinter", "Corazón", "Été", "Regen", "Street", "Gold",
        "Blue", "Fire", "Love", "Home", "Again", "Tonight", "Blåbær"
    };
    private static final String HEADER =
            "\ufeffrank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\r\n";
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private ChartCorpus() {}

    /** Writes the charts of so many weeks of all markets into one folder. */
    static void write(Path folder, int weeks) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(1);
        List<String> songs = new ArrayList<>();
        for (int song = 0; song < SONGS; song++) {
            songs.add(song(random, song));
        }
        for (int market = 0; market < MARKETS; market++) {
            List<Integer> chart = new ArrayList<>();
            Set<Integer> there = new HashSet<>();
            while (chart.size() < ROWS) {
                enter(random, chart, there);
            }
            for (int week = 0; week < weeks; week++) {
                move(random, chart, there);
                Files.write(folder.resolve(name(market, week)), file(chart, songs, week));
            }
        }
    }

    static String market(int number) {
        return "" + (char) ('a' + number / 10) + (char) ('a' + number % 10);
    }

    private static String name(int market, int week) {
        return "regional-" + market(market) + "-weekly-" + FIRST_WEEK.plusWeeks(week) + ".csv";
    }

    private static String song(SplittableRandom random, int number) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 22; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        String artists =
                word(random) + " " + word(random) + (number % 3 == 0 ? ", " + word(random) + number % 500 : "");
        String title = word(random) + " " + word(random) + (number % 40 == 0 ? " \"\"" + word(random) + "\"\"" : "")
                + " " + number;
        return "\"spotify:track:" + id + "\",\"" + artists + "\",\"" + title + "\",\"" + word(random) + " Records\"";
    }

    private static String word(SplittableRandom random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    /** Popular songs are chosen more often. */
    private static void enter(SplittableRandom random, List<Integer> chart, Set<Integer> there) {
        double at = random.nextDouble();
        int song = (int) (at * at * at * SONGS);
        if (there.add(song)) {
            chart.add(song);
        }
    }

    private static void move(SplittableRandom random, List<Integer> chart, Set<Integer> there) {
        for (int i = 0; i < ROWS / 10; i++) {
            there.remove(chart.remove(random.nextInt(chart.size())));
        }
        while (chart.size() < ROWS) {
            enter(random, chart, there);
        }
        for (int i = 0; i < ROWS; i++) {
            int other = Math.min(ROWS - 1, i + random.nextInt(6));
            int song = chart.get(i);
            chart.set(i, chart.get(other));
            chart.set(other, song);
        }
    }

    private static byte[] file(List<Integer> chart, List<String> songs, int week) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int rank = 1; rank <= ROWS; rank++) {
            int song = chart.get(rank - 1);
            int previous = song % 7 == week % 7 ? -1 : Math.max(1, rank + song % 9 - 4);
            text.append(rank).append(',').append(songs.get(song)).append(',');
            text.append(Math.max(1, rank - song % 20))
                    .append(',')
                    .append(previous)
                    .append(',');
            text.append(1 + (song + week) % 150)
                    .append(",\"")
                    .append(9_000_000L / rank + song)
                    .append("\"\r\n");
        }
        return text.toString().getBytes(UTF_8);
    }
}
