package dev.chartlake.publish;

import dev.chartlake.format.TableFormat;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Table;
import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of a day visible to readers together with its manifest.
 *
 * <p>Lifecycle: any number of threads may begin days. A day is written by one thread and committed by one, which may be
 * another. A process that is killed before a commit leaves readers with what they had; one that is killed while it commits
 * leaves a day that the next commit replaces as a whole.
 */
public interface Publisher {

    /** Begins a day. It must be closed. */
    Publication begin(LocalDate date);

    /** Writes rows and returns how many. */
    @FunctionalInterface
    interface Rows {
        /** The writer is not closed. */
        long to(TableFormat.Writer writer) throws IOException;
    }

    /** The rows of a day, which no reader sees until they are committed. */
    interface Publication extends Closeable {

        /**
         * Writes a table's rows and returns what the manifest says of them. Each table is written once at most; one that is
         * not written has no rows.
         *
         * @throws IOException if they cannot be written
         */
        TablePart write(Table table, Rows rows) throws IOException;

        /**
         * Replaces all rows of the day and its manifest. Returns false, and changes nothing, if the manifest is no longer that
         * of {@code version}; null stands for none.
         *
         * @throws IOException if it is not known to be committed
         */
        boolean commit(Manifest manifest, @Nullable String version) throws IOException;

        /** Discards what was not committed. */
        @Override
        void close() throws IOException;
    }
}
