package dev.chartlake.app.doctor;

import dev.chartlake.app.doctor.Diagnosis.Level;
import dev.chartlake.print.Plurals;
import dev.chartlake.print.VisibleText;
import dev.chartlake.spotify.SpotifyVisit;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings for people: a line each, and the cure below it. */
final class FindingsPage {

    private static final int NARROWEST = 60;
    private static final String OFF = "\u001b[0m";

    private final Examination examination;
    private final int width;
    private final boolean coloured;

    /** Lines have at most {@code width} letters; 0 for no limit. */
    FindingsPage(Examination examination, int width, boolean coloured) {
        this.examination = examination;
        this.width = width == 0 ? Integer.MAX_VALUE : Math.max(NARROWEST, width);
        this.coloured = coloured;
    }

    void print(Writer out) throws IOException {
        List<Diagnosis> findings = examination.findings();
        int levels = 0;
        int titles = 0;
        for (Diagnosis finding : findings) {
            levels = Math.max(levels, level(finding).length());
            titles = Math.max(titles, title(finding).length());
        }
        String margin = " ".repeat(levels + titles + 4);
        for (Diagnosis finding : findings) {
            String level = padded(level(finding), levels);
            String head = colour(finding.level()) + level + (coloured ? OFF : "") + "  "
                    + padded(title(finding), titles) + "  ";
            print(out, head, margin, finding.what());
            if (!finding.cure().isEmpty()) {
                print(out, margin + "→ ", margin + "  ", finding.cure());
            }
        }
        out.write("\n" + sum(findings) + "\n");
        out.flush();
    }

    private void print(Writer out, String first, String further, String text) throws IOException {
        StringBuilder line = new StringBuilder();
        String before = first;
        for (String word : VisibleText.of(text).split(" ")) {
            if (line.length() > 0 && further.length() + line.length() + 1 + word.length() > width) {
                out.write(before + line + "\n");
                before = further;
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        out.write(before + line + "\n");
    }

    private String sum(List<Diagnosis> findings) {
        List<String> parts = new ArrayList<>();
        long problems = count(findings, Level.PROBLEM);
        long warnings = count(findings, Level.WARNING);
        if (problems > 0) {
            parts.add(Plurals.count(problems, "problem"));
        }
        if (warnings > 0) {
            parts.add(Plurals.count(warnings, "warning"));
        }
        return (parts.isEmpty() ? "All is well" : String.join(", ", parts)) + ". "
                + Plurals.count(examination.visit().map(SpotifyVisit::requests).orElse(0), "request") + " to Spotify.";
    }

    private static long count(List<Diagnosis> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static String level(Diagnosis finding) {
        return finding.level().name().toLowerCase(Locale.ROOT);
    }

    private static String title(Diagnosis finding) {
        return VisibleText.of(
                finding.subject().isEmpty() ? finding.check() : finding.check() + " " + finding.subject());
    }

    private static String padded(String text, int length) {
        return text + " ".repeat(length - text.length());
    }

    private String colour(Level level) {
        if (!coloured) {
            return "";
        }
        return switch (level) {
            case OK -> "\u001b[32m";
            case SKIPPED -> "\u001b[2m";
            case WARNING -> "\u001b[33m";
            case PROBLEM -> "\u001b[31m";
        };
    }
}
