package dev.chartlake.metrics;

/** Metrics in the text format of Prometheus, as its node exporter collects it from files. */
public final class PrometheusText {

    private static final String PREFIX = "chartlake_";

    private PrometheusText() {}

    /** One gauge for each metric, with the label {@code lake}. */
    public static String of(Metrics metrics, String lake) {
        String escaped = lake.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        StringBuilder text = new StringBuilder();
        metrics.values().forEach((metric, value) -> {
            String name = PREFIX + metric.text() + (metric.unit() == Metric.Unit.SECONDS ? "_seconds" : "");
            text.append("# TYPE ").append(name).append(" gauge\n");
            text.append(name)
                    .append("{lake=\"")
                    .append(escaped)
                    .append("\"} ")
                    .append(value)
                    .append("\n");
        });
        return text.toString();
    }
}
