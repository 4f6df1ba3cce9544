package dev.chartlake.bench;

import java.util.SplittableRandom;

/** Which song is where on each chart of a {@link History}, day after day: a few come, a few go, most move a little. */
final class ChartMoves {

    /** A new song is one that came out in the last weeks, more likely in the last days. */
    private static final int FRESH = 1_500;

    private static final int CHANGES = 3;
    private static final int MOVES = 20;

    private final int[][] charts;
    private final boolean[][] present;
    private final SplittableRandom random = new SplittableRandom(7);
    private final int days;

    ChartMoves(int lists, int entries, int days) {
        this.charts = new int[lists][entries];
        this.present = new boolean[lists][ChartSongs.SONGS];
        this.days = days;
        for (int list = 0; list < lists; list++) {
            for (int place = 0; place < entries; place++) {
                charts[list][place] = draw(list, 0);
            }
        }
    }

    int lists() {
        return charts.length;
    }

    int entries() {
        return charts[0].length;
    }

    /** The song at a position, counted from 1. */
    int song(int list, int position) {
        return charts[list][position - 1];
    }

    /** To the next day. */
    void move(int day) {
        for (int list = 0; list < charts.length; list++) {
            int[] chart = charts[list];
            for (int change = 0; change < CHANGES; change++) {
                int place = random.nextInt(chart.length);
                present[list][chart[place]] = false;
                chart[place] = draw(list, day);
            }
            for (int move = 0; move < MOVES; move++) {
                int place = random.nextInt(chart.length - 1);
                int song = chart[place];
                chart[place] = chart[place + 1];
                chart[place + 1] = song;
            }
        }
    }

    private int draw(int list, int day) {
        int newest = FRESH + (int) ((long) (ChartSongs.SONGS - FRESH) * day / days);
        while (true) {
            double u = random.nextDouble();
            int song = newest - 1 - (int) (u * u * u * FRESH);
            if (!present[list][song]) {
                present[list][song] = true;
                return song;
            }
        }
    }
}
