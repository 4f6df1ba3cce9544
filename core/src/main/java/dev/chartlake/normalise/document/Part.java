package dev.chartlake.normalise.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot, or one page of one, that was found in a file.
 *
 * @param source the source in its raw key
 * @param extension the extension in its raw key
 * @param list the playlist id or chart name, or null if the content does not say which list it is about
 * @param observedAt when it was observed, or null if the content does not say
 * @param entries how many entries it has
 * @param offset the 0-based place of its first entry in the list, or null if the content does not say or its pages leave
 *     gaps
 * @param total how many entries the list has, or null if the content does not say
 * @param period how often the chart appears, or null if the content does not say or it is not a chart
 * @param cut how its bytes are taken from the file
 */
public record Part(
        String source,
        String extension,
        @Nullable String list,
        @Nullable Instant observedAt,
        long entries,
        @Nullable Integer offset,
        @Nullable Integer total,
        @Nullable Period period,
        Cut cut) {

    /** How often a chart appears. */
    public enum Period {
        /** Each day. */
        DAILY,
        /** Each week. */
        WEEKLY
    }

    /** Takes a part's bytes from its file. */
    @FunctionalInterface
    public interface Cut {

        /** The whole file, verbatim. */
        Cut WHOLE = new Cut() {
            @Override
            public void copy(InputStream whole, OutputStream to) throws IOException {
                whole.transferTo(to);
            }

            @Override
            public boolean isWhole() {
                return true;
            }
        };

        /** Writes the part's bytes; {@code whole} is the file from its start. Neither stream is closed. */
        void copy(InputStream whole, OutputStream to) throws IOException;

        /** True if the part is the whole file. */
        default boolean isWhole() {
            return false;
        }

        /** Writes the JSON values that the part has, with commas between them; neither stream is closed. */
        default void elements(InputStream whole, OutputStream to) throws IOException {
            copy(whole, to);
        }
    }

    /** The same part, whose bytes are taken in another way. */
    public Part cutAs(Cut other) {
        return new Part(source, extension, list, observedAt, entries, offset, total, period, other);
    }

    /** True if the file is this part and nothing else, so that it can be archived as it is. */
    public boolean isWhole() {
        return cut.isWhole();
    }

    /** Writes the part's bytes; {@code whole} is the file from its start. Neither stream is closed. */
    public void copy(InputStream whole, OutputStream to) throws IOException {
        cut.copy(whole, to);
    }

    /**
     * Writes the JSON values that the part has, as UTF-8 with commas between them, so that parts of several files can become
     * one array; {@code whole} is the file from its start. Neither stream is closed.
     */
    public void elements(InputStream whole, OutputStream to) throws IOException {
        cut.elements(whole, to);
    }
}
