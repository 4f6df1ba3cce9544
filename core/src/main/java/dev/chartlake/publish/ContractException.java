package dev.chartlake.publish;

import dev.chartlake.quality.Contract;
import dev.chartlake.quality.Finding;
import java.io.IOException;
import java.util.List;

/** A day breaks a contract whose policy is to fail. Nothing of it is committed. */
public final class ContractException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 3;

    ContractException(List<Finding> findings) {
        super(message(findings));
    }

    private static String message(List<Finding> findings) {
        StringBuilder message = new StringBuilder("not committed, because it breaks ");
        for (Finding finding : findings.subList(0, Math.min(SHOWN, findings.size()))) {
            message.append(finding.contract())
                    .append(Contract.of(finding.contract())
                            .map(contract -> " (" + contract.expects() + ")")
                            .orElse(""))
                    .append(finding.list().isEmpty() ? "" : " in " + finding.list())
                    .append(": ")
                    .append(finding.example())
                    .append(finding.count() > 1 ? ", and " + (finding.count() - 1) + " more" : "")
                    .append("; ");
        }
        if (findings.size() > SHOWN) {
            message.append(findings.size() - SHOWN).append(" further findings; ");
        }
        message.setLength(message.length() - 2);
        return message.append(". Its raw objects stay where they are. Repair or remove the one that is wrong and run"
                        + " transform again, or let the day through with 'quality: {contracts: {")
                .append(findings.get(0).contract())
                .append(": warn}}' in chartlake.yaml.")
                .toString();
    }
}
