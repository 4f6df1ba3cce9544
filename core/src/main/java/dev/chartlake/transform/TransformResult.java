package dev.chartlake.transform;

import dev.chartlake.publish.CommittedDay;
import dev.chartlake.publish.UnreadableObject;
import dev.chartlake.quality.Finding;
import java.time.LocalDate;
import java.util.List;

/**
 * What a run did.
 *
 * @param days the days committed, by date
 * @param unreadable the objects that this run set aside
 * @param failures days or objects that could not be worked on, with the reason
 * @param findings what is to be said of the quality of the days committed, by date
 * @param contractBroke true if a day's counts did not add up, or it broke a contract that it must not
 */
public record TransformResult(
        List<CommittedDay> days,
        List<UnreadableObject> unreadable,
        List<String> failures,
        List<DayFinding> findings,
        boolean contractBroke) {

    /** What was found on a day. */
    public record DayFinding(LocalDate date, Finding finding) {}
}
