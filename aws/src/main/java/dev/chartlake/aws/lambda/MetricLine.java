package dev.chartlake.aws.lambda;

import dev.chartlake.metrics.Metric;
import dev.chartlake.metrics.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metrics in CloudWatch's embedded metric format: one line of the log, of which it makes metrics. */
final class MetricLine {

    static final String NAMESPACE = "Chartlake";
    static final String DIMENSION = "lake";

    private MetricLine() {}

    static String of(Metrics metrics, String lake, Instant now) {
        Map<String, Object> line = new LinkedHashMap<>();
        List<Map<String, Object>> names = new ArrayList<>();
        metrics.values().forEach((metric, value) -> {
            Map<String, Object> name = new LinkedHashMap<>();
            name.put("Name", metric.text());
            name.put("Unit", unit(metric));
            names.add(name);
        });
        Map<String, Object> directive = new LinkedHashMap<>();
        directive.put("Namespace", NAMESPACE);
        directive.put("Dimensions", List.of(List.of(DIMENSION)));
        directive.put("Metrics", names);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("Timestamp", now.toEpochMilli());
        metadata.put("CloudWatchMetrics", List.of(directive));
        line.put("_aws", metadata);
        line.put(DIMENSION, lake);
        metrics.values().forEach((metric, value) -> line.put(metric.text(), value));
        return Json.text(line);
    }

    private static String unit(Metric metric) {
        return switch (metric.unit()) {
            case COUNT -> "Count";
            case SECONDS -> "Seconds";
        };
    }
}
