package dev.chartlake.normalise;

import dev.chartlake.json.JsonScanner;
import dev.chartlake.normalise.document.Answers;
import dev.chartlake.normalise.document.FieldWalk;
import dev.chartlake.normalise.document.ObservedTime;
import dev.chartlake.normalise.document.UnicodeInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads when answers were observed where a program has written it among their own fields. Spotify has no such fields, so a
 * file is read for it only if it has one. Used by one thread.
 */
final class AnswerTimes {

    private final JsonScanner in = new JsonScanner();
    private final FieldWalk fields = new FieldWalk(in);

    /** True if one of these fields says when something was observed. */
    static boolean areIn(List<String> names) {
        return names.stream().anyMatch(ObservedTime::isName);
    }

    /** Adds the times to the answers of this file. */
    void addTo(Answers answers, RawReader.Source file) throws IOException {
        long at = 0;
        try (InputStream whole = UnicodeInput.utf8(file.open())) {
            for (int i = 0; i < answers.size(); i++) {
                Answers.Answer answer = answers.all().get(i);
                whole.skipNBytes(answer.from() - at);
                at = answer.to();
                Bytes own = new Bytes(whole, answer.to() - answer.from());
                in.open(own);
                Instant time = in.peek() == '{' ? time() : null;
                own.skipNBytes(own.left);
                if (answer.observedAt() == null && time != null) {
                    answers.all().set(i, answer.with(answer.list(), answer.unnamed(), time));
                }
            }
        }
    }

    private @Nullable Instant time() throws IOException {
        in.expect('{');
        for (String name = fields.next(true); name != null; name = fields.next(false)) {
            int next = in.peek();
            if (next == '{' || next == '[' || !ObservedTime.isName(name)) {
                fields.skip();
                continue;
            }
            String text = fields.scalar();
            Instant time = text == null ? null : ObservedTime.read(text).orElse(null);
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    /** The next bytes of a stream. */
    private static final class Bytes extends FilterInputStream {

        private long left;

        Bytes(InputStream in, long length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            int read = left == 0 ? -1 : super.read();
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = left == 0 ? -1 : super.read(to, offset, (int) Math.min(left, length));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(left, count));
            left -= skipped;
            return skipped;
        }
    }
}
