package dev.chartlake.app.init;

import dev.chartlake.model.PlaylistRef;
import java.util.ArrayList;
import java.util.List;

/** The text of a configuration file, with comments. */
final class ConfigurationText {

    private ConfigurationText() {}

    static String of(Choices choices) {
        List<String> lines = new ArrayList<>(List.of(
                "# Configuration of Chartlake. Every key: docs/reference/configuration.md",
                "# Secrets do not belong here, but in the environment.",
                "",
                "# The lake: a folder, relative to this file, or s3://bucket/prefix.",
                "lake: " + quoted(choices.lake()),
                "",
                "# The lists that extract and run take if none is named: ids, links or URIs."));
        if (choices.lists().isEmpty()) {
            lines.add("# lists:");
            lines.add("#   - https://open.spotify.com/playlist/ID");
        } else {
            lines.add("lists:");
            for (PlaylistRef list : choices.lists()) {
                lines.add("  - https://open.spotify.com/playlist/" + list.id());
            }
        }
        lines.add("");
        lines.addAll(signIn(choices));
        lines.add("");
        lines.addAll(schedule(choices));
        lines.add("");
        lines.add("# The warehouses that load and run load. './chartlake load' alone does it too.");
        lines.addAll(warehouse(choices.warehouse()));
        lines.add("");
        lines.add("# Names of lists, for reports and --list:");
        lines.add("# names:");
        lines.add("#   37i9dQZEVXbMDoHDwVN2tF: The world");
        return String.join("\n", lines) + "\n";
    }

    private static List<String> signIn(Choices choices) {
        return switch (choices.signIn()) {
            case USER ->
                List.of(
                        "# Sign in as a user, once in six months (docs/how-to/sign-in.md):",
                        "#   export SPOTIFY_CLIENT_ID=...",
                        "#   ./chartlake login");
            case APP ->
                List.of(
                        "# Sign in as the app, in the shell that runs it:",
                        "#   export SPOTIFY_CLIENT_ID=... SPOTIFY_CLIENT_SECRET=...");
            case NONE ->
                List.of(
                        "# Without a sign-in, chart files from charts.spotify.com can be imported:",
                        "#   ./chartlake import FILE");
        };
    }

    private static List<String> schedule(Choices choices) {
        return switch (choices.schedule()) {
            case DAILY ->
                List.of(
                        "# Daily, by cron (docs/how-to/scheduling.md has the rest):",
                        "#   30 6 * * * cd ~/chartlake && ./chartlake run");
            case WEEKLY ->
                List.of(
                        "# Weekly, on Fridays, by cron (docs/how-to/scheduling.md has the rest):",
                        "#   30 6 * * 5 cd ~/chartlake && ./chartlake run");
            case NONE -> List.of("# To run it by a schedule: docs/how-to/scheduling.md");
        };
    }

    private static List<String> warehouse(String warehouse) {
        return switch (warehouse) {
            case "duckdb", "sqlite" ->
                List.of(
                        "load:",
                        "  " + warehouse + ":",
                        "    path: chartlake." + warehouse + "   # relative to this file");
            case "postgres" ->
                List.of(
                        "load:",
                        "  postgres:               # PGPASSWORD or ~/.pgpass has the password",
                        "    host: localhost",
                        "    # port: 5432",
                        "    # database: charts");
            case "snowflake" ->
                List.of(
                        "load:",
                        "  snowflake:              # docs/how-to/snowflake.md",
                        "    # account: myorg-myaccount",
                        "    # user: chartlake",
                        "    # database: charts");
            case Choices.NONE -> List.of("# load:", "#   duckdb:", "#     path: chartlake.duckdb");
            default -> List.of("load:", "  " + warehouse + ":");
        };
    }

    /** As YAML reads any text. */
    private static String quoted(String text) {
        return text.matches("[\\p{L}\\p{N}_./][\\p{L}\\p{N}_./-]*|s3://[a-z0-9._/-]+")
                ? text
                : "'" + text.replace("'", "''") + "'";
    }
}
