package dev.chartlake.quality;

import static dev.chartlake.rows.TableRows.NO_INT;

import dev.chartlake.format.TableFormat;
import dev.chartlake.model.Table;
import dev.chartlake.quality.SnapshotSizes.Snapshot;
import dev.chartlake.rows.TableRows;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Checks the contracts of one day as its rows are written, in the order of their keys, so in bounded memory whatever the
 * size of the day. Tables must be written in the order of {@link Table}. Used by one thread.
 */
public final class DayChecks {

    private static final long DAY_MICROS = 86_400_000_000L;

    private final LocalDate date;
    private final WellFormedTexts good;
    private final Findings findings = new Findings();
    private final SnapshotSizes snapshots = new SnapshotSizes();

    /** Remembers in {@code good} which texts are well formed, for the days after this one. */
    public DayChecks(LocalDate date, WellFormedTexts good) {
        this.date = date;
        this.good = good;
    }

    /** A writer to {@code to} that looks at the rows first. */
    public TableFormat.Writer on(Table table, TableFormat.Writer to) {
        long from = date.toEpochDay() * DAY_MICROS;
        TableCheck keys = new KeyCheck(table, findings, from, from + DAY_MICROS);
        TableCheck values = values(table);
        return new TableFormat.Writer() {
            @Override
            public void write(TableRows rows, int[] order) throws IOException {
                keys.rows(rows, order);
                values.rows(rows, order);
                to.write(rows, order);
            }

            @Override
            public void close() throws IOException {
                to.close();
            }
        };
    }

    private TableCheck values(Table table) {
        return switch (table) {
            case PLAYLISTS -> new PlaylistCheck(findings, snapshots, good, date.getYear());
            case PLAYLIST_ENTRIES -> new EntryCheck(findings, snapshots);
            case SONGS, ALBUMS, ARTISTS -> new CatalogueCheck(table, findings, good, date.getYear());
            case SONG_ARTISTS, ALBUM_ARTISTS -> (rows, order) -> {};
            case PLAYS -> new PlayCheck(findings);
        };
    }

    /** Looks at all tables of the day, or of a part of it, before their rows are written. */
    public void references(Map<Table, TableRows> tables) {
        new ReferenceCheck(tables, findings).check();
    }

    /** Says that so many entries of a raw object stood at positions that were taken. */
    public void repeated(String list, long entries, String object) {
        if (entries > 0) {
            findings.add(Contract.POSITIONS_ONCE, list, entries, () -> object);
        }
    }

    /** Says that so many values of a raw object are null because they could not be read, and where the first of them is. */
    public void unreadable(String list, long values, String object, String first) {
        if (values > 0) {
            findings.add(Contract.VALUES_READABLE, list, values, () -> object + ", " + first);
        }
    }

    /** Adds what other checks found in a run of the day's raw objects, in the order of the runs. */
    public void found(List<Finding> inRun) {
        for (Finding finding : inRun) {
            Contract.of(finding.contract())
                    .ifPresent(contract -> findings.add(contract, finding.list(), finding.count(), finding::example));
        }
    }

    /** What was found; called once, when all tables are written. By contract, then by list. */
    public List<Finding> findings() {
        for (Snapshot snapshot : snapshots.all()) {
            if (snapshot.total != NO_INT && snapshot.total >= 0 && snapshot.total != snapshot.entries) {
                findings.add(
                        Contract.ENTRIES_COMPLETE,
                        snapshot.list(),
                        () -> snapshot.at() + ": " + snapshot.entries + " of " + snapshot.total + " entries");
            }
        }
        return findings.list();
    }
}
