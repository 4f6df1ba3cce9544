package dev.chartlake.aws.deploy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.chartlake.metrics.Metric;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The module is valid, and everything in it has the names that the code expects and no more rights than it needs. */
@Execution(ExecutionMode.CONCURRENT)
class TerraformTest {
    /** Actions for which AWS knows no resource. */
    private static final Set<String> FOR_ALL = Set.of(
            "secretsmanager:ValidateResourcePolicy",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcs",
            "kms:CreateKey",
            "kms:ListAliases",
            "lambda:CreateEventSourceMapping",
            "lambda:ListEventSourceMappings",
            "logs:DescribeLogGroups",
            "logs:CreateLogDelivery",
            "logs:GetLogDelivery",
            "logs:UpdateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:DescribeResourcePolicies");

    @TempDir
    static Path folder;

    private static List<JsonNode> resources = List.of();
    private static List<JsonNode> withSpark = List.of();
    private static String tested = "";
    private static int testExit = -1;

    @BeforeAll
    static void applyToNobodysAccount() throws IOException, InterruptedException {
        if (!Terraform.isThere()) {
            skip("Terraform is not on the PATH");
        }
        var terraform = new Terraform(folder);
        var init = terraform.run("init", "-backend=false", "-input=false", "-no-color");
        if (init.exitCode() != 0) {
            skip("Terraform cannot get its provider: " + init.text());
        }
        var run = !Depth.isThorough()
                ? terraform.run("test", "-json", "-verbose", "-filter=tests/wiring.tftest.hcl")
                : terraform.run("test", "-json", "-verbose");
        testExit = run.exitCode();
        try (BufferedReader lines = Files.newBufferedReader(run.output())) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.contains("\"provider_schemas\"")) {
                    tested += line + "\n";
                } else if (line.contains("\"@testrun\":\"everything\"")) {
                    resources = resources(line);
                } else if (line.contains("\"@testrun\":\"spark\"")) {
                    withSpark = resources(line);
                }
            }
        }
    }

    private static void skip(String why) {
        System.err.println("SKIPPED: the Terraform module is not tested. " + why);
        if ("required".equals(System.getenv("CHARTLAKE_TERRAFORM"))) {
            throw new AssertionError(why);
        }
        abort(why);
    }

    private static List<JsonNode> resources(String line) {
        var all = new ArrayList<JsonNode>();
        JsonMapper.builder()
                .build()
                .readTree(line)
                .at("/test_state/root_module/resources")
                .forEach(all::add);
        return all;
    }

    @Test
    @Thorough
    void itIsValidAndItsOwnTestsPass() throws IOException, InterruptedException {
        assertThat(testExit).describedAs(tested).isZero();
        assertThat(resources).hasSizeGreaterThan(100);
        assertThat(withSpark).hasSizeGreaterThan(100);
    }

    @Test
    void itIsFormatted() throws IOException, InterruptedException {
        var formatted = new Terraform(Files.createDirectory(folder.resolve("formatted")))
                .run("fmt", "-check", "-diff", "-recursive");
        assertThat(formatted.exitCode()).describedAs(formatted.text()).isZero();
    }

    @Test
    void everyFunctionsClassIsThere() throws ReflectiveOperationException {
        var functions = of("aws_lambda_function");
        assertThat(functions).hasSize(5);
        assertThat(of("aws_lambda_function", withSpark)).hasSize(5);
        for (var function : ofBoth("aws_lambda_function")) {
            var handler = Class.forName(function.get("handler").stringValue());
            assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
            assertThat(handler.getConstructor()).isNotNull();
        }
    }

    @Test
    void theSparkJobRunsTheScriptThatIsUploaded() throws IOException {
        var job = of("aws_glue_job", withSpark).get(0);
        var script = Path.of("../deploy/terraform/spark/ChartlakeTransform.scala");
        var scripts = of("aws_s3_object", withSpark).stream()
                .map(object -> object.get("source").stringValue())
                .filter(source -> source.endsWith(".scala"))
                .toList();
        assertThat(scripts).singleElement().asString().endsWith("/spark/" + script.getFileName());
        assertThat(Files.readString(script))
                .contains("object " + job.at("/default_arguments/--class").stringValue() + " {");
        assertThat(Files.readString(Path.of("../spark/src/main/java/dev/chartlake/spark/SparkTransform.java")))
                .contains("\"--lake\"", "\"--format\"", "public static void main(String[] args)");
    }

    @Test
    void everyVariableOfAFunctionIsReadBySomebody() throws IOException {
        var variables = new TreeSet<String>();
        ofBoth("aws_lambda_function")
                .forEach(function ->
                        variables.addAll(function.at("/environment/0/variables").propertyNames()));
        variables.remove("JAVA_TOOL_OPTIONS");
        assertThat(variables).contains("CHARTLAKE_LAKE", "CHARTLAKE_SECRET_ARN", "CHARTLAKE_GLUE_JOB");
        var sources = sources("../core/src/main/java") + sources("src/main/java");
        assertThat(variables).allSatisfy(name -> assertThat(sources).contains('"' + name + '"'));
        assertThat(sources).contains("\"_chartlake/lists.txt\"");
    }

    @Test
    void everyMetricOfAnAlarmIsMeasured() throws IOException {
        var lake = of("aws_lambda_function").get(0).at("/environment/0/variables/CHARTLAKE_LAKE");
        var measured = Stream.of(Metric.values()).map(Metric::text).toList();
        var alarms = of("aws_cloudwatch_metric_alarm").stream()
                .filter(alarm -> alarm.path("namespace").asString("").equals("Chartlake"))
                .toList();
        assertThat(alarms).hasSizeGreaterThan(2).allSatisfy(alarm -> {
            assertThat(alarm.get("metric_name").stringValue()).isIn(measured);
            assertThat(alarm.at("/dimensions/lake")).isEqualTo(lake);
        });
        var dashboard =
                of("aws_cloudwatch_dashboard").get(0).get("dashboard_body").stringValue();
        assertThat(measured).allSatisfy(metric -> assertThat(dashboard).contains('"' + metric + '"'));
        assertThat(sources("src/main/java")).contains("\"Chartlake\"", "\"lake\"");
    }

    @Test
    void theQuickSightDashboardShowsColumnsThatItsDatasetsHave() {
        var columns = new TreeMap<String, Set<String>>();
        for (var dataset : of("aws_quicksight_data_set")) {
            dataset.at("/physical_table_map/0/custom_sql").forEach(sql -> {
                var names = columns.computeIfAbsent(sql.get("name").stringValue(), name -> new TreeSet<>());
                sql.get("columns")
                        .forEach(column -> names.add(column.get("name").stringValue()));
            });
        }
        var definition = of("aws_quicksight_dashboard").get(0).at("/definition/0");
        var shown = new ArrayList<JsonNode>();
        columnsIn(definition, shown);
        assertThat(shown)
                .hasSizeGreaterThan(20)
                .allSatisfy(column -> assertThat(
                                columns.get(column.get("data_set_identifier").stringValue()))
                        .contains(column.get("column_name").stringValue()));
        var declared = new TreeSet<String>();
        definition
                .get("data_set_identifiers_declarations")
                .forEach(one -> declared.add(one.get("identifier").stringValue()));
        assertThat(declared).isEqualTo(columns.keySet());
        assertThat(columns.values())
                .allSatisfy(names -> assertThat(names)
                        .contains(definition
                                .at("/filter_groups/0/filters/0/category_filter/0/column/0")
                                .get("column_name")
                                .stringValue()));
    }

    private static void columnsIn(JsonNode node, List<JsonNode> columns) {
        if (node.has("column_name")) {
            columns.add(node);
        }
        node.forEach(child -> columnsIn(child, columns));
    }

    @Test
    void theVisualsOfTheDashboardHaveTitlesAndPlacesOfTheirOwn() {
        var sheet = of("aws_quicksight_dashboard").get(0).at("/definition/0/sheets/0");
        var titles = new TreeMap<String, String>();
        for (var visual : sheet.get("visuals")) {
            for (var kind : visual) {
                kind.forEach(one -> titles.put(
                        one.get("visual_id").stringValue(),
                        one.at("/title/0/format_text/0/plain_text").stringValue()));
            }
        }
        assertThat(titles.values())
                .containsExactlyInAnyOrder(
                        "Total songs",
                        "Average duration (minutes)",
                        "Longest duration (minutes)",
                        "Shortest duration (minutes)",
                        "Songs by artist",
                        "Average popularity by artist",
                        "Songs per album",
                        "Popularity against duration (minutes)",
                        "Top songs by popularity",
                        "Artists",
                        "Albums and their release dates");
        var placed = new TreeSet<String>();
        var cells = new TreeSet<String>();
        for (var place : sheet.at("/layouts/0/configuration/0/grid_layout/0/elements")) {
            placed.add(place.get("element_id").stringValue());
            int left = Integer.parseInt(place.get("column_index").stringValue());
            int top = Integer.parseInt(place.get("row_index").stringValue());
            assertThat(left + place.get("column_span").intValue()).isLessThanOrEqualTo(36);
            for (int column = left; column < left + place.get("column_span").intValue(); column++) {
                for (int row = top; row < top + place.get("row_span").intValue(); row++) {
                    assertThat(cells.add(column + " " + row)).isTrue();
                }
            }
        }
        assertThat(placed).isEqualTo(titles.keySet());
    }

    @Test
    void noPolicyAllowsEverything() {
        assertThat(of("aws_iam_policy_document")).hasSizeGreaterThan(12);
        var documents = ofBoth("aws_iam_policy_document");
        int statements = 0;
        for (var document : documents) {
            for (var statement : document.get("statement")) {
                statements++;
                if (!statement.path("effect").asString("Allow").equals("Deny")) {
                    requireNarrow(statement);
                }
            }
        }
        assertThat(statements).isGreaterThan(40);
    }

    private static void requireNarrow(JsonNode statement) {
        var actions = texts(statement.get("actions"));
        assertThat(actions).describedAs(statement.toString()).isNotEmpty().noneMatch(action -> action.contains("*"));
        assertThat(texts(statement.path("not_actions"))).isEmpty();
        assertThat(texts(statement.path("not_resources"))).isEmpty();
        for (var resource : texts(statement.path("resources"))) {
            if (resource.equals("*") && isOfAKey(statement, actions)) {
                assertThat(texts(statement.get("principals").get(0).get("identifiers")))
                        .noneMatch(who -> who.equals("*"));
            } else if (resource.equals("*")) {
                assertThat(FOR_ALL).describedAs(statement.toString()).containsAll(actions);
            } else {
                assertThat(resource).matches("arn:aws:[a-z0-9-]+:[^*]*:[^*]*:.+");
            }
        }
    }

    /** In the policy of a key, all resources are that key. */
    private static boolean isOfAKey(JsonNode statement, List<String> actions) {
        return !statement.path("principals").isEmpty()
                && actions.stream().allMatch(action -> action.startsWith("kms:"));
    }

    @Test
    void nothingSecretIsInTheState() {
        assertThat(resources)
                .noneMatch(resource -> resource.get("type").stringValue().equals("aws_secretsmanager_secret_version"));
        assertThat(of("aws_secretsmanager_secret")).hasSize(1);
        assertThat(of("aws_iam_access_key")).isEmpty();
    }

    private static List<JsonNode> of(String type) {
        return of(type, resources);
    }

    /** Without and with a Spark job. */
    private static List<JsonNode> ofBoth(String type) {
        return Stream.concat(of(type, resources).stream(), of(type, withSpark).stream())
                .toList();
    }

    private static List<JsonNode> of(String type, List<JsonNode> resources) {
        return resources.stream()
                .filter(resource -> resource.get("type").stringValue().equals(type))
                .map(resource -> resource.get("values"))
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.stringValue()));
        return texts;
    }

    private static String sources(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(TerraformTest::read)
                    .collect(joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
