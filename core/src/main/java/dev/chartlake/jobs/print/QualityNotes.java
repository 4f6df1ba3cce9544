package dev.chartlake.jobs.print;

import dev.chartlake.print.Plurals;
import dev.chartlake.quality.Contract;
import dev.chartlake.quality.Finding;
import dev.chartlake.transform.TransformResult.DayFinding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a run found in the days it committed, a line for each contract and list. */
public final class QualityNotes {

    /** More than this is a flood; the report has all. */
    private static final int SHOWN = 10;

    private QualityNotes() {}

    /** Of findings in the order of their days; {@code report} is the command that shows all. */
    public static List<String> lines(List<DayFinding> findings, String report) {
        Map<String, List<DayFinding>> groups = new LinkedHashMap<>();
        for (DayFinding found : findings) {
            Finding finding = found.finding();
            boolean drift = finding.contract().equals(Contract.FIELDS_UNCHANGED.text());
            String what = drift ? finding.example() : "";
            groups.computeIfAbsent(finding.contract() + "\n" + finding.list() + "\n" + what, key -> new ArrayList<>())
                    .add(found);
        }
        List<String> lines = new ArrayList<>();
        groups.values().stream().limit(SHOWN).forEach(group -> lines.add(line(group)));
        if (groups.size() > SHOWN) {
            lines.add("Warning: " + Plurals.count(groups.size() - SHOWN, "further finding") + ".");
        }
        if (!lines.isEmpty()) {
            lines.add("All findings: " + report);
        }
        return lines;
    }

    private static String line(List<DayFinding> group) {
        DayFinding first = group.get(0);
        Finding finding = first.finding();
        long count = group.stream().mapToLong(found -> found.finding().count()).sum();
        TreeSet<LocalDate> days = new TreeSet<>();
        group.forEach(found -> days.add(found.date()));
        String more = count == 1 && days.size() == 1
                ? ""
                : " (" + Plurals.count(count, "finding") + " on " + Plurals.count(days.size(), "day") + ")";
        return "Warning: " + finding.contract() + (finding.list().isEmpty() ? "" : " in " + finding.list()) + " on "
                + first.date() + ": " + finding.example() + more;
    }
}
