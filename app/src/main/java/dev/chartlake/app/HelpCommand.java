package dev.chartlake.app;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help}: what {@code --help} shows. */
@Command(
        name = "help",
        mixinStandardHelpOptions = true,
        description = "Shows the options of a command or report, such as: help query, or: help report chart.")
final class HelpCommand implements Callable<Integer> {

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command. Default: all commands, briefly")
    private List<String> words = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine at = Main.commandLine(Clock.systemUTC());
        for (String word : words) {
            CommandLine below = at.getSubcommands().get(word);
            if (below == null) {
                throw new Failure(
                        ExitCode.USAGE,
                        "No such command: " + String.join(" ", words) + ". "
                                + (at.getSubcommands().isEmpty()
                                        ? "There is nothing below " + at.getCommandName() + "."
                                        : "There are: "
                                                + String.join(
                                                        ", ",
                                                        at.getSubcommands().keySet()) + "."));
            }
            at = below;
        }
        at.usage(Objects.requireNonNull(spec).commandLine().getOut());
        return ExitCode.DONE;
    }
}
