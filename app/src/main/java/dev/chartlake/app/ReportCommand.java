package dev.chartlake.app;

import picocli.CommandLine.Command;

/** {@code report}: ready-made reports, each a command of its own below this one. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "REPORT",
        description = "Shows what can be told of the lake without writing SQL, one report at a time.")
final class ReportCommand {}
