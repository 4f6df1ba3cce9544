package dev.chartlake.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.trials.Hang;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts for deploying say and end with. Terraform and the AWS CLI are scripts that note how they are called. */
@DisabledOnOs(OS.WINDOWS)
class DeployScriptsTest {

    private static final String DONE =
            "{\"status\":\"done\",\"archived\":[{\"list\":\"4ChartLakeNorwayTop50A\"}],\"failed\":[]}";

    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void makeCommands() throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        command("terraform", """
                echo "terraform $*" >> "$CALLS"
                case "${*: -1}" in
                  secret) echo 'echo filled >> "$CALLS"' ;;
                  region) printf eu-north-1 ;;
                  extract_function) printf arn:extract:live ;;
                  extract_log) printf /aws/lambda/chartlake-extract ;;
                  first_snapshot) printf 'the command again' ;;
                  query) printf 'the query' ;;
                  load_dynamodb) printf 'the load' ;;
                  lake) printf s3://bucket/lake ;;
                  minutes) printf 10 ;;
                esac
                """);
        // Both versions take fileb: as it is. Only version 2 knows --cli-binary-format, and takes other texts as
        // Base64.
        command("aws", """
                echo "aws $*" >> "$CALLS"
                while [ "$#" -gt 1 ]; do
                  case "$1" in
                    --cli-binary-format) echo "Unknown options: $1" >&2; exit 252 ;;
                    --payload)
                      case "$2" in fileb://*) cat "${2#fileb://}" > "$SENT" ;; *) echo "Invalid base64: $2" >&2; exit 252 ;; esac
                      ;;
                    --query) [ "$2" = FunctionError ] || exit 252 ;;
                  esac
                  shift
                done
                printf '%s' "$ANSWER" > "$1"
                echo "$FUNCTION_ERROR"
                """);
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve("bin").resolve(name), "#!/usr/bin/env bash\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Ended run(String script, String typed, String functionError, String answer)
            throws IOException, InterruptedException {
        return run(Path.of("../deploy", script), typed, functionError, answer);
    }

    private Ended run(Path script, String typed, String functionError, String answer)
            throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("in"), typed);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("CALLS", folder.resolve("calls").toString());
        builder.environment().put("SENT", folder.resolve("sent").toString());
        builder.environment().put("FUNCTION_ERROR", functionError);
        builder.environment().put("ANSWER", answer);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(Hang.SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Ended start(String functionError, String answer) throws IOException, InterruptedException {
        return run("start", "", functionError, answer);
    }

    @Test
    void startFillsTheSecretTakesASnapshotAndPrintsWhatToDoNext() throws Exception {
        Ended ended = start("None", DONE);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains(DONE, "the query", "the load");
        assertThat(ended.err()).contains("In about 10 minutes its day is a table");
        assertThat(folder.resolve("sent")).hasContent("{}");
        List<String> calls = Files.readAllLines(folder.resolve("calls"));
        assertThat(calls)
                .contains("filled")
                .anyMatch(call -> call.startsWith(
                        "aws lambda invoke --region eu-north-1" + " --function-name arn:extract:live "));
        assertThat(calls.indexOf("filled"))
                .isLessThan(calls.indexOf(calls.stream()
                        .filter(call -> call.startsWith("aws "))
                        .findFirst()
                        .orElseThrow()));
    }

    @Test
    void aFunctionThatFailedEndsStartWithOneAndTheCure() throws Exception {
        Ended ended = start("Unhandled", "{\"errorMessage\":\"SPOTIFY_CLIENT_SECRET was refused\"}");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("SPOTIFY_CLIENT_SECRET was refused").doesNotContain("the query");
        assertThat(ended.err())
                .contains("The function failed (Unhandled)", "run deploy/start again", "/aws/lambda/chartlake-extract")
                .doesNotContain("In about");
    }

    @ParameterizedTest
    @ValueSource(strings = {"some_failed", "stopped", "limited"})
    void listsThatWereNotTakenEndStartWithOne(String status) throws Exception {
        String answer =
                "{\"status\":\"" + status + "\",\"archived\":[],\"failed\":[{\"list\":\"x\",\"reason\":\"404\"}]}";
        Ended ended = start("None", answer);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains(answer).doesNotContain("the query");
        assertThat(ended.err()).contains("Not all lists were taken", "the command again");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "terraform.tfvars | schedule = \"rate(1 day)\" | aws",
                "terraform.tfvars | spark = { workers = 4 } | aws,spark",
                "terraform.tfvars |   spark={} | aws,spark",
                "terraform.tfvars | # spark = {} | aws",
                "my.auto.tfvars.json | {\"spark\": {}} | aws,spark",
                "terraform.tfvars | sparks = 1 | aws",
                "main.tf | spark = {} | aws"
            })
    void upBuildsTheSparkJobIfItIsAskedFor(String file, String line, String built) throws Exception {
        Path module = Files.createDirectories(folder.resolve("deploy/terraform"));
        Files.writeString(module.resolve(file), line + "\n");
        Files.copy(Path.of("../deploy/up"), folder.resolve("deploy/up"));
        Path mvnw = Files.writeString(folder.resolve("mvnw"), "#!/usr/bin/env bash\necho \"mvnw $*\" >> \"$CALLS\"\n");
        assertThat(mvnw.toFile().setExecutable(true)).isTrue();
        Ended ended = run(folder.resolve("deploy/up"), "", "None", "");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .element(0)
                .asString()
                .contains(" -pl " + built + " -am package");
    }

    @Test
    void downAppliesOnlyWhatMakesDestroyingPossible() throws Exception {
        Ended kept = run("down", "no\n", "None", "");
        assertThat(kept.code()).isEqualTo(1);
        assertThat(kept.err()).contains("s3://bucket/lake", "Nothing was deleted.");
        Ended ended = run("down", "delete\n", "None", "");
        assertThat(ended.code()).as(ended.err()).isZero();
        List<String> changes = Files.readAllLines(folder.resolve("calls")).stream()
                .filter(call -> call.matches(".* (apply|destroy) .*"))
                .toList();
        assertThat(changes).hasSize(2);
        assertThat(changes.get(0))
                .contains("-var protect=false", "-target=aws_s3_bucket.lake", "-target=aws_dynamodb_table.warehouse");
        assertThat(changes.get(1)).contains(" destroy -auto-approve -var protect=false");
    }
}
