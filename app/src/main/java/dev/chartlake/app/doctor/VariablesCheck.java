package dev.chartlake.app.doctor;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.SpotifySettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whether the environment's variables are known and can be what they are for. Values are not shown. */
final class VariablesCheck implements Check {

    /** All that begin with one of {@link #OURS}. */
    static final Set<String> KNOWN = new TreeSet<>(Set.of(
            SpotifySettings.CLIENT_ID,
            SpotifySettings.CLIENT_SECRET,
            SpotifySettings.REFRESH_TOKEN,
            SpotifySettings.PROFILE,
            SpotifySettings.API_URL,
            SpotifySettings.ACCOUNTS_URL,
            SpotifySettings.MAX_WAIT,
            SpotifySettings.DEVELOPER,
            SpotifySettings.BUDGET,
            "CHARTLAKE_ATHENA_OUTPUT",
            "CHARTLAKE_ATHENA_WORKGROUP",
            "CHARTLAKE_CACHE",
            "CHARTLAKE_DASHBOARD_TOKEN",
            "CHARTLAKE_DUCKDB_FILE",
            "CHARTLAKE_DYNAMODB_KEYS",
            "CHARTLAKE_DYNAMODB_PREFIX",
            "CHARTLAKE_DYNAMODB_URLS",
            "CHARTLAKE_FORMAT",
            "CHARTLAKE_GLUE_DATABASE",
            "CHARTLAKE_HOME",
            "CHARTLAKE_JAVA_OPTS",
            "CHARTLAKE_LAKE",
            "CHARTLAKE_METRICS",
            "CHARTLAKE_POSTGRES_SCHEMA",
            "CHARTLAKE_POSTGRES_URL",
            "CHARTLAKE_SNOWFLAKE_DRIVER",
            "CHARTLAKE_SQLITE_FILE",
            "CHARTLAKE_TRACE"));

    private static final List<String> OURS = List.of("SPOTIFY_", "CHARTLAKE_");

    /** Of each id and secret that Spotify gives out. */
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

    private static final int CLOSE = 4;

    private final Map<String, String> environment;

    VariablesCheck(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "environment";
    }

    @Override
    public List<Diagnosis> findings() {
        List<Diagnosis> findings = new ArrayList<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (OURS.stream().anyMatch(name::startsWith) && !KNOWN.contains(name)) {
                findings.add(unknown(name));
            }
        }
        try {
            SpotifyAccess access = new SpotifySettings(environment).userAccess("none");
            if (access.accountsUrl().equals(SpotifyAccess.ACCOUNTS)) {
                likeSpotifys(SpotifySettings.CLIENT_ID, findings);
                likeSpotifys(SpotifySettings.CLIENT_SECRET, findings);
            }
        } catch (IllegalArgumentException e) {
            findings.add(Diagnosis.problem(
                    name(), String.valueOf(e.getMessage()), "Correct the variable, or unset it.", ExitCode.USAGE));
        }
        if (findings.isEmpty()) {
            findings.add(Diagnosis.ok(name(), "The variables that are set are known."));
        }
        return findings;
    }

    private Diagnosis unknown(String name) {
        String like = KNOWN.stream()
                .min(Comparator.comparingInt(known -> distance(name, known)))
                .filter(known -> distance(name, known) <= CLOSE)
                .map(known -> "Did you mean " + known + "?")
                .orElse("docs/reference/configuration.md lists those that count.");
        return Diagnosis.warning(name(), name + " is not a variable of Chartlake, so it has no effect.", like)
                .about(name);
    }

    private void likeSpotifys(String name, List<Diagnosis> findings) {
        String value = environment.getOrDefault(name, "").strip();
        if (!value.isEmpty() && !KEY.matcher(value).matches()) {
            findings.add(Diagnosis.warning(
                            name(),
                            name
                                    + " does not look like one of Spotify's, which have 32 digits and letters a to f; this one"
                                    + " has " + value.length() + " characters.",
                            "Copy it again from the app's page on https://developer.spotify.com/dashboard.")
                    .about(name));
        }
    }

    /** How many letters differ: those to change, to add or to take away. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int at = 0; at < row.length; at++) {
            row[at] = at;
        }
        for (int i = 1; i <= one.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int at = 1; at < row.length; at++) {
                int change = corner + (one.charAt(i - 1) == other.charAt(at - 1) ? 0 : 1);
                corner = row[at];
                row[at] = Math.min(change, 1 + Math.min(row[at], row[at - 1]));
            }
        }
        return row[other.length()];
    }
}
