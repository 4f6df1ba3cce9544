package dev.chartlake.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.trials.Hang;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code deploy/snowflake/connect} asks of Terraform and Snowflake, and in which order. Both are scripts that note how they are
 * called; the command runs in a copy of {@code deploy/} whose SQL files are one statement each.
 */
@DisabledOnOs(OS.WINDOWS)
class SnowflakeConnectTest {

    private static final String USER = "arn:aws:iam::999988887777:user/abc1-b-self1234";
    private static final String QUEUE = "arn:aws:sqs:eu-north-1:999988887777:sf-snowpipe-AIDAEXAMPLE-x_Y";
    private static final String ROLE = "arn:aws:iam::123456789012:role/charts-snowflake";

    private static final List<String> FILES =
            List.of("1-account.sql", "2-tables.sql", "3-pipe.sql", "4-task.sql", "5-views.sql");

    @TempDir
    Path folder;

    private record Ended(int code, String err) {}

    @BeforeEach
    void makeCommands() throws IOException {
        Path sql = Files.createDirectories(folder.resolve("deploy/snowflake"));
        Files.createDirectories(folder.resolve("deploy/terraform"));
        Files.copy(Path.of("../deploy/snowflake/connect"), sql.resolve("connect"));
        for (String file : FILES) {
            Files.writeString(
                    sql.resolve(file),
                    "-- " + file + "\nSELECT 's3://YOUR-BUCKET/transformed_data/', 'YOUR-EXTERNAL-ID',"
                            + " 'arn:aws:iam::111122223333:role/YOUR-ROLE';\n");
        }
        answer("desc", integration("s3://bucket/lake/transformed_data/"));
        answer("pipes", "[{\"name\": \"COMMITS_PIPE\", \"notification_channel\": \"" + QUEUE + "\"}]");
        answer("valid", "[{\"STATUS\": \"success\"}]");
        command("sleep", "echo \"sleep $*\" >> \"$CALLS\"\n");
        command("terraform", """
                module=${1#-chdir=}
                case "$2 ${*: -1}" in
                  "output lake") [ ! -e "$ANSWERS/empty" ] || { echo 'Output "lake" not found' >&2; exit 1; }; printf s3://bucket/lake ;;
                  "output region") printf eu-north-1 ;;
                  "output snowflake_role") printf arn:aws:iam::123456789012:role/charts-snowflake ;;
                  "output snowflake_external_id") printf bucket ;;
                  "output snowflake_stage") printf s3://bucket/lake/ ;;
                  apply*) echo "apply $(cat "$module/snowflake.auto.tfvars.json")" >> "$CALLS"; echo "$*" >> "$ANSWERS/applied" ;;
                esac
                """);
        command("snow", """
                said=${*: -1}
                case "$*" in "sql --role ACCOUNTADMIN --format json --enable-templating NONE --"*) ;; *) echo "No such option" >&2; exit 2 ;; esac
                case "$said" in
                  "SELECT CURRENT_USER()") [ ! -e "$ANSWERS/locked" ] || { echo "250001: Incorrect username" >&2; exit 1; } ;;
                  "DESC INTEGRATION CHARTLAKE_S3") cat "$ANSWERS/desc" ;;
                  "SHOW PIPES LIKE 'COMMITS_PIPE' IN SCHEMA CHARTLAKE.PUBLIC") cat "$ANSWERS/pipes" ;;
                  *"SYSTEM\\$VALIDATE_STORAGE_INTEGRATION('CHARTLAKE_S3', 's3://bucket/lake/transformed_data/', "*)
                    if [ -s "$ANSWERS/soon" ]; then sed -i.old 1d "$ANSWERS/soon"; echo "Error assuming AWS_ROLE" >&2; exit 1; fi
                    cat "$ANSWERS/valid"
                    ;;
                  *.sql)
                    if [ -e "$ANSWERS/refuse-${said##*/}" ]; then echo "003001: Insufficient privileges" >&2; exit 1; fi
                    echo "sql $(tr '\\n' ' ' < "$said")" >> "$CALLS"
                    ;;
                  *) echo "query $said" >> "$CALLS" ;;
                esac
                """);
    }

    private static String integration(String location) {
        return "[[], [\n  {\"property\": \"STORAGE_ALLOWED_LOCATIONS\", \"property_value\": \"" + location + "\"},\n"
                + "  {\"property\": \"STORAGE_AWS_IAM_USER_ARN\", \"property_value\": \"" + USER + "\"},\n"
                + "  {\"property\": \"STORAGE_AWS_ROLE_ARN\", \"property_value\": \"" + ROLE + "\"},\n"
                + "  {\"property\": \"STORAGE_AWS_EXTERNAL_ID\", \"property_value\": \"bucket\"}\n]]\n";
    }

