package dev.chartlake.quality;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings say about contracts.
 *
 * @param policies for the contracts whose policy is not that of their severity
 * @param entries how many entries a snapshot may have, by list: its id or alias
 */
public record QualityRules(Map<Contract, ContractPolicy> policies, Map<String, Range> entries) implements Serializable {

    /** Nothing is set. */
    public static final QualityRules DEFAULT = new QualityRules(Map.of(), Map.of());

    /** What to do when a contract is broken. */
    public ContractPolicy policy(Contract contract) {
        ContractPolicy set = policies.get(contract);
        return set == null ? ContractPolicy.of(contract.severity()) : set;
    }

    /** The range set for a list, {@code <source>/<list>}. */
    public Optional<Range> entries(String list) {
        return Optional.ofNullable(entries.get(list.substring(list.indexOf('/') + 1)));
    }
}
