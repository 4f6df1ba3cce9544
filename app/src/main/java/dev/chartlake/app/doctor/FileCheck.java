package dev.chartlake.app.doctor;

import dev.chartlake.app.settings.Settings;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.Plurals;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Supplier;

/** Whether the configuration file can be read. */
final class FileCheck implements Check {

    private final Supplier<Settings> settings;

    FileCheck(Supplier<Settings> settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public List<Diagnosis> findings() {
        try {
            Settings read = settings.get();
            if (!Files.exists(read.path())) {
                return List.of(Diagnosis.ok(name(), "There is no " + read.path() + ", so the defaults hold."));
            }
            return List.of(Diagnosis.ok(
                    name(),
                    read.path() + " is right: " + Plurals.count(read.lists().size(), "list") + ", "
                            + Plurals.count(read.warehouses().size(), "warehouse") + "."));
        } catch (Failure e) {
            return List.of(Diagnosis.problem(
                    name(),
                    String.valueOf(e.getMessage()),
                    "Correct it, and run ./chartlake doctor again.",
                    e.exitCode()));
        }
    }
}
