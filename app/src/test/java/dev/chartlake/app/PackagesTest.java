package dev.chartlake.app;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The classes keep to the table of packages in ARCHITECTURE.md, from top to bottom. */
class PackagesTest {

    private static final String ROOT = "dev.chartlake.";
    private static final int MOST_CLASSES = 20;
    private static final Pattern ROW = Pattern.compile("^\\| [a-z, ]+ \\| (`[a-z0-9.`, ]+`) \\|", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([a-z0-9.]+)`");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.chartlake");

    /** Packages in the order of the table. */
    private static List<String> table() throws IOException {
        List<String> names = new ArrayList<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("..", "ARCHITECTURE.md")));
        while (rows.find()) {
            NAME.matcher(rows.group(1)).results().forEach(name -> names.add(name.group(1)));
        }
        return names;
    }

    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }

    /** So no packages form a circle. */
    @Test
    void aPackageDependsOnPackagesAboveItAlone() throws IOException {
        List<String> table = table();
        TreeSet<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .filter(target -> table.indexOf(packageOf(target)) > table.indexOf(packageOf(type)))
                    .forEach(target -> wrong.add(packageOf(type) + " on " + packageOf(target) + ": "
                            + type.getSimpleName() + " on " + target.getSimpleName()));
        }
        assertThat(wrong).isEmpty();
        assertThat(CLASSES.size()).isGreaterThan(500);
    }

    @Test
    void noPackageHoldsMoreThanOneCanRemember() {
        TreeMap<String, Long> sizes = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(PackagesTest::packageOf, TreeMap::new, counting()));
        assertThat(sizes)
                .isNotEmpty()
                .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
    }

    @Test
    void aNameMeansOneClass() {
        TreeMap<String, TreeSet<String>> packages = new TreeMap<>();
        CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .filter(type -> !packageOf(type).startsWith("simulator")
                        && !packageOf(type).startsWith("testkit"))
                .forEach(type -> packages.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                        .add(packageOf(type)));
        assertThat(packages).allSatisfy((name, all) -> assertThat(all).as(name).hasSize(1));
    }
}
