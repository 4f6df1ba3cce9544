package dev.chartlake.app.doctor;

import dev.chartlake.app.account.Caller;
import dev.chartlake.app.account.Profiles;
import dev.chartlake.app.doctor.Diagnosis.Level;
import dev.chartlake.app.jobs.Extracting;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.settings.Environment;
import dev.chartlake.http.Transport;
import dev.chartlake.http.UrlTransport;
import dev.chartlake.jobs.WantedLists;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.spotify.SpotifyVisit;
import dev.chartlake.spotify.calls.SpotifySettings;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.spotify.limits.CountedTransport;
import dev.chartlake.spotify.limits.RequestCount;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All checks, in an order in which each can use what those before it found. */
public final class Examination {

    private static final String SIGN_IN = "sign-in";

    private final LakeOptions lake;
    private final Optional<String> profile;
    private final Clock clock;
    private final List<Diagnosis> findings = new ArrayList<>();

    private @Nullable SpotifyVisit visit;

    /** {@code profile} is the one that the command names; empty if it names none. */
    public Examination(LakeOptions lake, Optional<String> profile, Clock clock) {
        this.lake = lake;
        this.profile = profile;
        this.clock = clock;
    }

    /** Checks everything. Without {@code named} lists, it takes those of the configuration. */
    public void run(List<String> named) throws InterruptedException {
        add(new FileCheck(lake::settings));
        if (worst() == Level.PROBLEM) {
            add(new VariablesCheck(Environment.variables()));
            findings.add(Diagnosis.skipped("spotify, lake", "They need the settings."));
            return;
        }
        Map<String, String> environment = lake.settings().environment();
        int before = findings.size();
        add(new VariablesCheck(environment));
        boolean wrong = findings.subList(before, findings.size()).stream().anyMatch(f -> f.level() == Level.PROBLEM);
        WantedLists wanted = wanted(named);
        if (wrong) {
            findings.add(Diagnosis.skipped(SIGN_IN, "It needs the environment."));
        } else {
            spotify(environment, wanted);
        }
        add(new ListsCheck(wanted, visit()));
        add(new LakeCheck(lake, clock.instant()));
        add(new WarehousesCheck(lake));
    }

    private WantedLists wanted(List<String> named) {
        ListLabels labels = lake.settings().labels();
        WantedLists wanted = WantedLists.parse(
                named.isEmpty() ? lake.settings().lists() : named,
                text -> labels.find(text).map(list -> PlaylistRef.parse(list.id())));
        if (!named.isEmpty() && !wanted.wrong().isEmpty()) {
            throw new Failure(ExitCode.USAGE, String.join(System.lineSeparator(), wanted.reasons()));
        }
        return wanted;
    }

    private void spotify(Map<String, String> environment, WantedLists wanted) throws InterruptedException {
        try {
            Caller caller = new Profiles(environment).caller(profile);
            AppFolder app = Extracting.app(lake, caller.access());
            SpotifyVisit made;
            try (RequestCount count = Extracting.count(lake, app)) {
                URI api = caller.access().apiUrl();
                Transport counted =
                        new CountedTransport(new UrlTransport(caller.access().proxies()), api, count);
                made = SpotifyVisit.of(caller.access(), caller.grant(), app, wanted.lists(), clock, counted);
            }
            visit = made;
            add(new SignInCheck(caller, made, clock.instant()));
            add(new ConnectionCheck(caller.access(), made));
            add(new ClockCheck(caller.access().accountsUrl(), made.clockAhead()));
            add(new CooldownCheck(made));
            add(new RegimeCheck(caller.grant().isUser(), made));
        } catch (Failure e) {
            findings.add(nobody(e, new SpotifySettings(environment), wanted));
        } catch (IOException | RuntimeException e) {
            findings.add(failed(SIGN_IN, e, ExitCode.SOME_FAILED));
        }
    }

    /** Chart files need no app, so that none is set up is a problem only for lists. */
    private Diagnosis nobody(Failure failure, SpotifySettings settings, WantedLists wanted) {
        boolean nothing =
                profile.isEmpty() && !settings.hasId() && settings.profile().isEmpty();
        return nothing && wanted.count() == 0
                ? Diagnosis.warning(
                        SIGN_IN,
                        "No app of Spotify's is set up, so lists cannot be extracted. Chart files can be imported.",
                        "Import: ./chartlake import FILE. For lists: docs/how-to/sign-in.md")
                : failed(SIGN_IN, failure, ExitCode.SIGN_IN);
    }

    private void add(Check check) throws InterruptedException {
        try {
            findings.addAll(check.findings());
        } catch (IOException | RuntimeException e) {
            findings.add(failed(check.name(), e, e instanceof Failure f ? f.exitCode() : ExitCode.SOME_FAILED));
        }
    }

    /** A message says first what happened and then what to do. */
    private static Diagnosis failed(String check, Exception e, int code) {
        String text = ErrorText.of(e);
        int cure = text.indexOf(". ");
        return cure < 0
                ? Diagnosis.problem(check, text, "Correct it, and run ./chartlake doctor again.", code)
                : Diagnosis.problem(check, text.substring(0, cure + 1), text.substring(cure + 2), code);
    }

    /** What was found, in the order of the checks. */
    List<Diagnosis> findings() {
        return List.copyOf(findings);
    }

    /** Each problem with its cure, a line for each. */
    public List<String> advice() {
        List<String> lines = new ArrayList<>();
        for (Diagnosis found : findings) {
            if (found.level() == Level.PROBLEM) {
                String about = found.subject().isEmpty() ? found.check() : found.check() + " " + found.subject();
                lines.add("Problem, " + about + ": " + found.what());
                lines.add("  → " + found.cure());
            }
        }
        return lines;
    }

    /** What Spotify answered; empty if it could not be asked. */
    public Optional<SpotifyVisit> visit() {
        return Optional.ofNullable(visit);
    }

    /** How bad the worst finding is. */
    Level worst() {
        return findings.stream().map(Diagnosis::level).max(Level::compareTo).orElse(Level.OK);
    }

    /** The code that the worst finding asks for. */
    public int exitCode() {
        return findings.stream().mapToInt(Diagnosis::code).max().orElse(ExitCode.DONE);
    }
}
