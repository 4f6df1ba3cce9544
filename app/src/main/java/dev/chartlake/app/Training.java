package dev.chartlake.app;

import dev.chartlake.app.account.Caller;
import dev.chartlake.app.account.Profiles;
import dev.chartlake.app.doctor.Examination;
import dev.chartlake.app.jobs.Extracting;
import dev.chartlake.app.print.ExtractLines;
import dev.chartlake.jobs.ExtractJob;
import dev.chartlake.jobs.WantedLists;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.spotify.SpotifyVisit;
import dev.chartlake.spotify.auth.AccountsService;
import dev.chartlake.spotify.auth.FileTokenStore;
import dev.chartlake.spotify.auth.RefreshToken;
import dev.chartlake.spotify.calls.SpotifySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Run by the build with {@code -XX:DumpLoadedClassList}: whatever class a command needs is loaded here, so that it is in
 * the archive that the launcher starts with. A class that is not is only slower to load.
 */
final class Training {

    private Training() {}

    /** Runs the commands in the folder {@code args[0]}, which is not there yet. */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        Path folder = Path.of(args[0]);
        String lake = folder.resolve("lake").toString();
        Path page = Files.createDirectories(folder.resolve("4ChartLakeTrainingRunA"))
                .resolve("2026-11-21T12-00-00Z.json");
        Files.writeString(page, "{\"items\":[{\"track\":null}],\"next\":null,\"total\":1,\"limit\":50,\"offset\":0}");
        run("demo", "--once", "--lake", lake);
        run("import", "--lake", lake, page.toString());
        run("transform", "--lake", lake);
        run("status", "--lake", lake);
        run("status", "--lake", lake, "--output", "json");
        run("report", "quality", "--lake", lake);
        run("report", "chart", "--lake", lake, "--list", WorldLists.TOP_NORWAY);
        run("query", "--lake", lake, "--output", "csv", "SELECT count(*) AS n FROM songs");
        run("query", "--lake", lake, "--output", "json", "SELECT count(*) AS n FROM songs");
        run("--help");
        run("run", "--help");
        run("login", "--help");
        run("logout", "--help");
        run("doctor", "--help");
        run("init", "--help");
        run("purge", "--lake", lake, "--before", "2000-01-01");
        // What only a run against Spotify's own address needs, which is not to be asked by a build.
        for (Class<?> type : List.of(
                Extracting.class,
                ExtractLines.class,
                WantedLists.class,
                ExtractJob.class,
                SpotifySettings.class,
                Profiles.class,
                Caller.class,
                FileTokenStore.class,
                RefreshToken.class,
                AccountsService.class,
                Examination.class,
                SpotifyVisit.class)) {
            Class.forName(type.getName()); // which sets it up, too
        }
    }

    private static void run(String... command) {
        int code = Main.run(command);
        if (code != ExitCode.DONE) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
        }
    }
}
