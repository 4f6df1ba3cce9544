package dev.chartlake.app;

import dev.chartlake.outcome.ExitCode;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: a script for the shell. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script that completes commands, options and their values in Bash and Zsh.",
            "In this shell: source <(./chartlake completion). In each new one: put that line, with the whole path of"
                    + " chartlake, into ~/.bashrc or ~/.zshrc."
        })
final class CompletionCommand implements Callable<Integer> {

    /** Labels of options whose values are few, such as {@code table|json|csv}. */
    private static final String CHOICE = "[a-z0-9]+(\\|[a-z0-9]+)+";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine all = Main.commandLine(Clock.systemUTC());
        complete(all);
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.print(AutoComplete.bash(all.getCommandName(), all));
        out.flush();
        return ExitCode.DONE;
    }

    private static void complete(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            if (option.paramLabel().matches(CHOICE) && option.completionCandidates() == null) {
                spec.remove(option);
                spec.addOption(OptionSpec.builder(option)
                        .completionCandidates(List.of(option.paramLabel().split("\\|")))
                        .build());
            }
        }
        command.getSubcommands().values().forEach(CompletionCommand::complete);
    }
}
