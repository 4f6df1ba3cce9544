package dev.chartlake.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How users sign in.
 *
 * @param autoConsent whether {@code /authorize} answers for the user, who agrees, without showing a page
 * @param rotate whether each refresh gives out a new refresh token and ends the one before
 * @param refreshLifetime how long refresh tokens live, in real time, beside the six months of simulated time that they
 *     always have; null for no such limit
 */
public record SignInOptions(
        boolean autoConsent, boolean rotate, @Nullable Duration refreshLifetime) {

    /** A page, and refresh tokens that stay. */
    public static final SignInOptions USUAL = new SignInOptions(false, false, null);
}
