package dev.chartlake.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a view of the dashboard answers, as {@link Lake#rows} gives the rows of a query. */
final class PageRows {

    private PageRows() {}

    /** Some columns of a table in the answer, their values with {@code |} between them and {@code -} for null. */
    static List<String> of(String address, String table, String columns) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        JsonNode found = JsonMapper.shared().readTree(body).required(table);
        List<String> names =
                found.required("columns").valueStream().map(JsonNode::asString).toList();
        return found.required("rows")
                .valueStream()
                .map(row -> String.join(
                        "|",
                        Stream.of(columns.split(", "))
                                .map(name -> row.required(names.indexOf(name)))
                                .map(cell -> cell.isNull() ? "-" : cell.asString())
                                .toList()))
                .toList();
    }
}
