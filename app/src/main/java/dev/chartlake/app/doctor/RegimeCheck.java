package dev.chartlake.app.doctor;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.spotify.SpotifyVisit;
import java.util.List;

/** What kind of app this is, and so what Spotify gives it. */
final class RegimeCheck implements Check {

    private final boolean isUser;
    private final SpotifyVisit visit;

    RegimeCheck(boolean isUser, SpotifyVisit visit) {
        this.isUser = isUser;
        this.visit = visit;
    }

    @Override
    public String name() {
        return "app";
    }

    @Override
    public List<Diagnosis> findings() {
        return List.of(
                switch (visit.regime()) {
                    case EXTENDED ->
                        ok("Extended quota: Spotify gives public lists of all users, and its own lists (37i9…).");
                    case LEGACY_DEV ->
                        ok(
                                "Development mode, made before 11 February 2026: Spotify gives public lists of all users, and"
                                        + " none of its own (37i9…).");
                    case DEV -> newApp();
                    case SOME_DEV ->
                        ok("Development mode: Spotify gives none of its own lists (37i9…). Whether it gives lists of other"
                                        + " users depends on whether the app was made before or since 11 February 2026,"
                                        + " which cannot be told without the answer for a list.")
                                .with("Name a list that you may read: ./chartlake doctor LINK");
                    case OLDER ->
                        ok(
                                "Made before 11 February 2026: Spotify gives public lists of all users. Whether it gives its own"
                                        + " (37i9…) cannot be told now.");
                    case UNKNOWN -> Diagnosis.skipped(name(), "What kind of app this is cannot be told.");
                });
    }

    private Diagnosis ok(String what) {
        return Diagnosis.ok(name(), what);
    }

    private Diagnosis newApp() {
        String kind =
                "Development mode, made since 11 February 2026: Spotify gives only lists that the signed-in user owns"
                        + " or collaborates on, and none of its own (37i9…).";
        return isUser
                ? ok(kind)
                : Diagnosis.problem(
                        name(),
                        kind + " No user is signed in, so it gives no list.",
                        "Sign in: ./chartlake login",
                        ExitCode.SIGN_IN);
    }
}
