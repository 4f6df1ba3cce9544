package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in the zip, and what must not be. */
@Tag("zip")
class LayoutZipTest {

    private static final long MEGABYTE = 1 << 20;

    @Test
    void itIsSmallEnough() throws IOException {
        long unpacked = files().mapToLong(LayoutZipTest::size).sum();
        long packed = Files.size(LambdaProcess.ZIP);
        System.out.println("LayoutZipTest: " + packed / 1000 + " KB packed, " + unpacked / 1000 + " KB unpacked");
        assertThat(packed).isLessThan(60 * MEGABYTE);
        assertThat(unpacked).isLessThan(200 * MEGABYTE);
    }

    @Test
    void itHoldsTheFunctionsAndNoLibraryTwice() throws IOException {
        List<String> names = files().map(file -> file.getFileName().toString()).toList();
        assertThat(names)
                .contains("ExtractFunction.class", "HttpFunction.class", "TransformFunction.class")
                .noneMatch(name -> name.matches(
                        "(duckdb|netty|httpclient-4|s3proxy|junit|assertj|elasticmq|DynamoDBLocal|picocli).*"))
                .noneMatch(name -> name.contains("aws-crt"))
                .noneMatch(name -> name.endsWith("Test.class"));
        List<String> libraries = names.stream()
                .filter(name -> name.endsWith(".jar"))
                .map(name -> name.replaceAll("-\\d.*", ""))
                .toList();
        assertThat(libraries).contains("chartlake-core", "s3", "secretsmanager").doesNotHaveDuplicates();
    }

    @Test
    void theListOfComponentsNamesEachLibraryInItWithLicenceAndChecksum() throws IOException {
        JsonNode components = JsonMapper.shared()
                .readTree(LambdaProcess.ZIP
                        .resolveSibling("chartlake-lambda.cdx.json")
                        .toFile())
                .get("components");
        Map<String, JsonNode> byJar = new TreeMap<>();
        for (JsonNode component : components) {
            byJar.put(
                    component.get("name").asString() + "-"
                            + component.get("version").asString() + ".jar",
                    component);
        }
        assertThat(files().map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".jar")))
                .isNotEmpty()
                .allMatch(byJar::containsKey);
        assertThat(byJar.entrySet())
                .filteredOn(component -> !component.getKey().startsWith("chartlake-"))
                .allSatisfy(component -> {
                    assertThat(component.getValue().path("licenses")).isNotEmpty();
                    assertThat(component.getValue().path("hashes").toString()).contains("SHA-256");
                });
    }

    @Test
    void nothingInItIsMadeForOneProcessor() throws IOException {
        for (Path file :
                files().filter(file -> file.toString().endsWith(".jar")).toList()) {
            try (ZipFile jar = new ZipFile(file.toFile())) {
                assertThat(Collections.list(jar.entries()).stream().map(ZipEntry::getName))
                        .describedAs("%s", file.getFileName())
                        .noneMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib)"));
            }
        }
    }

    /** The same sources give the same bytes: no entry says when it was made. */
    @Test
    void nothingInItSaysWhenItWasMade() throws IOException {
        try (ZipFile zip = new ZipFile(LambdaProcess.ZIP.toFile())) {
            assertThat(Collections.list(zip.entries()).stream().map(ZipEntry::getTimeLocal))
                    .containsOnly(LocalDateTime.of(2026, 1, 1, 0, 0));
        }
    }

    private static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(LambdaProcess.unpacked())) {
            return all.filter(Files::isRegularFile).map(Objects::requireNonNull).toList().stream();
        }
    }

    private static long size(Path file) {
        return file.toFile().length();
    }
}
