package dev.chartlake.day;

import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.model.Table;
import dev.chartlake.quality.Finding;
import dev.chartlake.quality.SourceFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What comes of some raw objects of a day that follow each other in merge order: sorted rows in temporary files, and what is
 * to be said of the objects. A {@link DayMerge} makes the day of all its runs. Valid until the {@link ComputedDay} that it
 * is of is closed.
 */
public final class DayRun {

    private final Summary summary;
    private final List<Piece> pieces = new ArrayList<>();

    /**
     * What is to be said of the raw objects of a run.
     *
     * @param read those that could be read, in merge order
     * @param unreadable those that could not, in order
     * @param repeated how many entries have no row, because the same snapshot had filled their position before
     * @param fields the fields that the objects have, by source
     * @param findings the contracts that they break by themselves
     */
    public record Summary(
            List<RawObject> read,
            List<ComputedDay.UnreadableInput> unreadable,
            long repeated,
            List<SourceFields> fields,
            List<Finding> findings)
            implements Serializable {

        /** Keeps copies. */
        public Summary {
            read = List.copyOf(read);
            unreadable = List.copyOf(unreadable);
            fields = List.copyOf(fields);
            findings = List.copyOf(findings);
        }
    }

    DayRun(Summary summary, List<Map<Table, SpilledRows>> parts) {
        this.summary = summary;
        for (int part = 0; part < parts.size(); part++) {
            for (Map.Entry<Table, SpilledRows> rows : parts.get(part).entrySet()) {
                if (rows.getValue().count() > 0) {
                    pieces.add(new Piece(part, rows.getKey(), rows.getValue()));
                }
            }
        }
    }

    /** The rows of one table in one part of the run, in a format that only this version of Chartlake reads. */
    public static final class Piece {
        private final int part;
        private final Table table;
        private final SpilledRows rows;

        Piece(int part, Table table, SpilledRows rows) {
            this.part = part;
            this.table = table;
            this.rows = rows;
        }

        /** Which part, from 0; later ones are newer. */
        public int part() {
            return part;
        }

        /** Whose rows they are. */
        public Table table() {
            return table;
        }

        /** How many. */
        public long rows() {
            return rows.count();
        }

        /** Their bytes. Throws {@link IOException} if the file cannot be read. */
        public InputStream open() throws IOException {
            return Files.newInputStream(rows.file());
        }
    }

    /** What is to be said of the raw objects. */
    public Summary summary() {
        return summary;
    }

    /** All rows, by part, then by table; none of a table without rows. */
    public List<Piece> pieces() {
        return List.copyOf(pieces);
    }
}
