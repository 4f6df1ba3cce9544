package dev.chartlake.app;

import dev.chartlake.app.jobs.LoadJob;
import dev.chartlake.app.jobs.Warehouses;
import dev.chartlake.app.jobs.Warehouses.TableChange;
import dev.chartlake.app.lake.DateRange;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.load.Loader;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code load}: committed days into warehouses. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Loads into each warehouse the days that were committed, or committed again, since its last load.",
            "A day can be loaded any number of times, so a load that was interrupted is simply run again."
        })
final class LoadCommand implements Callable<Integer> {

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private DateRange range = new DateRange();

    @Option(names = "--all", description = "Also the days that are loaded already")
    private boolean all;

    @Option(names = "--dry-run", description = "Only say which days would be loaded; nothing is changed")
    private boolean dryRun;

    @Option(
            names = "--create",
            description = "Make dynamodb's tables that are not there. The others make theirs by themselves")
    private boolean create;

    @Option(
            names = "--move",
            description =
                    "Take the tables of glue, postgres, snowflake, duckdb or sqlite if they hold another lake: its days go")
    private boolean move;

    @Option(
            names = "--delete-gone",
            description =
                    "Delete the rows of days that the lake no longer has, such as after purge, from postgres, snowflake,"
                            + " duckdb and sqlite. Without it these rows stay")
    private boolean deleteGone;

    @Option(
            names = "--keys",
            paramLabel = "FORM",
            description = {
                "The keys of dynamodb's playlists: uri (spotify:playlist:ID) or id (the bare id).",
                "Default: load.dynamodb.keys in the configuration, then uri"
            })
    private @Nullable String keys;

    @Option(
            names = "--urls",
            paramLabel = "FORM",
            description = {
                "The addresses in dynamodb's items: page (for people) or api (of the Web API).",
                "Default: load.dynamodb.urls in the configuration, then page"
            })
    private @Nullable String urls;

    @Parameters(
            paramLabel = "WAREHOUSE",
            arity = "0..*",
            description =
                    "What to load: duckdb, dynamodb, glue, postgres, snowflake, sqlite. Default: all below 'load' in the configuration")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        range.check();
        lake.existing(); // refuses a mistyped folder before a warehouse is asked
        Warehouses warehouses = new Warehouses(lake.settings(), lake.where());
        names.forEach(Warehouses::known);
        if (keys != null) {
            warehouses.setDynamoDb("keys", keys);
        }
        if (urls != null) {
            warehouses.setDynamoDb("urls", urls);
        }
        List<String> wanted = names.isEmpty()
                ? warehouses.configured()
                : names.stream().distinct().toList();
        if (wanted.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "No warehouse to load. Name one, ./chartlake load dynamodb, or put 'load:' into chartlake.yaml.");
        }
        Set<TableChange> allowed = EnumSet.noneOf(TableChange.class);
        if (create) {
            allowed.add(TableChange.CREATE);
        }
        if (move) {
            allowed.add(TableChange.MOVE);
        }
        Loader.Days days =
                new Loader.Days(range.since(), range.until(), all, deleteGone ? Loader.Gone.DELETE : Loader.Gone.KEEP);
        LoadJob job = new LoadJob(lake, warehouses, System.out);
        return dryRun ? job.plan(wanted, days) : job.load(wanted, days, allowed);
    }
}
