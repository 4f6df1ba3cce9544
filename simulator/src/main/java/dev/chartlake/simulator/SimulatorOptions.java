package dev.chartlake.simulator;

import dev.chartlake.simulator.answer.Dialect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a simulator is to behave.
 *
 * @param port on 127.0.0.1; 0 takes any free one
 * @param date the simulated day, at whose noon UTC every answer is given
 * @param dialect which app the caller is taken for
 * @param recordings a folder {@code <list>/<date>.json} to serve instead of the generated world; null for the world
 * @param faults what goes wrong from the start
 * @param clientId the only client that may sign in
 * @param clientSecret its secret
 * @param tokenLifetime how long access tokens live, in real time; whole seconds are announced
 * @param links what addresses in answers start with; null for where this simulator really is
 * @param seed what the generated world grows from: same seed, same world
 * @param exact whether lists are shown to those alone who may see them at Spotify; else each list counts as the caller's own
 * @param signIn how users sign in
 * @param rate the rolling window of all apps
 * @param quota what the developer account may ask in a day
 */
public record SimulatorOptions(
        int port,
        LocalDate date,
        Dialect dialect,
        @Nullable Path recordings,
        List<Fault> faults,
        String clientId,
        String clientSecret,
        Duration tokenLifetime,
        @Nullable String links,
        long seed,
        boolean exact,
        SignInOptions signIn,
        Limit rate,
        Limit quota) {

    /** Copies the faults, so that a later change of the list has no effect. */
    public SimulatorOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is 0 to 65535, not " + port);
        }
        faults = List.copyOf(faults);
    }

    /** Any port, 2026-11-21, the legacy dialect, the generated world of seed 1, no faults, client demo. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                0,
                LocalDate.of(2026, 11, 21),
                Dialect.LEGACY,
                null,
                List.of(),
                "demo",
                "demo-secret",
                Duration.ofHours(1),
                null,
                1,
                false,
                SignInOptions.USUAL,
                Limit.NONE,
                Limit.NONE);
    }

    /** The same on another port. */
    public SimulatorOptions withPort(int other) {
        return new SimulatorOptions(
                other,
                date,
                dialect,
                recordings,
                faults,
                clientId,
                clientSecret,
                tokenLifetime,
                links,
                seed,
                exact,
                signIn,
                rate,
                quota);
    }

    /** The same on another day. */
    public SimulatorOptions withDate(LocalDate other) {
        return new SimulatorOptions(
                port,
                other,
                dialect,
                recordings,
                faults,
                clientId,
                clientSecret,
                tokenLifetime,
                links,
                seed,
                exact,
                signIn,
                rate,
                quota);
    }

    /** The same in another dialect, in which each list counts as the caller's own. */
    public SimulatorOptions withDialect(Dialect other) {
        return new SimulatorOptions(
                port,
                date,
                other,
                recordings,
                faults,
                clientId,
                clientSecret,
                tokenLifetime,
                links,
                seed,
                false,
                signIn,
                rate,
                quota);
    }

    /** The same for another kind of app, with exactly its refusals. */
    public SimulatorOptions withRegime(Regime other) {
        return new SimulatorOptions(
                port,
                date,
                other.dialect(),
                recordings,
                faults,
                clientId,
                clientSecret,
                tokenLifetime,
                links,
                seed,
                true,
                signIn,
                rate,
                quota);
    }

    /** The same over recorded files, or over the generated world for null. */
    public SimulatorOptions withRecordings(@Nullable Path other) {
        return new SimulatorOptions(
                port,
                date,
                dialect,
                other,
                faults,
                clientId,
                clientSecret,
                tokenLifetime,
                links,
                seed,
                exact,
                signIn,
                rate,
                quota);
    }

    /** The same with these faults only. */
    public SimulatorOptions withFaults(List<Fault> other) {
        return new SimulatorOptions(
                port,
                date,
                dialect,
                recordings,
                other,
                clientId,
                clientSecret,
                tokenLifetime,
                links,
                seed,
                exact,
                signIn,
                rate,
                quota);
    }

    /** The same for another client. */
    public SimulatorOptions withClient(String id, String secret) {
        return new SimulatorOptions(
                port,
                date,
                dialect,
                recordings,
                faults,
                id,
                secret,
                tokenLifetime,
                links,
                seed,
                exact,
                signIn,
                rate,
                quota);
    }

    /** The same with tokens of another lifetime. */
    public SimulatorOptions withTokenLifetime(Duration other) {
        return new SimulatorOptions(
                port,
                date,
                dialect,
                recordings,
                faults,
                clientId,
                clientSecret,
                other,
                links,
                seed,
                exact,
                signIn,
                rate,
                quota);
    }

    /** The same with other addresses in its answers, so that they do not depend on the port. */
    public SimulatorOptions withLinks(String other) {
        return new SimulatorOptions(
                port,
                date,
                dialect,
                recordings,
                faults,
                clientId,
                clientSecret,
                tokenLifetime,
                other,
                seed,
                exact,
                signIn,
                rate,
                quota);
    }

    /** The same with another world. */
    public SimulatorOptions withSeed(long other) {
        return new SimulatorOptions(
                port,
                date,
                dialect,
                recordings,
                faults,
                clientId,
                clientSecret,
                tokenLifetime,
                links,
                other,
                exact,
                signIn,
                rate,
                quota);
    }

    /** The same with another way for users to sign in. */
    public SimulatorOptions withSignIn(SignInOptions other) {
        return new SimulatorOptions(
                port,
                date,
                dialect,
                recordings,
                faults,
                clientId,
                clientSecret,
                tokenLifetime,
                links,
                seed,
                exact,
                other,
                rate,
                quota);
    }

    /** The same with a rolling window. */
    public SimulatorOptions withRate(Limit other) {
        return new SimulatorOptions(
                port,
                date,
                dialect,
                recordings,
                faults,
                clientId,
                clientSecret,
                tokenLifetime,
                links,
                seed,
                exact,
                signIn,
                other,
                quota);
    }

    /** The same with a quota. */
    public SimulatorOptions withQuota(Limit other) {
        return new SimulatorOptions(
                port,
                date,
                dialect,
                recordings,
                faults,
                clientId,
                clientSecret,
                tokenLifetime,
                links,
                seed,
                exact,
                signIn,
                rate,
                other);
    }

    /** Leaves the secret out, since options get logged. */
    @Override
    public String toString() {
        return "SimulatorOptions[port=" + port + ", date=" + date + ", dialect=" + dialect.label() + ", recordings="
                + recordings + ", faults=" + faults + ", clientId=" + clientId + ", seed=" + seed + "]";
    }
}
