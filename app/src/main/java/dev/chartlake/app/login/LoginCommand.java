package dev.chartlake.app.login;

import dev.chartlake.app.account.ProfileOption;
import dev.chartlake.app.account.Profiles;
import dev.chartlake.app.jobs.Extracting;
import dev.chartlake.app.print.Browser;
import dev.chartlake.app.settings.Environment;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.spotify.UserSignIn;
import dev.chartlake.spotify.UserSignIn.SignedIn;
import dev.chartlake.spotify.auth.Authorization;
import dev.chartlake.spotify.auth.Consent;
import dev.chartlake.spotify.auth.FileTokenStore;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.StopException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code login}: signs a user in. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = {
            "Signs a user in at Spotify, so that extract and run can read the user's own lists. Opens Spotify's page in the"
                    + " browser and waits on 127.0.0.1 for the answer. The sign-in is stored for this machine's user alone, and"
                    + " lasts six months.",
            "It needs SPOTIFY_CLIENT_ID and no secret. The app's page on https://developer.spotify.com/dashboard must have"
                    + " the Redirect URI http://127.0.0.1:8912/callback."
        })
public final class LoginCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Option(
            names = "--paste",
            description =
                    "Print the address only, and read the address that the browser ends at, or the code in it, from"
                            + " stdin: for a machine without a browser")
    private boolean paste;

    @Option(names = "--no-browser", description = "Print the address, and do not open it")
    private boolean noBrowser;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "Port of 127.0.0.1 to wait on, 0 for any free one. The app's Redirect URIs must have it, or have"
                            + " http://127.0.0.1/callback without a port. Default: ${DEFAULT-VALUE}",
            defaultValue = "8912")
    private int port;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (port < 0 || port > 65_535 || paste && port == 0) {
            throw new Failure(ExitCode.USAGE, "Not a port: " + port + ". Give --port a number from 1 to 65535.");
        }
        Profiles profiles = new Profiles(Environment.variables());
        String name = profiles.name(profile.named());
        FileTokenStore store = profiles.store(name);
        Optional<Consent> before = before(store);
        SpotifyAccess access = profiles.access(before);
        try {
            SignedIn signedIn = signIn(access);
            try (Closeable lock = store.lock()) {
                store.write(signedIn.consent());
            }
            tell(signedIn, before, name, store);
            return ExitCode.DONE;
        } catch (StopException e) {
            throw Extracting.failure(e);
        } catch (ListException e) {
            throw new Failure(ExitCode.SOME_FAILED, e.reason() + ". No user is signed in. Run the same command later.");
        }
    }

    /** A sign-in that cannot be read is about to be replaced. */
    private static Optional<Consent> before(FileTokenStore store) {
        try {
            return store.read();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private SignedIn signIn(SpotifyAccess access) throws IOException, ListException, InterruptedException {
        UserSignIn signIn = new UserSignIn(access, Clock.systemUTC());
        SecureRandom random = new SecureRandom();
        if (paste) {
            Authorization authorization = Authorization.begin(access, RedirectServer.redirect(port), random);
            return signIn.finish(authorization, authorization.pastedCode(pasted(authorization.address())));
        }
        try (RedirectServer server = RedirectServer.listen(port)) {
            Authorization authorization = Authorization.begin(access, server.redirect(), random);
            PrintWriter out = out();
            out.println("Open this address in a browser on this machine, and agree:");
            out.println();
            out.println(authorization.address());
            out.println();
            out.println("Waiting for the browser at " + server.redirect() + ". On another machine, use --paste.");
            out.flush();
            if (!noBrowser) {
                Browser.open(authorization.address().toString());
            }
            String query = server.await(authorization, LIMIT);
            if (query == null) {
                throw new SignInException("No answer came from the browser within " + LIMIT.toMinutes()
                        + " minutes. If the browser showed 'Invalid redirect URI', add " + server.redirect()
                        + " to the Redirect URIs on the app's page. Then run the same command again.");
            }
            return signIn.finish(authorization, authorization.code(query));
        }
    }

    private String pasted(URI address) throws IOException {
        PrintWriter out = out();
        out.println("Open this address in a browser, on any machine, and agree:");
        out.println();
        out.println(address);
        out.println();
        out.println("The browser then goes to an address that it cannot open. Paste that address here:");
        out.flush();
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new Failure(
                    ExitCode.USAGE, "Nothing was pasted. Run the same command again, where stdin can be read.");
        }
        return line;
    }

    private void tell(SignedIn signedIn, Optional<Consent> before, String name, FileTokenStore store) {
        Consent consent = signedIn.consent();
        PrintWriter out = out();
        out.println("Signed in" + (consent.user().isEmpty() ? "" : " as " + shown(consent)) + ", profile " + name
                + ". Spotify ends this sign-in on "
                + consent.endsAt().toString().substring(0, 10) + ". It is stored in "
                + store.file() + ".");
        out.flush();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        if (!signedIn.unnamed().isEmpty()) {
            err.println("Spotify did not say whose account it is: " + signedIn.unnamed() + ".");
        }
        before.filter(old -> !old.user().isEmpty() && !consent.user().isEmpty())
                .filter(old -> !old.user().equals(consent.user()))
                .ifPresent(old -> err.println("Profile " + name + " was " + shown(old) + " before. Lists such as"
                        + " me-saved-tracks now continue with another account. To keep accounts apart, give each its own"
                        + " --profile."));
        err.flush();
    }

    private static String shown(Consent consent) {
        return consent.name().isEmpty() ? consent.user() : consent.name() + " (" + consent.user() + ")";
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
