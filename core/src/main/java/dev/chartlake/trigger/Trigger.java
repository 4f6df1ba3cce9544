package dev.chartlake.trigger;

import dev.chartlake.model.PlaylistRef;
import dev.chartlake.trigger.PlaylistsFile.Entry;
import dev.chartlake.trigger.Sender.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Sends the playlists of a file that were not sent yet, one after the other, and notes in the file what became of each. */
public final class Trigger {

    private static final String NOT_BEFORE = "not before ";
    private static final Pattern WAIT = Pattern.compile("not before (\\S+Z)");
    private static final int SILENT_IN_A_ROW = 3;

    private final PlaylistsFile file;
    private final Sender sender;
    private final Clock clock;

    public Trigger(PlaylistsFile file, Sender sender, Clock clock) {
        this.file = file;
        this.sender = sender;
        this.clock = clock;
    }

    /** Hears of each playlist that was tried; {@code answer} is what the file says now. */
    public interface Listener {
        void sent(String uri, String answer);

        void failed(String uri, String answer);
    }

    /** Why the rest was not tried. */
    public enum Stop {
        /** It was. */
        NONE,
        /** Nobody is to ask for a while. */
        LIMITED,
        /** The sender is not let in. */
        SIGN_IN,
        /** Nobody answers. */
        SILENT
    }

    /**
     * What a run did.
     *
     * @param sent how many playlists were sent
     * @param failed how many were not
     * @param before how many had been sent before
     * @param left how many were not tried
     * @param stop why these were not
     * @param reason the same in words; empty if all were tried
     */
    public record Result(int sent, int failed, int before, int left, Stop stop, String reason) {}

    /** When the file says that nobody is to ask for now; empty if it does not. */
    public Optional<Instant> notBefore() throws IOException {
        Instant now = clock.instant();
        return file.entries().stream()
                .filter(entry -> !entry.sent().orElse(false))
                .flatMap(entry -> wait(entry.response()).stream())
                .filter(now::isBefore)
                .max(Instant::compareTo);
    }

    private static Optional<Instant> wait(String response) {
        Matcher matcher = WAIT.matcher(response);
        try {
            return matcher.find() ? Optional.of(Instant.parse(matcher.group(1))) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Sends what is not sent. Another process that works on the same file waits until this one is done. */
    public Result run(Listener listener) throws IOException, InterruptedException {
        try (Closeable alone = file.alone()) {
            return new Run(listener).all();
        }
    }

    private final class Run {
        private final Listener listener;
        private final Set<String> tried = new HashSet<>();
        private int sent;
        private int failed;
        private int before;
        private int silent;
        private Stop stop = Stop.NONE;
        private String reason = "";

        Run(Listener listener) {
            this.listener = listener;
        }

        Result all() throws IOException, InterruptedException {
            before = (int) file.entries().stream()
                    .filter(entry -> entry.sent().orElse(false))
                    .count();
            Optional<Entry> next = next();
            while (next.isPresent() && stop == Stop.NONE) {
                tried.add(next.get().row());
                one(next.get());
                next = next();
            }
            return new Result(sent, failed, before, (int) open().count(), stop, reason);
        }

        /** Looked for in the file as it is now, which somebody may have changed. */
        private Optional<Entry> next() throws IOException {
            return open().findFirst();
        }

        private Stream<Entry> open() throws IOException {
            return file.entries().stream().filter(entry -> !entry.sent().orElse(false) && !tried.contains(entry.row()));
        }

        private void one(Entry entry) throws IOException, InterruptedException {
            if (entry.sent().isEmpty()) {
                failed++;
                listener.failed(
                        entry.uri(),
                        "request_sent is '" + entry.mark() + "', which is neither true nor false. Not sent.");
                return;
            }
            PlaylistRef list;
            try {
                list = PlaylistRef.parse(entry.uri());
            } catch (IllegalArgumentException e) {
                note(entry, "not sent: " + e.getMessage());
                return;
            }
            answered(entry, sender.send(list));
        }

        private void answered(Entry entry, Reply answer) throws IOException {
            silent = answer instanceof Reply.Silent ? silent + 1 : 0;
            if (answer instanceof Reply.Accepted) {
                file.sent(entry, answer.text());
                sent++;
                listener.sent(entry.uri(), answer.text());
                return;
            }
            String text = answer.text();
            if (answer instanceof Reply.Limited limited) {
                text += limited.notBefore() == null ? "" : ", " + NOT_BEFORE + limited.notBefore();
                stop(Stop.LIMITED, text);
            } else if (answer instanceof Reply.SignIn) {
                stop(Stop.SIGN_IN, text);
            } else if (silent == SILENT_IN_A_ROW) {
                stop(Stop.SILENT, SILENT_IN_A_ROW + " requests in a row had no answer");
            }
            note(entry, text);
        }

        private void note(Entry entry, String text) throws IOException {
            file.failed(entry, text);
            failed++;
            listener.failed(entry.uri(), text);
        }

        private void stop(Stop why, String text) {
            stop = why;
            reason = text;
        }
    }
}
