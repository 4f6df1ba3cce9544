package dev.chartlake.app.print;

import dev.chartlake.lake.LakeStatus;
import dev.chartlake.lake.LakeStatus.Days;
import dev.chartlake.lake.LakeStatus.Gap;
import dev.chartlake.lake.LakeStatus.ListStatus;
import dev.chartlake.lake.LakeStatus.Problem;
import dev.chartlake.lake.LakeStatus.SetAside;
import dev.chartlake.lake.LakeStatus.Waiting;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.print.Plurals;
import dev.chartlake.print.ResultFormat;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.spotify.limits.SpotifyUse;
import dev.chartlake.store.Hint;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A lake's status as a page for people. */
public final class StatusPage {

    /** More of a kind than this is a flood that hides the rest of the page. */
    private static final int SHOWN = 20;

    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private final LakeStatus status;
    private final ListLabels labels;
    private final SpotifyUse spotify;
    private final Instant now;
    private final ObjectStore lake;

    public StatusPage(LakeStatus status, ListLabels labels, SpotifyUse spotify, Instant now, ObjectStore lake) {
        this.status = status;
        this.labels = labels;
        this.spotify = spotify;
        this.now = now;
        this.lake = lake;
    }

    /** Prints the page. */
    public void print(Writer out) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(headline());
        if (!status.lists().isEmpty()) {
            lines.add("");
            print(lines, out);
            lists(ResultFormat.TABLE.printer(out, NOWHERE, 0));
        }
        waiting(lines);
        if (spotify.requests() > 0) {
            lines.add("Requests to Spotify in the last 24 hours, of all lakes of this machine: " + spotify.requests());
        }
        spotify.cooldown().ifPresent(c -> lines.add("Rate-limited: not before " + c.notBefore() + ". " + c.reason()));
        gaps(lines);
        quarantined(lines);
        quality(lines);
        problems(lines);
        next(lines);
        print(lines, out);
        out.flush();
    }

    private static void print(List<String> lines, Writer out) throws IOException {
        for (String line : lines) {
            out.write(line);
            out.write('\n');
        }
        lines.clear();
    }

    private String headline() {
        Days days = status.days();
        Instant newest = status.newestAt();
        if (days.count() == 0) {
            return status.waiting().objects() == 0 && status.quarantined().isEmpty()
                    ? lake.name() + ": nothing is there yet."
                    : lake.name() + ": no day is transformed yet.";
        }
        return lake.name() + ": " + Plurals.count(days.count(), "day") + ", " + days.first()
                + (days.count() > 1 ? " to " + days.last() : "") + ". "
                + Plurals.count(status.lists().size(), "list") + ", "
                + Plurals.count(status.entriesWritten(), "entry", "entries") + " of "
                + Plurals.count(status.entriesRead(), "read", "read") + ", "
                + Plurals.count(status.entriesRepeated(), "repeated", "repeated") + "."
                + (newest == null ? "" : " Newest snapshot: " + age(newest) + ".");
    }

    private String age(Instant since) {
        Duration age = Duration.between(since, now);
        if (age.isNegative()) {
            return since + ", ahead of this machine's clock";
        }
        if (age.toHours() < 1) {
            return Plurals.count(age.toMinutes(), "minute") + " ago";
        }
        return age.toHours() < 48
                ? Plurals.count(age.toHours(), "hour") + " ago"
                : Plurals.count(age.toDays(), "day") + " ago";
    }

    private void lists(ResultSink sink) throws IOException {
        sink.columns(List.of(
                new ResultColumn("list", "VARCHAR", false),
                new ResultColumn("name", "VARCHAR", false),
                new ResultColumn("source", "VARCHAR", false),
                new ResultColumn("from", "DATE", false),
                new ResultColumn("to", "DATE", false),
                new ResultColumn("days", "INTEGER", true),
                new ResultColumn("missing", "BIGINT", true),
                new ResultColumn("snapshots", "BIGINT", true),
                new ResultColumn("entries", "BIGINT", true),
                new ResultColumn("newest", "VARCHAR", false)));
        for (ListStatus list : status.lists()) {
            sink.row(List.of(
                    list.playlistId(),
                    list.name(labels),
                    list.source(),
                    Objects.requireNonNull(list.days().first()),
                    Objects.requireNonNull(list.days().last()),
                    list.days().count(),
                    list.days().missing(),
                    list.snapshots(),
                    list.entries(),
                    age(list.newestAt())));
        }
        sink.end();
    }

    private void waiting(List<String> lines) {
        Waiting waiting = status.waiting();
        lines.add("");
        if (waiting.objects() == 0) {
            lines.add("Waiting: nothing.");
            return;
        }
        lines.add("Waiting: " + Plurals.count(waiting.objects(), "raw object") + ", " + bytes(waiting.bytes())
                + (waiting.days() == 0 ? "" : ", of " + Plurals.count(waiting.days(), "day"))
                + (waiting.loose() == 0 ? "" : "; loose: " + waiting.loose()) + ".");
    }

    private static String bytes(long bytes) {
        return bytes < 10_000
                ? Plurals.count(bytes, "byte")
                : String.format(
                        Locale.ROOT, "%,.1f %s", bytes < 1e7 ? bytes / 1e3 : bytes / 1e6, bytes < 1e7 ? "KB" : "MB");
    }

    private void gaps(List<String> lines) {
        List<String> all = new ArrayList<>();
        for (ListStatus list : status.lists()) {
            for (Gap gap : list.days().gaps()) {
                all.add("  " + list.playlistId() + ": "
                        + (gap.days() == 1 ? gap.first() : gap.days() + " from " + gap.first() + " to " + gap.last()));
            }
        }
        section(lines, "Missing days", all);
    }

    private void quarantined(List<String> lines) {
        List<String> all = new ArrayList<>();
        for (SetAside object : status.quarantined()) {
            all.add("  " + object.key() + " (" + bytes(object.size()) + "): "
                    + object.reason()
                            .map(reason -> reason.text() + ". " + reason.cure())
                            .orElse("nothing beside it says why. Move it into raw_data/to_process/ to try it again."));
        }
        section(lines, "Quarantined", all);
    }

    private void quality(List<String> lines) {
        if (status.quality().findings() > 0) {
            lines.add("Quality: " + Plurals.count(status.quality().findings(), "finding") + " on "
                    + Plurals.count(status.quality().days(), "day") + "; "
                    + Hint.command("report quality", lake) + " shows them.");
        }
    }

    private void problems(List<String> lines) {
        List<String> all = new ArrayList<>();
        for (Problem problem : status.problems()) {
            all.add("  " + problem.key() + " " + problem.problem() + ". " + problem.cure());
        }
        section(lines, "Problems", all);
    }

    private static void section(List<String> lines, String title, List<String> all) {
        if (all.isEmpty()) {
            return;
        }
        lines.add(title + ": " + all.size());
        lines.addAll(all.subList(0, Math.min(SHOWN, all.size())));
        if (all.size() > SHOWN) {
            lines.add("  … and " + (all.size() - SHOWN) + " more; --output json shows all.");
        }
    }

    private void next(List<String> lines) {
        if (status.waiting().objects() > 0) {
            lines.add("Next: " + Hint.command("transform", lake));
        } else if (status.problems().stream().anyMatch(problem -> problem.cure().startsWith("Run "))) {
            lines.add("Next: " + Hint.command("transform", lake));
        } else if (status.days().count() == 0) {
            lines.add("Next: " + Hint.command("import FILE", lake) + ", or "
                    + Hint.command("run https://open.spotify.com/playlist/ID", lake)
                    + ". To look around first: ./chartlake demo");
        }
    }
}
