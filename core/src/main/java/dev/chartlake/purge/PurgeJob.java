package dev.chartlake.purge;

import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Progress;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.publish.CommitLog;
import dev.chartlake.publish.Publisher;
import dev.chartlake.publish.RawChanges;
import dev.chartlake.quality.Contract;
import dev.chartlake.quality.ContractPolicy;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.raw.RawKey;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.TransformResult;
import dev.chartlake.transform.Transformer;
import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes raw objects with everything that was made of them. First the days are committed from the raw objects that stay,
 * then copies and older entries of the log of commits go, and the raw objects last. So a manifest never names a raw object
 * that a purge has deleted, and a purge that was killed finds the same objects again. Used by one thread.
 */
public final class PurgeJob {

    /** A function on AWS that commits a day meanwhile can bring objects back into its tables. */
    private static final int TRIES = 3;

    private static final String RAW = "raw_data/";
    private static final List<String> OF_LISTS = List.of("_chartlake/pages/", "_chartlake/versions/");

    private final ObjectStore store;
    private final Transformer transformer;

    /**
     * Works on {@code store}. {@code publisher}, {@code threads} and {@code memory} are those of a {@link Transformer}. No
     * contract keeps a day from being committed: it would keep what is to be removed.
     */
    public PurgeJob(ObjectStore store, Publisher publisher, int threads, long memory) {
        Map<Contract, ContractPolicy> none = new EnumMap<>(Contract.class);
        for (Contract contract : Contract.values()) {
            none.put(contract, ContractPolicy.OFF);
        }
        this.store = store;
        this.transformer =
                new Transformer(store, publisher, threads, memory, new QualityRules(none, Map.of()), RawChanges.REFUSE);
    }

    /**
     * What a purge did.
     *
     * @param removed what it removed: of days that failed nothing
     * @param again the days that were computed again
     * @param gone the days that are no longer in the lake
     * @param failures the days that could not be worked on, with the reason; they keep their tables and raw objects
     */
    public record Result(PurgePlan removed, Set<LocalDate> again, Set<LocalDate> gone, List<String> failures) {}

    /**
     * Removes what {@code selection} names. While it runs, a transform waits.
     *
     * @throws IOException if the lake cannot be read or written; the next purge goes on
     */
    public Result run(PurgeSelection selection, Progress progress) throws IOException {
        try (Closeable alone = store.exclusive("transform")) {
            Run run = new Run(selection, progress);
            run.all();
            return run.result();
        }
    }

    private final class Run {

        private final PurgeSelection selection;
        private final PurgeSearch search;
        private final Progress progress;
        private final List<PurgePlan.Day> removed = new ArrayList<>();
        private final TreeSet<LocalDate> again = new TreeSet<>();
        private final TreeSet<LocalDate> gone = new TreeSet<>();
        private final List<String> failures = new ArrayList<>();

        Run(PurgeSelection selection, Progress progress) {
            this.selection = selection;
            this.search = new PurgeSearch(store, selection);
            this.progress = progress;
        }

        void all() throws IOException {
            PurgePlan plan = search.find();
            for (int attempt = 1; !plan.isEmpty() && failures.isEmpty(); attempt++) {
                if (attempt > TRIES) {
                    failures.add("Other processes brought objects back " + TRIES + " times. Run purge again.");
                    break;
                }
                List<PurgePlan.Day> done = tables(plan);
                if (attempt == 1) {
                    removed.addAll(done);
                }
                TreeSet<LocalDate> days = new TreeSet<>();
                done.forEach(day -> days.add(day.date()));
                olderCommits(days);
                copies(days);
                raw(done);
                plan = search.find(days);
            }
            copies(Set.of());
            ofLists();
        }

