package dev.chartlake.app;

import dev.chartlake.app.account.ProfileOption;
import dev.chartlake.app.jobs.ExtractSender;
import dev.chartlake.app.jobs.Extracting;
import dev.chartlake.app.jobs.Signing;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.extract.Extractor;
import dev.chartlake.http.UrlTransport;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.spotify.limits.Cooldown;
import dev.chartlake.spotify.limits.RequestCount;
import dev.chartlake.trigger.HttpSender;
import dev.chartlake.trigger.PlaylistsFile;
import dev.chartlake.trigger.Sender;
import dev.chartlake.trigger.Trigger;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trigger}: the playlists of a file, each once. */
@Command(
        name = "trigger",
        mixinStandardHelpOptions = true,
        description = {
            "Has a snapshot taken of each playlist in a CSV file (playlist_uri, request_sent, response) that was not sent yet, and"
                    + " notes in the file what became of it: request_sent becomes true only when it was accepted.",
            "With --url it asks the HTTP function there: GET URL?playlist_id=ID. Without, it extracts the playlists itself."
        })
final class TriggerCommand implements Callable<Integer> {

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Option(names = "--url", paramLabel = "URL", description = "Address of the HTTP function")
    private @Nullable String url;

    @Option(
            names = "--token-env",
            paramLabel = "NAME",
            description = "Environment variable with the token to show: Authorization: Bearer TOKEN")
    private @Nullable String tokenEnv;

    @Option(
            names = "--sign",
            description =
                    "Sign with AWS credentials. Done anyway for addresses of API Gateway and Lambda, unless there is a token")
    private boolean sign;

    @Option(
            names = "--ignore-cooldown",
            description = "Ask even though whoever is asked wanted to be left alone until later.")
    private boolean ignoreCooldown;

    @Parameters(paramLabel = "FILE", description = "The CSV file")
    private Path path = Path.of("playlists.csv");

    /** Of the requests that this command sends itself. */
    private @Nullable RequestCount count;

    @Override
    public Integer call() throws IOException, InterruptedException {
        lake.settings();
        PlaylistsFile file = file(path);
        try {
            file.entries();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, path + " cannot be read: " + e.getMessage());
        }
        Trigger trigger = new Trigger(file, sender(), Clock.systemUTC());
        Optional<Instant> notBefore = url == null || ignoreCooldown ? Optional.empty() : trigger.notBefore();
        if (notBefore.isPresent()) {
            throw new Failure(
                    ExitCode.RATE_LIMITED,
                    "Not before " + notBefore.get() + ", says the last answer in " + path
                            + ". Nothing was asked. Come back then, or add --ignore-cooldown to ask all the same.");
        }
        try {
            return tell(trigger.run(new Lines()));
        } finally {
            if (count != null) {
                count.close();
            }
        }
    }

    private static PlaylistsFile file(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new Failure(
                    ExitCode.USAGE,
                    (Files.exists(path) ? "Not a file: " : "No file ") + path
                            + ". Name a CSV file with the column playlist_uri.");
        }
        return new PlaylistsFile(path);
    }

    /** What was sent goes to stdout, what was not to stderr. */
    private static final class Lines implements Trigger.Listener {
        @Override
        public void sent(String uri, String answer) {
            System.out.println(uri + ": " + answer);
        }

        @Override
        public void failed(String uri, String answer) {
            System.err.println(uri + ": " + answer);
        }
    }

    private static int tell(Trigger.Result result) {
        System.err.println(result.sent() + " sent, " + result.failed() + " failed, " + result.before() + " sent before"
                + (result.left() > 0 ? ", " + result.left() + " not tried" : ""));
        return switch (result.stop()) {
            case LIMITED ->
                throw new Failure(
                        ExitCode.RATE_LIMITED,
                        "Stopped: " + result.reason() + ". Run the same command then, or later.");
            case SIGN_IN ->
                throw new Failure(
                        ExitCode.SIGN_IN,
                        "Stopped, because no request would be let in: " + result.reason()
                                + ". Check the credentials, the token (--token-env) or whether requests must be signed (--sign).");
            case SILENT ->
                throw new Failure(
                        ExitCode.SOME_FAILED, "Stopped: " + result.reason() + ". Check the address and the network.");
            case NONE -> result.failed() == 0 ? ExitCode.DONE : ExitCode.SOME_FAILED;
        };
    }

    private Sender sender() throws IOException {
        if (url == null) {
            if (tokenEnv != null || sign) {
                throw new Failure(ExitCode.USAGE, "--token-env and --sign need a --url to send to.");
            }
            return new ExtractSender(extractor(), lake.store());
        }
        if (profile.named().isPresent()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "Either --url or --profile: the function at the address signs in as its own settings say.");
        }
        URI address = address(url);
        return new HttpSender(address, headers(address), new UrlTransport(), Clock.systemUTC());
    }

    private Extractor extractor() throws IOException {
        AppFolder app = Extracting.app(lake, profile.named());
        if (!ignoreCooldown) {
            Cooldown.active(app, Instant.now()).ifPresent(cooldown -> {
                throw Extracting.failure(cooldown.exception());
            });
        }
        count = Extracting.count(lake, app);
        return new Extractor(Extracting.source(lake, profile.named(), count), app);
    }

    private HttpSender.Headers headers(URI address) throws IOException {
        if (tokenEnv != null) {
            String token =
                    lake.settings().environment().getOrDefault(tokenEnv, "").strip();
            if (token.isEmpty() || sign) {
                throw new Failure(
                        ExitCode.USAGE,
                        sign
                                ? "Either --sign or --token-env: a request has one proof of who asks."
                                : tokenEnv + " is not set.");
            }
            boolean loopback = address.getHost().matches("localhost|127\\..*|\\[::1]");
            if (!address.getScheme().equalsIgnoreCase("https") && !loopback) {
                throw new Failure(ExitCode.USAGE, "A token goes to https:// addresses only, where nobody can read it.");
            }
            Map<String, String> shown = Map.of("Authorization", "Bearer " + token);
            return uri -> shown;
        }
        return Signing.headers(address, sign);
    }

    private static URI address(String url) {
        try {
            URI uri = new URI(url.strip());
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The message below says it; that of the exception repeats the value, which may hold a password.
        }
        String shown = url.contains("@") ? "" : ": '" + url + "'";
        throw new Failure(
                ExitCode.USAGE,
                "--url is not a web address" + shown
                        + ". It looks like https://abc123.execute-api.eu-north-1.amazonaws.com/extract.");
    }
}
