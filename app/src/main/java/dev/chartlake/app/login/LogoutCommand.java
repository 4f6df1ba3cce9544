package dev.chartlake.app.login;

import dev.chartlake.app.account.ProfileOption;
import dev.chartlake.app.account.Profiles;
import dev.chartlake.app.settings.Environment;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.spotify.auth.FileTokenStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code logout}: forgets a user's sign-in. */
@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description =
                "Deletes a user's stored sign-in from this machine. The lake stays as it is. Spotify lists the app with"
                        + " the account until the user removes it there.")
public final class LogoutCommand implements Callable<Integer> {

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Profiles profiles = new Profiles(Environment.variables());
        String name = profiles.name(profile.named());
        List<String> all = profiles.all();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (!all.contains(name)) {
            out.println("No user is signed in as profile " + name + "."
                    + (all.isEmpty() ? "" : " Signed in are: " + String.join(", ", all) + "."));
        } else {
            FileTokenStore store = profiles.store(name);
            try (Closeable lock = store.lock()) {
                store.delete();
            }
            out.println("Signed out: " + store.file() + " is deleted. To remove the app from the account, too, open"
                    + " https://www.spotify.com/account/apps.");
        }
        out.flush();
        return ExitCode.DONE;
    }
}
