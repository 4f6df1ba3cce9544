package dev.chartlake.app.jobs;

import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.outcome.ExitCode;
import dev.chartlake.app.outcome.Failure;
import dev.chartlake.app.print.MetricFiles;
import dev.chartlake.app.print.Plurals;
import dev.chartlake.app.settings.Settings;
import dev.chartlake.extract.Cooldown;
import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.Extractor;
import dev.chartlake.extract.Extractor.Outcome;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.lists.ListNameException;
import dev.chartlake.metrics.Metric;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.SpotifySource;
import dev.chartlake.spotify.calls.AddressException;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.SpotifySettings;
import dev.chartlake.spotify.calls.StopException;
import dev.chartlake.spotify.calls.UnreachableException;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes snapshots of playlists and says what became of each: snapshots on stdout, what went wrong on stderr. */
public final class ExtractJob {

    private final PrintWriter out;
    private final PrintWriter err;

    public ExtractJob(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** The lists to take. Those that {@code wrong} is about name no playlist. */
    private record Wanted(Set<PlaylistRef> lists, List<String> wrong) {
        int count() {
            return lists.size() + wrong.size();
        }
    }

    /** Takes the snapshots and returns the exit code. Throws {@link Failure} if any text names no playlist. */
    public int take(LakeOptions lake, List<String> lists, boolean ignoreCooldown)
            throws IOException, InterruptedException {
        Wanted wanted = wanted(lake, lists);
        if (!wanted.wrong().isEmpty()) {
            throw wrong(wanted);
        }
        return take(lake, wanted, ignoreCooldown);
    }

    /** The same, but a text that names no playlist is a list that failed: the others are taken. */
    public int takeOthers(LakeOptions lake, List<String> lists, boolean ignoreCooldown)
            throws IOException, InterruptedException {
        Wanted wanted = wanted(lake, lists);
        if (wanted.lists().isEmpty()) {
            throw wrong(wanted);
        }
        wanted.wrong().forEach(message -> err.println("failed. " + message));
        int code = take(lake, wanted, ignoreCooldown);
        return wanted.wrong().isEmpty() ? code : Math.max(code, ExitCode.USAGE);
    }

    private int take(LakeOptions lake, Wanted wanted, boolean ignoreCooldown) throws IOException, InterruptedException {
        Report report = extractor(lake, ignoreCooldown).run(wanted.lists(), this::tell);
        if (ignoreCooldown && report.stopped().isEmpty()) {
            Cooldown.end(lake.store());
        }
        measure(lake, report, wanted);
        return finish(report, wanted);
    }

    private static void measure(LakeOptions lake, Report report, Wanted wanted) throws IOException {
        if (MetricFiles.areWanted(System.getenv())) {
            Metrics metrics = new Metrics();
            metrics.add(report);
            metrics.add(Metric.LISTS_FAILED, wanted.wrong().size());
            metrics.addAge(lake.store(), Instant.now());
            MetricFiles.write(System.getenv(), "extract", lake.store().name(), metrics);
        }
    }

    /** What takes snapshots, unless Spotify wants to be left alone. Throws {@link Failure} then, and if settings are wrong. */
    public static Extractor extractor(LakeOptions lake, boolean ignoreCooldown) throws IOException {
        SpotifyAccess access = access(lake.settings());
        ObjectStore store = lake.store();
        if (!ignoreCooldown) {
            refuseDuring(Cooldown.active(store, Instant.now()));
        }
        return new Extractor(SpotifySource.open(access, store), store);
    }

    private static SpotifyAccess access(Settings settings) {
        try {
            return new SpotifySettings(settings.environment()).access();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private static Wanted wanted(LakeOptions lake, List<String> named) {
        Wanted wanted = new Wanted(new LinkedHashSet<>(), new ArrayList<>());
        Settings settings = lake.settings();
        for (String text : named.isEmpty() ? settings.lists() : named) {
            try {
                wanted.lists().add(playlist(text, settings.labels()));
            } catch (IllegalArgumentException | ListNameException e) {
                wanted.wrong().add(String.valueOf(e.getMessage()));
            }
        }
        if (wanted.count() == 0) {
            throw new Failure(
                    ExitCode.USAGE,
                    "No list to extract. Name one, ./chartlake extract https://open.spotify.com/playlist/ID,"
                            + " or put 'lists:' into chartlake.yaml.");
        }
        return wanted;
    }

    private static Failure wrong(Wanted wanted) {
        return new Failure(ExitCode.USAGE, String.join(System.lineSeparator(), wanted.wrong()));
    }

    /** A playlist's id or link, else what the configuration or Spotify calls it. */
    private static PlaylistRef playlist(String text, ListLabels labels) {
        try {
            return PlaylistRef.parse(text);
        } catch (IllegalArgumentException e) {
            return labels.find(text).map(list -> PlaylistRef.parse(list.id())).orElseThrow(() -> e);
        }
    }

    private static void refuseDuring(Optional<Cooldown> active) {
        active.ifPresent(cooldown -> {
            throw new Failure(
                    ExitCode.RATE_LIMITED,
                    "Not before " + cooldown.notBefore() + ": " + cooldown.reason()
                            + ". Nothing was asked. Come back then, or add --ignore-cooldown to ask all the same.");
        });
    }

    /** Snapshots go to stdout, what went wrong to stderr. */
    private void tell(Outcome outcome) {
        String id = outcome.list().id();
        if (outcome.result() instanceof Archived archived) {
            String name = archived.name().isEmpty() ? id : id + " " + archived.name();
            String where = archived.key().in(RawState.TO_PROCESS);
            out.println(name + ": " + archived.entries() + (archived.entries() == 1 ? " entry" : " entries")
                    + (archived.added() ? " -> " + where : " unchanged, already archived"));
            out.flush();
            if (!archived.complete()) {
                err.println(id + ": incomplete. " + archived.warning()
                        + ", also when asked again. The snapshot is archived and marked as incomplete: a song that"
                        + " it lacks does not count as gone. Extract the list again later.");
            } else if (!archived.warning().isEmpty()) {
                err.println(id + ": warning. " + archived.warning() + ".");
            }
            err.println(id + ": done, requests: " + archived.requests());
        } else if (outcome.result() instanceof Failed failed) {
            err.println(id + ": failed. " + failed.reason() + ". " + failed.cure());
        }
        err.flush();
    }

    private int finish(Report report, Wanted wanted) {
        long failed = report.failed() + wanted.wrong().size();
        long archived = report.outcomes().size() - report.failed();
        long incomplete = report.incomplete();
        int untried = wanted.lists().size() - report.outcomes().size();
        err.println(archived + " of " + Plurals.count(wanted.count(), "list") + " archived, "
                + (incomplete == 0 ? "" : incomplete + " of them incomplete, ") + failed + " failed"
                + (untried == 0 ? "" : ", " + untried + " not tried"));
        if (report.stopped().isPresent()) {
            throw failure(report.stopped().get());
        }
        return failed + incomplete == 0 ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private static Failure failure(StopException stopped) {
        if (stopped instanceof RateLimitException limited) {
            Instant notBefore = limited.notBefore();
            return new Failure(
                    ExitCode.RATE_LIMITED,
                    "Rate-limited, not before " + notBefore + ": " + limited.reason() + ". Run the same command then.");
        }
        if (stopped instanceof UnreachableException) {
            return new Failure(ExitCode.SOME_FAILED, stopped.reason() + ".");
        }
        return new Failure(stopped instanceof AddressException ? ExitCode.USAGE : ExitCode.SIGN_IN, stopped.reason());
    }
}
