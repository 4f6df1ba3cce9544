package dev.chartlake.app.init;

import dev.chartlake.app.init.Choices.Schedule;
import dev.chartlake.app.init.Choices.SignIn;
import dev.chartlake.app.init.Choices.Sources;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Five questions. An empty answer takes what is in brackets, and a wrong one is asked again. */
final class Interview {

    private final BufferedReader in;
    private final PrintWriter out;

    Interview(BufferedReader in, PrintWriter out) {
        this.in = in;
        this.out = out;
    }

    Choices ask() throws IOException {
        String lake =
                ask("1/5  Where is the lake to be? A folder, or s3://bucket/prefix.", Choices.LAKE, Choices::lake);
        Sources sources = ask(
                "2/5  Which lists, or chart files? Links or ids of playlists, CSV files or folders, with spaces between"
                        + " them.",
                "none yet",
                text -> Choices.sources(text.equals("none yet") ? List.of() : List.of(text.split("\\s+"))));
        SignIn signIn = ask(
                "3/5  How do you sign in at Spotify? user (apps made since February 2026 need one), app (with its secret),"
                        + " or none (chart files only).",
                sources.lists().isEmpty() && !sources.files().isEmpty() ? "none" : "user",
                text -> choice(SignIn.class, text));
        Schedule schedule = ask(
                "4/5  How often is it to run? daily, weekly, or none. You set up the schedule afterwards.",
                "daily",
                text -> choice(Schedule.class, text));
        String warehouse = ask(
                "5/5  Which warehouse is to be loaded? duckdb, dynamodb, glue, postgres, snowflake, sqlite, or none.",
                Choices.NONE,
                Choices::warehouse);
        return new Choices(lake, sources.lists(), sources.files(), signIn, schedule, warehouse);
    }

    private <T> T ask(String question, String usual, Function<String, T> read) throws IOException {
        out.println(question);
        while (true) {
            out.print("     [" + usual + "] ");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new Failure(ExitCode.USAGE, "The answers ended too early. Nothing was written.");
            }
            try {
                return read.apply(line.isBlank() ? usual : line.strip());
            } catch (IllegalArgumentException e) {
                out.println("     " + e.getMessage());
            }
        }
    }

    /** The constant that {@code text} names. Throws {@link IllegalArgumentException} if it names none. */
    static <T extends Enum<T>> T choice(Class<T> type, String text) {
        return Stream.of(type.getEnumConstants())
                .filter(one -> one.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of: "
                        + String.join(
                                ", ",
                                Stream.of(type.getEnumConstants())
                                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                                        .toList())
                        + "."));
    }
}
