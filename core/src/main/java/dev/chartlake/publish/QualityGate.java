package dev.chartlake.publish;

import dev.chartlake.lake.KnownManifests;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.RecentDays;
import dev.chartlake.quality.Contract;
import dev.chartlake.quality.ContractPolicy;
import dev.chartlake.quality.Finding;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Reply;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets days through to their commit, or not. Used by any number of threads. */
public final class QualityGate {

    private final QualityRules rules;
    private final RawChanges rawChanges;
    private final Reply<RecentDays> reading;
    private @Nullable RecentDays recent;

    /** As below, for days whose raw objects are as they were committed. */
    public QualityGate(ObjectStore store, QualityRules rules, LocalDate last, KnownManifests known) {
        this(store, rules, last, known, RawChanges.REFUSE);
    }

    /** For a run whose newest day is {@code last}. Begins to read what the days before are like. */
    public QualityGate(
            ObjectStore store, QualityRules rules, LocalDate last, KnownManifests known, RawChanges rawChanges) {
        this.rules = rules;
        this.rawChanges = rawChanges;
        this.reading = store.begin(() -> RecentDays.before(last, store, known));
    }

    /** The same, where what the days before are like is known. */
    public QualityGate(RecentDays recent, QualityRules rules, RawChanges rawChanges) {
        this.rules = rules;
        this.rawChanges = rawChanges;
        this.reading = () -> recent;
    }

    /** What becomes of a day whose raw objects are not those that its manifest names. */
    RawChanges rawChanges() {
        return rawChanges;
    }

    /** What is to be said about a day that may be committed. Throws {@link ContractException} if it may not. */
    List<Finding> check(Manifest day) throws IOException {
        List<Finding> failed = new ArrayList<>();
        List<Finding> said = new ArrayList<>();
        for (Finding finding : all(day)) {
            ContractPolicy policy = policy(finding);
            if (policy == ContractPolicy.FAIL) {
                failed.add(finding);
            } else if (policy == ContractPolicy.WARN) {
                said.add(finding);
            }
        }
        if (!failed.isEmpty()) {
            throw new ContractException(failed);
        }
        return said;
    }

    private List<Finding> all(Manifest day) throws IOException {
        List<Finding> all = new ArrayList<>(day.quality());
        all.addAll(recent().compare(day, rules));
        return all;
    }

    private ContractPolicy policy(Finding finding) {
        return Contract.of(finding.contract()).map(rules::policy).orElse(ContractPolicy.WARN);
    }

    /** Waits for what the first day needs, while that is computed. What goes wrong is told when it is checked. */
    public void prepare() {
        try {
            recent();
        } catch (IOException | RuntimeException e) {
            return;
        }
    }

    /** Read before the first day of the run is committed, so that it does not matter which one that is. */
    private synchronized RecentDays recent() throws IOException {
        if (recent == null) {
            recent = reading.get();
        }
        return recent;
    }
}
