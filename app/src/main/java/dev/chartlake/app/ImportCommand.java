package dev.chartlake.app;

import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.intake.ImportOptions;
import dev.chartlake.intake.IntakeReport;
import dev.chartlake.intake.names.DayOrder;
import dev.chartlake.jobs.ImportJob;
import dev.chartlake.lists.ListNameException;
import dev.chartlake.lists.NamedList;
import dev.chartlake.normalise.account.Redaction;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.Plurals;
import dev.chartlake.print.ProgressLine;
import dev.chartlake.store.Hint;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: files into raw. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Copies files into the lake's raw data: recorded answers of the Spotify Web API (playlists, pages of items, rows"
                    + " alone; in arrays, JSON Lines or wrapped in objects), charts of charts.spotify.com (CSV or JSON) and"
                    + " of spotifycharts.com, files of the public playlist archive, and the account export that Spotify gives"
                    + " its users (streaming histories, playlists, saved songs; as files or the zip).",
            "The file type is detected from the content. The list and the date come from the content, else from --list"
                    + " and --date, else from the name of the file, else from the four folders above it; a file that"
                    + " says neither is not imported. The same file twice is kept once."
        })
final class ImportCommand implements Callable<Integer> {

    private static final int MOST_NAMED = 10;

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE_OR_DIR",
            description = "Files of any name, or folders to search for .json, .jsonl, .ndjson, .csv and .tsv,"
                    + " also packed as .gz or .zip")
    private List<Path> paths = List.of();

    @Option(
            names = "--list",
            paramLabel = "LIST",
            description =
                    "The playlist (id, URI, link or name) or the chart (such as regional-no-weekly) of all files, used"
                            + " where the content does not say it")
    private @Nullable String list;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description = "When all files were observed: a day (UTC), a time with its zone such as"
                    + " 2024-01-04T23:30:00-05:00, or 'modified': the modification time of each file that says no date")
    private @Nullable String date;

    @Option(names = "--day-first", description = "Reads 04-01-2024 in names as the 4th of January")
    private boolean dayFirst;

    @Option(
            names = "--redact",
            description = "Replaces personal values in account exports (IP address, user name, user agent, e-mail,"
                    + " collaborators) by null before anything is archived. No table has them in any case")
    private boolean redact;

    @Override
    public Integer call() throws IOException {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new Failure(ExitCode.USAGE, "No file or folder " + path + ". Nothing was imported.");
            }
        }
        ObjectStore store = lake.store();
        ProgressLine progress = new ProgressLine(System.err, "Importing");
        ImportJob.Result result = new ImportJob(store, options(), Clock.systemUTC()).run(paths, progress);
        progress.end();
        IntakeReport report = result.report();
        for (IntakeReport.Problem problem : report.problems()) {
            boolean aside = problem.kind() == IntakeReport.Kind.SET_ASIDE;
            System.err.println((aside ? "Set aside " : "Not imported: ") + problem.file() + ": " + problem.reason());
        }
        report.notes().forEach(System.err::println);
        System.out.println(summary(report));
        if (redact) {
            System.err.println(
                    "Replaced by null before archiving: " + Plurals.count(report.replaced(), "personal value") + ".");
        }
        List<String> skipped = result.skipped();
        List<String> personal = result.personal();
        if (!personal.isEmpty()) {
            System.err.println("Not imported, because they hold personal data and neither lists nor plays: "
                    + String.join(", ", personal) + ".");
        }
        if (!skipped.isEmpty()) {
            System.err.println("Skipped " + Plurals.count(skipped.size(), "file") + " in folders and zip files: "
                    + skipped.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                    + (skipped.size() > MOST_NAMED ? ", …" : "")
                    + ". Only regular files named .json, .jsonl, .ndjson, .csv or .tsv are imported from there, and from"
                    + " folders those named .gz or .zip; name another file itself to have it tried.");
        }
        if (report.added() > 0) {
            System.err.println("Next: " + Hint.command("transform", store));
        }
        return result.complete() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private ImportOptions options() {
        try {
            return ImportOptions.parse(
                            list == null ? null : id(list), date, dayFirst ? DayOrder.DAY_FIRST : DayOrder.UNKNOWN)
                    .with(redact ? Redaction.Personal.REPLACED : Redaction.Personal.KEPT);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage() + " Nothing was imported.");
        }
    }

    /** Of a name that the configuration gives a list, the list's id; else the text as it is. */
    private String id(String text) {
        try {
            return lake.settings().labels().findGiven(text).map(NamedList::id).orElse(text);
        } catch (ListNameException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage() + " Nothing was imported.");
        }
    }

    private static String summary(IntakeReport report) {
        String text = "Imported " + Plurals.count(report.added(), "raw object");
        if (!report.days().isEmpty()) {
            text += ": " + Plurals.count(report.entries(), "entry", "entries") + " of "
                    + Plurals.count(report.lists().size(), "list") + ", "
                    + report.days().first()
                    + (report.days().size() > 1 ? " to " + report.days().last() : "");
        }
        if (report.known() > 0) {
            text += ". Already there: " + report.known();
        }
        long aside = report.problems().stream()
                .filter(problem -> problem.kind() == IntakeReport.Kind.SET_ASIDE)
                .count();
        if (aside > 0) {
            text += ". Set aside: " + aside;
        }
        if (aside < report.problems().size()) {
            text += ". Not imported: " + (report.problems().size() - aside);
        }
        return text + ".";
    }
}