        /** Commits days without what goes, and returns those of which nothing is in the tables any more. */
        private List<PurgePlan.Day> tables(PurgePlan plan) throws IOException {
            List<PurgePlan.Day> done = new ArrayList<>();
            List<PurgePlan.Day> computed = new ArrayList<>();
            for (PurgePlan.Day day : plan.days()) {
                if (day.goes()) {
                    if (retract(day.date())) {
                        gone.add(day.date());
                        done.add(day);
                    }
                } else if (day.committed()) {
                    computed.add(day);
                } else {
                    done.add(day);
                }
            }
            TransformResult result = transformer.runHeld(
                    computed.stream().map(PurgePlan.Day::date).toList(),
                    found -> found.without(selection::has),
                    progress);
            failures.addAll(result.failures());
            Set<LocalDate> committed = new HashSet<>();
            result.days().forEach(day -> committed.add(day.date()));
            computed.removeIf(day -> !committed.contains(day.date()));
            again.addAll(committed);
            done.addAll(computed);
            return done;
        }

        /** Deletes a day's manifest and tables; its log of commits names its rows, and goes, too. */
        private boolean retract(LocalDate date) throws IOException {
            DayObjects found = DayObjects.list(store, date).without(selection::has);
            if (!found.objects().isEmpty()) {
                failures.add("Day " + date + ": raw objects arrived meanwhile. Run purge again.");
                return false;
            }
            List<String> parts = new ArrayList<>(keys(CommitLog.ROOT + date + "/"));
            for (Table table : Table.values()) {
                parts.addAll(keys(table.partition(date)));
            }
            for (Span span : Span.holding(date)) {
                store.delete(span.marker());
            }
            if (!store.retract(Table.ROOT, parts, Manifest.key(date), found.version())) {
                failures.add("Day " + date + ": another process committed it meanwhile. Run purge again.");
                return false;
            }
            return true;
        }

        /** Older manifests in the log of commits name what was removed. The newest one is the day's manifest. */
        private void olderCommits(Set<LocalDate> days) throws IOException {
            List<String> older = new ArrayList<>();
            for (LocalDate day : days) {
                List<String> all = keys(CommitLog.ROOT + day + "/");
                older.addAll(all.subList(0, Math.max(0, all.size() - 1)));
            }
            store.deleteAll(Table.ROOT, older);
        }

        /** Deletes the copies of the months and years of these days, and those that a killed run left without marker. */
        private void copies(Set<LocalDate> days) throws IOException {
            for (LocalDate day : days) {
                for (Span span : Span.holding(day)) {
                    store.delete(span.marker());
                }
            }
            List<String> files = keys(Span.ROOT);
            Set<String> all = Set.copyOf(files);
            store.deleteAll(
                    Span.ROOT,
                    files.stream()
                            .filter(key -> key.indexOf('/', Span.ROOT.length()) > 0
                                    && !all.contains(key.substring(0, key.lastIndexOf('/')) + ".json"))
                            .toList());
        }

        private void raw(List<PurgePlan.Day> days) throws IOException {
            for (PurgePlan.Day day : days) {
                List<String> keys = new ArrayList<>();
                day.objects().forEach(object -> keys.addAll(object.files()));
                store.deleteAll(RAW, keys);
            }
        }

        /** Pages of lists that were not read to their end, and the versions that lists had. */
        private void ofLists() throws IOException {
            for (PurgeSelection.Rule rule : selection.undated()) {
                if (!rule.sources().isEmpty() && !rule.sources().contains(RawKey.WEB_API)) {
                    continue;
                }
                for (String root : OF_LISTS) {
                    store.deleteAll(
                            root,
                            keys(root).stream()
                                    .filter(key -> rule.lists().isEmpty()
                                            || rule.lists()
                                                    .contains(key.substring(root.length())
                                                            .replaceFirst("(/.*|\\.txt)$", "")))
                                    .toList());
                }
            }
        }

        private List<String> keys(String prefix) throws IOException {
            return store.list(prefix).stream().map(ObjectInfo::key).toList();
        }

        Result result() {
            removed.sort(Comparator.comparing(PurgePlan.Day::date));
            return new Result(new PurgePlan(List.copyOf(removed)), Set.copyOf(again), Set.copyOf(gone), failures);
        }
    }
}
