package dev.chartlake.app;

import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.OutputOption;
import dev.chartlake.app.print.StatusJson;
import dev.chartlake.app.print.StatusPage;
import dev.chartlake.app.settings.MachineFolder;
import dev.chartlake.lake.LakeStatus;
import dev.chartlake.lake.LakeStatus.ListStatus;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.spotify.calls.SpotifySettings;
import dev.chartlake.spotify.limits.SpotifyUse;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code status}: what is in the lake, and what needs doing. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what is in the lake: its lists, days and counts, how fresh they are and which days are missing; what"
                    + " waits for a transform; what is quarantined and why; and files that are not as their day's"
                    + " manifest says.",
            "Reads manifests and listings only. Snapshots that do not fit those around them are in report quality, which"
                    + " reads the tables. With --output csv: the lists."
        })
final class StatusCommand implements Callable<Integer> {

    private final Clock clock;

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    StatusCommand() {
        this(Clock.systemUTC());
    }

    StatusCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        ObjectStore store = lake.store();
        LakeStatus status = lake.status(lake.settings().quality());
        ListLabels labels = lake.settings().labels();
        Instant now = clock.instant();
        Optional<LocalStore> machine = MachineFolder.of(lake.settings().environment());
        URI api = new SpotifySettings(lake.settings().environment()).apiUrl();
        SpotifyUse spotify = SpotifyUse.of(machine.isPresent() ? machine.get() : store, api, now);
        output.write(out -> {
            switch (output.format()) {
                case JSON -> new StatusJson(status, labels, spotify, now).print(store.name(), out);
                case CSV -> lists(status, labels, now, output.printer(out));
                case TABLE -> new StatusPage(status, labels, spotify, now, store).print(out);
            }
        });
        return ExitCode.DONE;
    }

    private static void lists(LakeStatus status, ListLabels labels, Instant now, ResultSink sink) throws IOException {
        sink.columns(List.of(
                new ResultColumn("source", "VARCHAR", false),
                new ResultColumn("playlist_id", "VARCHAR", false),
                new ResultColumn("name", "VARCHAR", false),
                new ResultColumn("first_day", "DATE", false),
                new ResultColumn("last_day", "DATE", false),
                new ResultColumn("days", "INTEGER", true),
                new ResultColumn("every_days", "BIGINT", true),
                new ResultColumn("missing_days", "BIGINT", true),
                new ResultColumn("snapshots", "BIGINT", true),
                new ResultColumn("entries", "BIGINT", true),
                new ResultColumn("newest_snapshot_at", "TIMESTAMP", false),
                new ResultColumn("age_hours", "BIGINT", true)));
        for (ListStatus list : status.lists()) {
            sink.row(Arrays.<@Nullable Object>asList(
                    list.source(),
                    list.playlistId(),
                    list.name(labels).isEmpty() ? null : list.name(labels),
                    list.days().first(),
                    list.days().last(),
                    list.days().count(),
                    list.days().every(),
                    list.days().missing(),
                    list.snapshots(),
                    list.entries(),
                    list.newestAt().toString(),
                    StatusJson.hours(list.newestAt(), now)));
        }
        sink.end();
    }
}
