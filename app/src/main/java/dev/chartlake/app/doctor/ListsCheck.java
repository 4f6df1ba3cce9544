package dev.chartlake.app.doctor;

import dev.chartlake.jobs.WantedLists;
import dev.chartlake.jobs.WantedLists.Wrong;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.print.Plurals;
import dev.chartlake.spotify.SpotifyVisit;
import dev.chartlake.spotify.SpotifyVisit.ListAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Spotify gives for each list. */
final class ListsCheck implements Check {

    private final WantedLists wanted;
    private final Optional<SpotifyVisit> visit;

    /** {@code visit} is empty if nothing can be asked. */
    ListsCheck(WantedLists wanted, Optional<SpotifyVisit> visit) {
        this.wanted = wanted;
        this.visit = visit;
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public List<Diagnosis> findings() {
        List<Diagnosis> findings = new ArrayList<>();
        for (Wrong wrong : wanted.wrong()) {
            findings.add(Diagnosis.problem(
                            name(), wrong.reason(), "Correct 'lists' in the configuration file.", ExitCode.USAGE)
                    .about(wrong.text()));
        }
        List<ListAnswer> answers = visit.map(SpotifyVisit::lists).orElse(List.of());
        for (PlaylistRef list : wanted.lists()) {
            findings.add(answers.stream()
                    .filter(answer -> answer.list().equals(list))
                    .findFirst()
                    .map(this::answered)
                    .orElseGet(() -> Diagnosis.skipped(name(), "Spotify was not asked for it."))
                    .about(list.id()));
        }
        if (findings.isEmpty()) {
            findings.add(Diagnosis.ok(name(), "No list is configured.")
                    .with("To see what Spotify gives for one: ./chartlake doctor LINK"));
        }
        return findings;
    }

    private Diagnosis answered(ListAnswer answer) {
        String name = answer.name().isEmpty() ? "" : answer.name() + ": ";
        if (answer.isReadable()) {
            String rows = answer.rows() < 0 ? "readable" : "readable, " + Plurals.count(answer.rows(), "row");
            return Diagnosis.ok(name(), name + rows + ".");
        }
        return Diagnosis.problem(name(), name + answer.reason() + ".", answer.cure(), ExitCode.SOME_FAILED);
    }
}
