package dev.chartlake.app.doctor;

import dev.chartlake.app.account.ProfileOption;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.OutputOption;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code doctor}: what works, what does not, and what to do about it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the settings, the sign-in, the connection, the clock, the lake, each list and each warehouse, and says"
                    + " what to do about each problem. Detects which kind of app Spotify takes yours for, and so what it"
                    + " gives.",
            "Sends at most three requests to Spotify and one for each list; none while Spotify wants no requests. It"
                    + " changes nothing in the lake or in a warehouse."
        })
public final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Parameters(
            paramLabel = "LIST",
            arity = "0..*",
            description =
                    "Playlists: id, spotify:playlist:ID, link, or a name of chartlake.yaml. Default: 'lists' in the configuration")
    private List<String> lists = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        output.check();
        Examination examination = new Examination(lake, profile.named(), Clock.systemUTC());
        examination.run(lists);
        output.write(out -> {
            switch (output.format()) {
                case JSON -> new FindingsJson(examination).print(out);
                case CSV -> rows(examination.findings(), output.printer(out));
                case TABLE -> new FindingsPage(examination, output.width(), output.decorated()).print(out);
            }
        });
        return examination.exitCode();
    }

    private static void rows(List<Diagnosis> findings, ResultSink sink) throws IOException {
        sink.columns(List.of(
                new ResultColumn("level", "VARCHAR", false),
                new ResultColumn("check", "VARCHAR", false),
                new ResultColumn("subject", "VARCHAR", false),
                new ResultColumn("what", "VARCHAR", false),
                new ResultColumn("cure", "VARCHAR", false)));
        for (Diagnosis finding : findings) {
            sink.row(Arrays.<@Nullable Object>asList(
                    finding.level().name().toLowerCase(Locale.ROOT),
                    finding.check(),
                    finding.subject().isEmpty() ? null : finding.subject(),
                    finding.what(),
                    finding.cure().isEmpty() ? null : finding.cure()));
        }
        sink.end();
    }
}
