package dev.chartlake.intake;

import dev.chartlake.raw.RawKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What became of many files. Filled by one thread. */
public final class IntakeReport {

    private final List<Problem> problems = new ArrayList<>();
    private final TreeSet<LocalDate> days = new TreeSet<>();
    private final TreeSet<String> lists = new TreeSet<>();
    private int files;
    private int added;
    private int known;
    private long entries;

    /**
     * A file that was set aside or could not be read at all.
     *
     * @param file what its owner calls it
     * @param reason what is wrong, where, and what to do
     */
    public record Problem(String file, String reason) {}

    void taken(String file, Intake.Taken taken) {
        files++;
        if (taken.problem() != null) {
            problems.add(new Problem(
                    file, taken.problem().text() + ". " + taken.problem().cure()));
            return;
        }
        for (var object : taken.objects()) {
            RawKey key = object.key();
            added += object.added() ? 1 : 0;
            known += object.added() ? 0 : 1;
            days.add(key.date());
            lists.add(key.list());
        }
        entries += taken.entries();
    }

    void failed(String file, String reason) {
        files++;
        problems.add(new Problem(file, reason));
    }

    /** How many files were looked at. */
    public int files() {
        return files;
    }

    /** How many raw objects are new. */
    public int added() {
        return added;
    }

    /** How many were in the lake before, byte for byte. */
    public int known() {
        return known;
    }

    /** How many entries the readable files have. */
    public long entries() {
        return entries;
    }

    /** The days they belong to. */
    public TreeSet<LocalDate> days() {
        return days;
    }

    /** The lists they are about. */
    public TreeSet<String> lists() {
        return lists;
    }

    /** What went wrong, file by file. */
    public List<Problem> problems() {
        return problems;
    }
}
