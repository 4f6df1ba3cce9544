package dev.chartlake.simulator.world;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Who is where on a chart. The chart of a day is computed from that day alone: every song of the last {@link #MEMORY}
 * days gets a score, and the best fifty are the chart. Scores rise for some days, decay, wobble a little from day to day,
 * and now and then come back for a while, which is what makes debuts, climbs, falls, exits and returns.
 */
public final class Charts {

    /** How many places a chart has. */
    static final int PLACES = 50;

    private static final int MEMORY = 420;

    /** What sets one chart apart from another. */
    public enum Chart {
        /** The whole world. */
        WORLD(0),
        /** One country with singers of its own. */
        NORWAY(1),
        /** Its neighbour. */
        DENMARK(2);

        /** What goes into the draws; changing it changes history. */
        private final int number;

        Chart(int number) {
            this.number = number;
        }
    }

    private record Scored(long song, double score) {}

    private final World world;

    public Charts(World world) {
        this.world = world;
    }

    /** The numbers of the songs on a chart on a day, first place first, always {@link #PLACES} of them. */
    public List<Long> on(Chart chart, LocalDate day) {
        long today = day.toEpochDay();
        List<Scored> all = new ArrayList<>();
        for (long heard = today - MEMORY; heard <= today; heard++) {
            int count = LocalDate.ofEpochDay(heard).getDayOfWeek() == DayOfWeek.FRIDAY ? World.PER_DAY : 3;
            for (int i = 0; i < count; i++) {
                long song = heard * World.PER_DAY + i;
                all.add(new Scored(song, score(chart, song, today)));
            }
        }
        all.sort(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::song));
        return all.stream().limit(PLACES).map(Scored::song).toList();
    }

    private double score(Chart chart, long song, long today) {
        long seed = world.seed();
        int which = chart.number;
        double age = today - (double) Math.floorDiv(song, (long) World.PER_DAY);
        double rise = 1 + Ids.below(9, seed, "rise", song, which);
        double fade = 14 + 50 * Ids.unit(seed, "fade", song);
        double life = age < rise ? (age + 1.5) / (rise + 1.5) : Math.exp(-(age - rise) / fade);
        if (Ids.below(9, seed, "comes-back", song, which) == 0) {
            double back = 60 + Ids.below(280, seed, "back", song, which);
            double apart = (age - back) / 6;
            life += 0.45 * Math.exp(-apart * apart);
        }
        double wobble = 0.93 + 0.14 * Ids.unit(seed, "wobble", song, which, today);
        double weekend = 1 + 0.03 * Math.sin(2 * Math.PI * (today + Ids.below(7, seed, "weekend", song)) / 7);
        return world.strength(song) * fondness(chart, song) * life * wobble * weekend;
    }

    private double fondness(Chart chart, long song) {
        double taste = 0.5 + Ids.unit(world.seed(), "taste", song, chart.number);
        return switch (chart) {
            case WORLD -> world.nordic(song) ? 0.25 * taste : taste;
            case NORWAY -> world.nordic(song) ? 1.6 * taste : taste;
            case DENMARK -> world.nordic(song) ? 1.2 * taste : taste;
        };
    }
}
