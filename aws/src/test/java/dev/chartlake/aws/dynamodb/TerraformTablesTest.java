package dev.chartlake.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Terraform makes the tables that a load writes, with their keys. */
class TerraformTablesTest {

    @Test
    void namesAndKeysAreThoseOfTheCode() throws IOException {
        var made = Pattern.compile("(\\w+_table) += \\{ key = \"(\\w+)\" }")
                .matcher(Files.readString(Path.of("../deploy/terraform/dynamodb.tf")))
                .results()
                .map(table -> table.group(1) + " " + table.group(2))
                .toList();
        assertThat(made)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ItemTable.values())
                        .map(table -> table.table() + " " + table.key())
                        .toList());
    }
}
