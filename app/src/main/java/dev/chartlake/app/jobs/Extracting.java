package dev.chartlake.app.jobs;

import dev.chartlake.app.account.Caller;
import dev.chartlake.app.account.PersonalOptions;
import dev.chartlake.app.account.Profiles;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.ExtractLines;
import dev.chartlake.app.print.MetricFiles;
import dev.chartlake.app.settings.Environment;
import dev.chartlake.app.settings.MachineFolder;
import dev.chartlake.app.settings.Settings;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.extract.Source;
import dev.chartlake.extract.TimeLimit;
import dev.chartlake.jobs.CooldownPolicy;
import dev.chartlake.jobs.ExtractJob;
import dev.chartlake.jobs.WantedLists;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.model.PlaylistRef.Personal;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.spotify.SpotifySource;
import dev.chartlake.spotify.api.Library;
import dev.chartlake.spotify.calls.AddressException;
import dev.chartlake.spotify.calls.BudgetException;
import dev.chartlake.spotify.calls.CooldownException;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.RefusedException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.SpotifySettings;
import dev.chartlake.spotify.calls.StopException;
import dev.chartlake.spotify.calls.UnreachableException;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.spotify.limits.Cooldown;
import dev.chartlake.spotify.limits.RequestCount;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options to an {@link ExtractJob}, and what it did to words and an exit code. */
public final class Extracting {

    private final LakeOptions lake;
    private final Optional<String> profile;
    private final PersonalOptions personal;
    private final CooldownPolicy policy;
    private final Clock clock;
    private final ExtractLines lines;

    /** {@code profile} is the one that the command names; empty if it names none. */
    public Extracting(
            LakeOptions lake,
            Optional<String> profile,
            PersonalOptions personal,
            CooldownPolicy policy,
            Clock clock,
            ExtractLines lines) {
        this.lake = lake;
        this.profile = profile;
        this.personal = personal;
        this.policy = policy;
        this.clock = clock;
        this.lines = lines;
    }

    /**
     * Takes snapshots of the lists, by default those of the configuration, and returns the exit code. Throws {@link Failure}
     * if any text names no playlist.
     */
    public int all(List<String> lists) throws IOException, InterruptedException {
        WantedLists wanted = wanted(lists);
        if (!wanted.wrong().isEmpty()) {
            throw wrong(wanted);
        }
        return take(wanted);
    }

    /** The same, but a text that names no playlist is a list that failed: the others are taken. */
    public int others(List<String> lists) throws IOException, InterruptedException {
        WantedLists wanted = wanted(lists);
        if (wanted.lists().isEmpty() && !personal.any()) {
            throw wrong(wanted);
        }
        lines.wrong(wanted);
        int code = take(wanted);
        return wanted.wrong().isEmpty() ? code : Math.max(code, ExitCode.USAGE);
    }

    private int take(WantedLists named) throws IOException, InterruptedException {
        Metrics metrics = new Metrics();
        Caller caller = caller(lake, profile);
        if ((personal.any() || named.anyPersonal()) && !caller.grant().isUser()) {
            throw new Failure(
                    ExitCode.SIGN_IN,
                    "No user is signed in, so there are no lists of a user. Sign in: ./chartlake login");
        }
        caller.warning(clock.instant()).ifPresent(lines::warning);
        AppFolder app = app(lake, caller.access());
        WantedLists wanted = named.of(PersonalOptions.suffix(caller.profile())).and(personal.lists(caller.profile()));
        Report report;
        try (RequestCount count = count(lake, app)) {
            SpotifySource source = SpotifySource.open(caller.access(), caller.grant(), lake.store(), count);
            if (personal.mine()) {
                Library library = library(source, app);
                lines.library(library);
                wanted = wanted.and(library.lists());
            }
            report = new ExtractJob(source, lake.store(), app, clock, metrics)
                    .run(wanted, policy, TimeLimit.NONE, lines);
        }
        if (report.stopped().orElse(null) instanceof CooldownException cooldown) {
            throw failure(cooldown);
        }
        measured(metrics);
        lines.sum(wanted, report);
        if (report.stopped().isPresent()) {
            throw failure(report.stopped().get());
        }
        return report.failed() + report.incomplete() + wanted.wrong().size() == 0
                ? ExitCode.DONE
                : ExitCode.SOME_FAILED;
    }

    private void measured(Metrics metrics) throws IOException {
        if (MetricFiles.areWanted(Environment.variables())) {
            metrics.addAge(lake.store(), clock.instant());
            MetricFiles.write(Environment.variables(), "extract", lake.store().name(), metrics);
        }
    }