    private void answer(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("answers")).resolve(name), text);
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/usr/bin/env bash\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Ended connect(String typed, String... arguments) throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("in"), typed);
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("bash", "deploy/snowflake/connect")
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(err.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("CALLS", folder.resolve("calls").toString());
        builder.environment().put("ANSWERS", folder.resolve("answers").toString());
        Files.deleteIfExists(folder.resolve("calls"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(Hang.SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(err));
    }

    private List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private static String applied(String user, String queue) {
        return "apply {\"snowflake\": {\"user_arn\": \"" + user + "\", \"queue_arn\": \"" + queue
                + "\", \"external_id\": \"\"}}";
    }

    private static String ran(String file) {
        return "sql -- " + file + " SELECT 's3://bucket/lake/transformed_data/', 'bucket', '" + ROLE + "'; ";
    }

    private static final String REFRESHED = "query ALTER PIPE CHARTLAKE.PUBLIC.COMMITS_PIPE REFRESH";

    @Test
    void leadsThroughTheStepsAndCarriesTheValuesBetweenAwsAndSnowflake() throws Exception {
        Ended ended = connect("");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("Step 1 of 5", "Step 5 of 5", "Connected.", "s3://bucket/lake");
        assertThat(calls())
                .containsExactly(
                        applied("", ""),
                        ran("1-account.sql"),
                        applied(USER, ""),
                        ran("2-tables.sql"),
                        ran("3-pipe.sql"),
                        applied(USER, QUEUE),
                        ran("4-task.sql"),
                        ran("5-views.sql"),
                        REFRESHED);
        assertThat(folder.resolve("answers/applied"))
                .content()
                .contains("-target=aws_iam_role_policy.snowflake", "-target=aws_s3_bucket_notification.lake")
                .doesNotContain("-auto-approve");
    }

    /** With the SQL files as they are: all of them are run, and each value has taken its place. */
    @Test
    void theFilesThatAreRunHaveEveryValue() throws Exception {
        Path real = Path.of("../deploy/snowflake");
        try (Stream<Path> files = Files.list(real)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sql")))
                    .containsExactlyInAnyOrderElementsOf(FILES);
        }
        for (String file : FILES) {
            Files.copy(
                    real.resolve(file),
                    folder.resolve("deploy/snowflake/" + file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Ended ended = connect("");
        assertThat(ended.code()).as(ended.err()).isZero();
        StringBuilder run = new StringBuilder();
        for (String file : FILES) {
            run.append(Files.readString(folder.resolve("target/snowflake/" + file)));
        }
        assertThat(run.toString())
                .contains("'s3://bucket/lake/transformed_data/'", "'" + ROLE + "'", "EXTERNAL_ID = 'bucket'")
                .doesNotContainPattern("YOUR-[A-Z]");
    }

    @Test
    void aSecondRunChangesNothing() throws Exception {
        assertThat(connect("").code()).isZero();
        Path known = folder.resolve("deploy/terraform/snowflake.auto.tfvars.json");
        String first = Files.readString(known);
        Ended again = connect("");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(calls())
                .containsExactly(
                        applied(USER, QUEUE),
                        ran("1-account.sql"),
                        ran("2-tables.sql"),
                        ran("3-pipe.sql"),
                        ran("4-task.sql"),
                        ran("5-views.sql"),
                        REFRESHED);
        assertThat(known).hasContent(first);
    }

    @Test
    void anExternalIdOfTheUsersOwnIsKept() throws Exception {
        Path known = folder.resolve("deploy/terraform/snowflake.auto.tfvars.json");
        Files.writeString(known, "{\n  \"snowflake\": {\n    \"external_id\": \"ours\"\n  }\n}\n");
        assertThat(connect("").code()).isZero();
        assertThat(known).content().contains("\"external_id\": \"ours\"", USER, QUEUE);
    }

    @Test
    void withoutTheCommandLineItSaysWhatToPasteAndChecksTheAnswers() throws Exception {
        Ended ended = connect(
                "\nhunter2\n" + ROLE + "\n  \"" + USER + "\" \n\n\n" + USER + "\n" + QUEUE + "\n\n\n\n", "--paste");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err())
                .contains("Not such a value: \"hunter2\"", "Not such a value: \"" + ROLE + "\"", "Connected.")
                .contains("Not such a value: \"" + USER + "\". It looks like arn:aws:sqs:eu-north-1:")
                .contains("STORAGE_AWS_IAM_USER_ARN", "notification_channel", "COMMITS_PIPE REFRESH");
        assertThat(calls()).containsExactly(applied("", ""), applied(USER, ""), applied(USER, QUEUE));
        for (String file : FILES) {
            Path filled = folder.resolve("target/snowflake").resolve(file);
            assertThat(ended.err()).contains(filled.toRealPath().toString());
            assertThat(filled).content().contains(ROLE, "'bucket'").doesNotContain("YOUR-");
        }
        Ended again = connect("\n".repeat(8), "--paste");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(calls()).containsExactly(applied(USER, QUEUE));
    }

    @Test
    void whoLeavesInTheMiddleGoesOnLater() throws Exception {
        Ended left = connect("\n" + USER + "\n\n", "--paste");
        assertThat(left.code()).isEqualTo(1);
        assertThat(left.err())
                .contains("Stopped at step 4 of 5", "Run deploy/snowflake/connect again")
                .doesNotContain("Connected");
        Ended rest = connect("");
        assertThat(rest.code()).as(rest.err()).isZero();
        assertThat(calls().stream().filter(call -> call.startsWith("apply")))
                .containsExactly(applied(USER, ""), applied(USER, QUEUE));
    }

    @Test
    void aRefusedStatementStopsBeforeTheNextFile() throws Exception {
        answer("refuse-2-tables.sql", "");
        Ended ended = connect("");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("Insufficient privileges", "2-tables.sql", "Stopped at step 4 of 5")
                .doesNotContain("Connected");
        assertThat(calls()).containsExactly(applied("", ""), ran("1-account.sql"), applied(USER, ""));
    }

    @Test
    void waitsUntilSnowflakeCanAssumeTheRole() throws Exception {
        answer("soon", "not yet\nnot yet\n");
        Ended ended = connect("");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(calls().subList(2, 5)).containsExactly(applied(USER, ""), "sleep 5", "sleep 5");
    }

    @Test
    void anIntegrationOfAnotherLakeIsNotTrusted() throws Exception {
        answer("desc", integration("s3://other/lake/transformed_data/"));
        Ended ended = connect("");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("not for s3://bucket/lake/", "DROP INTEGRATION CHARTLAKE_S3");
        assertThat(calls()).containsExactly(applied("", ""), ran("1-account.sql"));
    }

    @Test
    void anAnswerWithoutTheUserIsShown() throws Exception {
        answer("desc", integration("s3://bucket/lake/transformed_data/").replace(USER, ""));
        Ended ended = connect("");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("does not show one STORAGE_AWS_IAM_USER_ARN", "Stopped at step 2 of 5");
    }

    @Test
    void aQueueOfAnotherRegionIsRefused() throws Exception {
        answer("pipes", "[{\"notification_channel\": \"" + QUEUE.replace("eu-north-1", "us-west-2") + "\"}]");
        Ended ended = connect("");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("us-west-2", "is not in eu-north-1");
        assertThat(calls()).last().isEqualTo(ran("3-pipe.sql"));
    }

    @Test
    void withoutALakeItSaysSo() throws Exception {
        answer("empty", "");
        Ended ended = connect("");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("run deploy/up first");
        assertThat(calls()).isEmpty();
    }

    @Test
    void aMissingSqlFileIsNoticedBeforeAnythingChanges() throws Exception {
        Files.delete(folder.resolve("deploy/snowflake/4-task.sql"));
        Ended ended = connect("");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("4-task.sql is missing", "nothing was changed");
        assertThat(calls()).isEmpty();
    }

    @Test
    void whoCannotSignInChangesNothing() throws Exception {
        answer("locked", "");
        Ended ended = connect("");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("Incorrect username", "snow connection test", "--paste");
        assertThat(calls()).isEmpty();
    }

    @Test
    void settingsInAnotherFileAreNotOverruledInSilence() throws Exception {
        Path settings = folder.resolve("deploy/terraform/terraform.tfvars");
        Files.writeString(settings, "lists = []\nsnowflake = {\n}\n");
        Ended ended = connect("");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("terraform.tfvars", "snowflake.auto.tfvars.json");
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--past", "help", "s3://bucket/lake"})
    void anotherArgumentIsRefused(String argument) throws Exception {
        Ended ended = connect("", argument);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("Usage: deploy/snowflake/connect [--paste]");
        assertThat(calls()).isEmpty();
    }
}
