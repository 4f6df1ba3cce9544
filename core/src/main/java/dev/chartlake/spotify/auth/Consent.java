package dev.chartlake.spotify.auth;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * What is kept of a user's sign-in.
 *
 * @param clientId the app that the user allowed; a refresh token is valid for this app alone
 * @param accountsUrl the accounts service that gave out the token, which is sent to no other
 * @param user the user's id; empty if it is not known
 * @param name the user's display name; empty if there is none
 * @param scopes what the user allowed, with spaces between the scopes
 * @param at when the user agreed, by this machine's clock; {@link Instant#EPOCH} if it is not known
 * @param refreshToken secret
 */
public record Consent(
        String clientId, String accountsUrl, String user, String name, String scopes, Instant at, String refreshToken) {

    /** Since June 2026 a refresh token dies six months after the user agreed, however often it was used. */
    private static final int MONTHS = 6;

    /** When the sign-in ends. */
    public Instant endsAt() {
        return monthsLater(MONTHS);
    }

    /** Whether it is time to sign in again: the last month has begun. False if it is not known when the user agreed. */
    public boolean endsSoon(Instant now) {
        return !at.equals(Instant.EPOCH) && !now.isBefore(monthsLater(MONTHS - 1));
    }

    /** The same with another refresh token. */
    public Consent withRefreshToken(String other) {
        return new Consent(clientId, accountsUrl, user, name, scopes, at, other);
    }

    /** The same of a user who is known now. */
    public Consent of(String id, String displayName) {
        return new Consent(clientId, accountsUrl, id, displayName, scopes, at, refreshToken);
    }

    private Instant monthsLater(int months) {
        return at.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Consent[" + user + ", app " + clientId + ", " + at + "]";
    }
}
