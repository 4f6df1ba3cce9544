package dev.chartlake.app.doctor;

import dev.chartlake.app.jobs.WarehouseLook;
import dev.chartlake.app.jobs.Warehouses;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.settings.LakePath;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.print.Plurals;
import dev.chartlake.store.Hint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Whether each configured warehouse answers, and what it holds. */
final class WarehousesCheck implements Check {

    private final LakeOptions lake;

    WarehousesCheck(LakeOptions lake) {
        this.lake = lake;
    }

    @Override
    public String name() {
        return "warehouse";
    }

    @Override
    public List<Diagnosis> findings() {
        Warehouses warehouses = new Warehouses(lake.settings(), lake.where());
        List<Diagnosis> findings = new ArrayList<>();
        for (String warehouse : warehouses.configured()) {
            findings.add(look(warehouse, warehouses).about(warehouse));
        }
        return findings.isEmpty() ? List.of(Diagnosis.ok(name(), "No warehouse is configured.")) : findings;
    }

    private Diagnosis look(String warehouse, Warehouses warehouses) {
        if (!LakePath.isRemote(lake.where()) && !Files.isDirectory(Path.of(lake.where()))) {
            return Diagnosis.skipped(name(), "There is nothing to load while there is no lake.");
        }
        try {
            WarehouseLook look = WarehouseLook.at(warehouse, warehouses, lake);
            String held = look.held().map(WarehousesCheck::held).orElse("Answers.");
            return look.waiting() == 0
                    ? Diagnosis.ok(name(), held + " Nothing new to load.")
                    : Diagnosis.warning(
                            name(),
                            held + " " + Plurals.count(look.waiting(), "day") + " not loaded yet.",
                            Hint.command("load " + warehouse, lake.store()));
        } catch (IOException | RuntimeException e) {
            String text = ErrorText.of(e);
            int cure = text.indexOf(". ");
            return cure < 0
                    ? Diagnosis.problem(
                            name(),
                            text,
                            "Check its settings below 'load' and in the environment.",
                            ExitCode.SOME_FAILED)
                    : Diagnosis.problem(
                            name(), text.substring(0, cure + 1), text.substring(cure + 2), ExitCode.SOME_FAILED);
        }
    }

    private static String held(TreeSet<LocalDate> days) {
        return days.isEmpty()
                ? "Answers, and holds no day yet."
                : "Holds " + Plurals.count(days.size(), "day") + ", " + days.first() + " to " + days.last() + ".";
    }
}
