package dev.chartlake.simulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who an access token is for.
 *
 * @param user the id of the user who signed in; null for an app alone
 * @param scopes what the user allowed
 */
record Session(@Nullable String user, Set<String> scopes) {

    /** An app without a user. */
    static final Session APP = new Session(null, Set.of());

    boolean may(String scope) {
        return scopes.contains(scope);
    }
}