    /** What is in the user's library, unless Spotify wants to be left alone. */
    private Library library(SpotifySource source, AppFolder app) throws IOException, InterruptedException {
        if (policy == CooldownPolicy.KEEP) {
            Optional<Cooldown> cooldown = Cooldown.active(app, clock.instant());
            if (cooldown.isPresent()) {
                throw failure(cooldown.get().exception());
            }
        }
        try {
            return source.library();
        } catch (BudgetException e) {
            throw failure(e);
        } catch (RateLimitException e) {
            Cooldown.begin(app, e);
            throw failure(e);
        } catch (StopException e) {
            throw failure(e);
        } catch (RefusedException e) {
            throw new Failure(
                    ExitCode.SIGN_IN,
                    "The user's library cannot be read: " + e.reason() + ". Sign in again: ./chartlake login");
        } catch (ListException e) {
            throw new Failure(
                    ExitCode.SOME_FAILED,
                    "The user's library cannot be read: " + e.reason() + ". Run the same command later.");
        }
    }

    /**
     * The Web API, as the environment says, for the signed-in user or the app. {@code profile} is the one that the command
     * names; empty if it names none. Throws {@link Failure} if something is missing. Nothing is asked before the first list is.
     */
    public static Source source(LakeOptions lake, Optional<String> profile, RequestCount count) throws IOException {
        Caller caller = caller(lake, profile);
        return SpotifySource.open(caller.access(), caller.grant(), lake.store(), count);
    }

    /** Where limits of the app that the profile signed in with are kept: on this machine for all lakes; in the lake if there is no folder for that. */
    public static AppFolder app(LakeOptions lake, Optional<String> profile) throws IOException {
        return app(lake, caller(lake, profile).access());
    }

    /** Counts requests against the budget of the environment. Throws {@link Failure} if that is no number. */
    public static RequestCount count(LakeOptions lake, AppFolder app) {
        try {
            return new RequestCount(
                    app, new SpotifySettings(lake.settings().environment()).budget(), Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** The same for the app of {@code access}. */
    public static AppFolder app(LakeOptions lake, SpotifyAccess access) throws IOException {
        Map<String, String> environment = lake.settings().environment();
        String developer = new SpotifySettings(environment).developer();
        Optional<LocalStore> machine = MachineFolder.of(environment);
        return machine.isPresent()
                ? AppFolder.onMachine(machine.get(), access, developer)
                : AppFolder.inLake(lake.store(), access, developer);
    }

    private static Caller caller(LakeOptions lake, Optional<String> profile) throws IOException {
        return new Profiles(lake.settings().environment()).caller(profile);
    }

    private WantedLists wanted(List<String> named) {
        Settings settings = lake.settings();
        ListLabels labels = settings.labels();
        WantedLists wanted = WantedLists.parse(
                named.isEmpty() && !personal.any() ? settings.lists() : named,
                text -> Personal.named(text)
                        .map(list -> list.of(""))
                        .or(() -> labels.find(text).map(list -> listOf(list.id()))));
        if (wanted.count() == 0 && !personal.any()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "No list to extract. Name one, ./chartlake extract https://open.spotify.com/playlist/ID,"
                            + " or put 'lists:' into chartlake.yaml.");
        }
        return wanted;
    }

    private static PlaylistRef listOf(String id) {
        return Personal.named(id).map(list -> list.of("")).orElseGet(() -> PlaylistRef.parse(id));
    }

    private static Failure wrong(WantedLists wanted) {
        return new Failure(ExitCode.USAGE, String.join(System.lineSeparator(), wanted.reasons()));
    }

    /** What ends a command that Spotify, or an earlier answer of it, stopped. */
    public static Failure failure(StopException stopped) {
        if (stopped instanceof CooldownException cooldown) {
            return new Failure(
                    ExitCode.RATE_LIMITED,
                    "Not before " + cooldown.notBefore() + ": " + cooldown.reason()
                            + ". Nothing was asked. Come back then, or add --ignore-cooldown to ask all the same.");
        }
        if (stopped instanceof BudgetException budget) {
            return new Failure(
                    ExitCode.RATE_LIMITED,
                    budget.reason() + ". There are requests to send again at " + budget.notBefore()
                            + ". Run the same command then, or set a larger budget.");
        }
        if (stopped instanceof RateLimitException limited) {
            return new Failure(
                    ExitCode.RATE_LIMITED,
                    "Rate-limited, not before " + limited.notBefore() + ": " + limited.reason()
                            + ". Run the same command then.");
        }
        if (stopped instanceof UnreachableException) {
            return new Failure(ExitCode.SOME_FAILED, stopped.reason() + ".");
        }
        return new Failure(stopped instanceof AddressException ? ExitCode.USAGE : ExitCode.SIGN_IN, stopped.reason());
    }
}
