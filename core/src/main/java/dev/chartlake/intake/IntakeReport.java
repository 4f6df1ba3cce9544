package dev.chartlake.intake;

import dev.chartlake.raw.RawArchive.Archived;
import dev.chartlake.raw.RawKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What became of many files. Filled by one thread. */
public final class IntakeReport {

    private static final int MOST_NAMED = 10;

    private final List<Problem> problems = new ArrayList<>();
    private final TreeSet<LocalDate> days = new TreeSet<>();
    private final TreeSet<String> lists = new TreeSet<>();
    private final List<String> undated = new ArrayList<>();
    private final List<String> overruled = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> incomplete = new ArrayList<>();
    private int files;
    private int added;
    private int known;
    private long entries;
    private long replaced;

    /**
     * A file that was set aside or could not be read at all.
     *
     * @param file what its owner calls it
     * @param reason what is wrong, where, and what to do
     * @param kind where it is now
     */
    public record Problem(String file, String reason, Kind kind) {}

    /** What was done with a file that was not imported. */
    public enum Kind {
        /** It is in quarantine. */
        SET_ASIDE,
        /** It is where it was, and nowhere else. */
        REFUSED
    }

    void looked() {
        files++;
    }

    void took(Archived object, long count) {
        added += object.added() ? 1 : 0;
        known += object.added() ? 0 : 1;
        days.add(object.key().date());
        lists.add(object.key().list());
        entries += count;
    }

    void entries(long count) {
        entries += count;
    }

    void replaced(long values) {
        replaced += values;
    }

    void copy() {
        known++;
    }

    void setAside(String file, String reason) {
        problems.add(new Problem(file, reason, Kind.SET_ASIDE));
    }

    void refused(String file, String reason) {
        problems.add(new Problem(file, reason, Kind.REFUSED));
    }

    void failed(String file, String reason) {
        files++;
        refused(file, reason);
    }

    void undated(String file) {
        undated.add(file);
    }

    void overruled(String file) {
        overruled.add(file);
    }

    void leftOut(String file, String what) {
        leftOut.add(file + " also has " + what + ", and only "
                + (what.startsWith("a chart") ? "charts of songs" : "playlists and saved songs") + " can be read.");
    }

    void incomplete(RawKey key, long count, int total) {
        incomplete.add(
                "The snapshot of " + key.list() + " of " + key.observedAt() + " has " + count + " of " + total
                        + " entries and is marked as incomplete. If you have its other pages, import all its pages together, from one folder.");
    }

    /** What follows from the files that their owner should know, as sentences. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!undated.isEmpty()) {
            notes.add("No name says when " + examples(undated) + " observed: dated by the modification time.");
        }
        if (!overruled.isEmpty()) {
            notes.add("--date was used, although its name says another date, where " + examples(overruled)
                    + " imported.");
        }
        leftOut.stream().limit(MOST_NAMED).forEach(notes::add);
        if (leftOut.size() > MOST_NAMED) {
            notes.add((leftOut.size() - MOST_NAMED) + " more were left out.");
        }
        incomplete.stream().limit(MOST_NAMED).forEach(notes::add);
        if (incomplete.size() > MOST_NAMED) {
            notes.add((incomplete.size() - MOST_NAMED) + " more snapshots lack pages.");
        }
        return notes;
    }

    private static String examples(List<String> files) {
        return files.size() == 1 ? files.get(0) + " was" : files.size() + " files, such as " + files.get(0) + ", were";
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

    /** How many personal values were replaced by null before anything was archived. */
    public long replaced() {
        return replaced;
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
