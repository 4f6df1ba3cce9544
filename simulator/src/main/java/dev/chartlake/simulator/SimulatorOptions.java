package dev.chartlake.simulator;

import dev.chartlake.simulator.answer.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a simulator is to behave. Not to be changed: each {@code with…} gives a changed copy. */
public final class SimulatorOptions implements Cloneable {

    private int port = 0;
    private LocalDate date = LocalDate.of(2026, 11, 21);
    private Dialect dialect = Dialect.LEGACY;
    private @Nullable Path recordings;
    private List<Fault> faults = List.of();
    private String clientId = "demo";
    private String clientSecret = "demo-secret";
    private Duration tokenLifetime = Duration.ofHours(1);
    private @Nullable String links;
    private long seed = 1;
    private boolean exact = false;
    private SignInOptions signIn = SignInOptions.USUAL;
    private Limit rate = Limit.NONE;
    private Limit quota = Limit.NONE;

    private SimulatorOptions() {}

    /** Any port, 2026-11-21, the legacy dialect, the generated world of seed 1, no faults, client demo. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions();
    }

    private SimulatorOptions with(Consumer<SimulatorOptions> change) {
        try {
            SimulatorOptions copy = (SimulatorOptions) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same on another port. Throws {@link IllegalArgumentException} if it is not from 0 to 65535. */
    public SimulatorOptions withPort(int other) {
        if (other < 0 || other > 65_535) {
            throw new IllegalArgumentException("A port is 0 to 65535, not " + other);
        }
        return with(copy -> copy.port = other);
    }

    /** The same on another day. */
    public SimulatorOptions withDate(LocalDate other) {
        return with(copy -> copy.date = other);
    }

    /** The same in another dialect, in which each list counts as the caller's own. */
    public SimulatorOptions withDialect(Dialect other) {
        return with(copy -> {
            copy.dialect = other;
            copy.exact = false;
        });
    }

    /** The same for another kind of app, with exactly its refusals. */
    public SimulatorOptions withRegime(Regime other) {
        return with(copy -> {
            copy.dialect = other.dialect();
            copy.exact = true;
        });
    }

    /** The same over recorded files, or over the generated world for null. */
    public SimulatorOptions withRecordings(@Nullable Path other) {
        return with(copy -> copy.recordings = other);
    }

    /** The same with these faults only. */
    public SimulatorOptions withFaults(List<Fault> other) {
        List<Fault> copied = List.copyOf(other);
        return with(copy -> copy.faults = copied);
    }

    /** The same for another client. */
    public SimulatorOptions withClient(String id, String secret) {
        return with(copy -> {
            copy.clientId = id;
            copy.clientSecret = secret;
        });
    }

    /** The same with tokens of another lifetime. */
    public SimulatorOptions withTokenLifetime(Duration other) {
        return with(copy -> copy.tokenLifetime = other);
    }

    /** The same with other addresses in its answers, so that they do not depend on the port. */
    public SimulatorOptions withLinks(String other) {
        return with(copy -> copy.links = other);
    }

    /** The same with another world. */
    public SimulatorOptions withSeed(long other) {
        return with(copy -> copy.seed = other);
    }

    /** The same with another way for users to sign in. */
    public SimulatorOptions withSignIn(SignInOptions other) {
        return with(copy -> copy.signIn = other);
    }

    /** The same with a rolling window. */
    public SimulatorOptions withRate(Limit other) {
        return with(copy -> copy.rate = other);
    }

    /** The same with a quota. */
    public SimulatorOptions withQuota(Limit other) {
        return with(copy -> copy.quota = other);
    }

    /** Port on 127.0.0.1; 0 takes any free one. */
    public int port() {
        return port;
    }

    /** The simulated day, at whose noon UTC every answer is given. */
    public LocalDate date() {
        return date;
    }

    /** Which app the caller is taken for. */
    public Dialect dialect() {
        return dialect;
    }

    /** A folder {@code <list>/<date>.json} to serve instead of the generated world; null for the world. */
    @Nullable public Path recordings() {
        return recordings;
    }

    /** What goes wrong from the start. */
    public List<Fault> faults() {
        return faults;
    }

    /** The only client that may sign in. */
    public String clientId() {
        return clientId;
    }

    /** The client's secret. */
    public String clientSecret() {
        return clientSecret;
    }

    /** How long access tokens live, in real time; whole seconds are announced. */
    public Duration tokenLifetime() {
        return tokenLifetime;
    }

    /** What addresses in answers start with; null for where this simulator really is. */
    @Nullable public String links() {
        return links;
    }

    /** What the generated world grows from: same seed, same world. */
    public long seed() {
        return seed;
    }

    /** Whether lists are shown to those alone who may see them at Spotify; else each list counts as the caller's own. */
    public boolean exact() {
        return exact;
    }

    /** How users sign in. */
    public SignInOptions signIn() {
        return signIn;
    }

    /** The rolling window of all apps. */
    public Limit rate() {
        return rate;
    }

    /** What the developer account may ask in a day. */
    public Limit quota() {
        return quota;
    }

    /** Leaves the secret out, since options get logged. */
    @Override
    public String toString() {
        return "SimulatorOptions[port=" + port + ", date=" + date + ", dialect=" + dialect.label() + ", recordings="
                + recordings + ", faults=" + faults + ", clientId=" + clientId + ", seed=" + seed + "]";
    }
}
