package dev.chartlake.app;

import dev.chartlake.intake.FileImport;
import dev.chartlake.intake.IntakeReport;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code import}: files into raw. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Copies files into the lake's raw data: recorded answers of the Spotify Web API (a page of items, a whole"
                    + " playlist, an array of either) and chart CSVs of charts.spotify.com and spotifycharts.com.",
            "What a file is, is found out from its content; when it was observed, from its name (else from a folder"
                    + " named after the day, else from its modification time). The same file twice is kept once."
        })
final class ImportCommand implements Callable<Integer> {

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE_OR_DIR",
            description = "Files, or folders to search for .json and .csv")
    private List<Path> paths = List.of();

    @Override
    public Integer call() throws IOException {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new Failure(ExitCode.USAGE, "No file or folder " + path + ". Nothing was imported.");
            }
        }
        ObjectStore store = lake.store();
        FileImport files = new FileImport(store);
        Progress progress = new Progress(System.err, "Importing");
        IntakeReport report = files.run(paths, (file, done, of) -> progress.at(done, of));
        progress.end();
        report.problems()
                .forEach(problem -> System.err.println("Set aside " + problem.file() + ": " + problem.reason()));
        System.out.println(summary(report));
        if (files.passedOver() > 0) {
            System.err.println(
                    "Passed over " + Words.count(files.passedOver(), "file") + " that are neither .json nor .csv.");
        }
        if (report.added() > 0) {
            System.err.println("Next: ./chartlake transform" + lake.flag());
        }
        return report.problems().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private static String summary(IntakeReport report) {
        String text = "Imported " + Words.count(report.added(), "raw object");
        if (!report.days().isEmpty()) {
            text += ": " + Words.count(report.entries(), "entry", "entries") + " of "
                    + Words.count(report.lists().size(), "list") + ", "
                    + report.days().first()
                    + (report.days().size() > 1 ? " to " + report.days().last() : "");
        }
        if (report.known() > 0) {
            text += ". Already there: " + report.known();
        }
        if (!report.problems().isEmpty()) {
            text += ". Set aside: " + report.problems().size();
        }
        return text + ".";
    }
}
