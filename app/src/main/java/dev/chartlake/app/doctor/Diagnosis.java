package dev.chartlake.app.doctor;

import dev.chartlake.outcome.ExitCode;

/**
 * What a check found.
 *
 * @param check the check's name
 * @param subject what it is about, such as a list's id; empty if the check's name says it
 * @param what what was found, one or more sentences; holds no secret
 * @param cure what to do; empty if nothing needs doing
 * @param code the {@link ExitCode} that it asks for
 */
record Diagnosis(Level level, String check, String subject, String what, String cure, int code) {

    /** How bad it is. */
    enum Level {
        /** As it should be. */
        OK,
        /** Could not be checked, because of another finding. */
        SKIPPED,
        /** Works, and needs a look. */
        WARNING,
        /** Does not work. */
        PROBLEM
    }

    static Diagnosis ok(String check, String what) {
        return new Diagnosis(Level.OK, check, "", what, "", ExitCode.DONE);
    }

    static Diagnosis skipped(String check, String why) {
        return new Diagnosis(Level.SKIPPED, check, "", why, "", ExitCode.DONE);
    }

    static Diagnosis warning(String check, String what, String cure) {
        return new Diagnosis(Level.WARNING, check, "", what, cure, ExitCode.DONE);
    }

    /** Something that {@code code} stands for. */
    static Diagnosis problem(String check, String what, String cure, int code) {
        return new Diagnosis(Level.PROBLEM, check, "", what, cure, code);
    }

    /** The same about something named. */
    Diagnosis about(String named) {
        return new Diagnosis(level, check, named, what, cure, code);
    }

    /** The same with a hint that does not make it worse. */
    Diagnosis with(String hint) {
        return new Diagnosis(level, check, subject, what, hint, code);
    }
}
