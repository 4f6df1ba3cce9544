package dev.chartlake.app.jobs;

import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.Extractor;
import dev.chartlake.extract.TimeLimit;
import dev.chartlake.extract.UnfinishedRun;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.print.Plurals;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.StopException;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.trigger.Sender;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Takes the snapshots itself, as {@code extract} does. */
public final class ExtractSender implements Sender {

    private final Extractor extractor;
    private final ObjectStore store;

    public ExtractSender(Extractor extractor, ObjectStore store) {
        this.extractor = extractor;
        this.store = store;
    }

    @Override
    public Reply send(PlaylistRef list) throws IOException, InterruptedException {
        Extractor.Report report = extractor.run(
                UnfinishedRun.begin(store, List.of(list), Clock.systemUTC()), TimeLimit.NONE, outcome -> {});
        if (report.stopped().isPresent()) {
            StopException stopped = report.stopped().get();
            return stopped instanceof RateLimitException limited
                    ? new Reply.Limited("rate-limited: " + limited.reason(), limited.notBefore())
                    : new Reply.SignIn(stopped.reason());
        }
        Extractor.Outcome outcome = report.outcomes().get(0);
        if (outcome.result() instanceof Archived archived) {
            if (!archived.complete()) {
                return new Reply.Refused("incomplete: " + archived.warning() + "; archived as "
                        + archived.key().in(RawState.TO_PROCESS) + ". Extract the list again later.");
            }
            return new Reply.Accepted(
                    archived.added()
                            ? "archived " + Plurals.count(archived.entries(), "entry", "entries") + " as "
                                    + archived.key().in(RawState.TO_PROCESS)
                            : "unchanged, already archived");
        }
        Failed failed = (Failed) outcome.result();
        return new Reply.Refused("failed: " + failed.reason() + ". " + failed.cure());
    }
}
