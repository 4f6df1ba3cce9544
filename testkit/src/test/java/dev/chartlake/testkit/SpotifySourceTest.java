package dev.chartlake.testkit;

import dev.chartlake.extract.Source;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.simulator.Fault;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.spotify.SpotifySource;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.store.ObjectStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** The Web API, as the simulator speaks it, keeps the contract. */
class SpotifySourceTest extends SourceContract {

    private final SimulatorOptions options = SimulatorOptions.defaults().withPort(0);
    private final Simulator spotify = Simulator.start(options);

    @AfterEach
    void close() {
        spotify.close();
    }

    @Override
    protected Source source(ObjectStore store) {
        SpotifyAccess access = SpotifyAccess.of(
                URI.create(spotify.apiUrl()),
                URI.create(spotify.accountsUrl()),
                options.clientId(),
                options.clientSecret());
        return SpotifySource.open(access, store, Clock.systemUTC(), time -> {});
    }

    @Override
    protected PlaylistRef list() {
        return new PlaylistRef(WorldLists.ROAD_TRIP);
    }

    @Override
    protected PlaylistRef unknown() {
        return new PlaylistRef("z".repeat(22));
    }

    @Override
    protected void make(Trouble trouble) {
        spotify.faults().clear();
        spotify.faults()
                .add(
                        switch (trouble) {
                            case CUT_OFF -> Fault.truncate();
                            case SILENT -> Fault.reset();
                            case SIGN_IN -> Fault.status(401).path("/api/token");
                            case RATE_LIMIT -> Fault.rateLimited(Duration.ofDays(1));
                        });
    }
}
