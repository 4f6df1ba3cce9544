package dev.chartlake.warehouse.snowflake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What Snowflake's driver talks to: it signs in, sends statements, and puts files into the user's stage, which is a folder. */
final class SnowflakeServer implements Closeable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern PUT = Pattern.compile(
            "PUT '(file://[^']*)' (@\\S+) AUTO_COMPRESS = FALSE SOURCE_COMPRESSION = NONE OVERWRITE = TRUE");

    private final SnowflakeEngine engine;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, SnowflakeSession> sessions = new ConcurrentHashMap<>();
    private final List<String> statements = java.util.Collections.synchronizedList(new ArrayList<>());
    private volatile Map<String, SnowflakeFailure> refusals = Map.of();

    SnowflakeServer(SnowflakeEngine engine) throws IOException {
        this.engine = engine;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** All statements, as they came. */
    List<String> statements() {
        return statements;
    }

    /** Answers statements that begin so with failures; {@code login} is signing in. */
    void refuse(Map<String, SnowflakeFailure> beginnings) {
        refusals = beginnings;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> request = body(exchange);
        byte[] answer;
        try {
            if (path.startsWith("/session/v1/login-request")) {
                answer = login();
            } else if (path.startsWith("/queries/v1/query-request")) {
                answer = query(exchange, request);
            } else {
                if (path.startsWith("/session")
                        && String.valueOf(exchange.getRequestURI().getQuery()).contains("delete=true")) {
                    end(exchange);
                }
                answer = done(json -> json.writeNullProperty("data"));
            }
        } catch (SnowflakeFailure e) {
            answer = failure(e);
        } catch (SQLException | RuntimeException e) {
            answer = failure(new SnowflakeFailure(300010, "XX000", String.valueOf(e)));
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static Map<String, String> body(HttpExchange exchange) throws IOException {
        Map<String, String> values = new TreeMap<>();
        try (InputStream in = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                        ? new GZIPInputStream(exchange.getRequestBody())
                        : exchange.getRequestBody();
                JsonParser json = JSON.createParser(ObjectReadContext.empty(), in.readAllBytes())) {
            List<String> path = new ArrayList<>();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                    path.add(json.currentName() == null ? "" : json.currentName());
                } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                    path.remove(path.size() - 1);
                } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    values.put(String.join("/", path) + "/" + json.currentName(), json.getString());
                }
            }
        }
        return values;
    }

    private SnowflakeSession session(HttpExchange exchange) throws SnowflakeFailure {
        Matcher token = Pattern.compile("Token=\"([^\"]*)\"")
                .matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        SnowflakeSession session = token.find() ? sessions.get(token.group(1)) : null;
        if (session == null) {
            throw new SnowflakeFailure(
                    390104, "08001", "Session no longer exists. New login required to access the service.");
        }
        return session;
    }

    private void end(HttpExchange exchange) throws IOException, SnowflakeFailure {
        SnowflakeSession session = session(exchange);
        sessions.values().remove(session);
        session.close();
    }

    private byte[] login() throws SQLException, SnowflakeFailure, IOException {
        requireNotRefused("login");
        String token = UUID.randomUUID().toString();
        sessions.put(token, engine.session());
        return done(json -> {
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("token", token);
            json.writeStringProperty("masterToken", "master-" + token);
            json.writeNumberProperty("validityInSeconds", 3600);
            json.writeNumberProperty("masterValidityInSeconds", 14400);
            json.writeNumberProperty("sessionId", 1);
            json.writeStringProperty("serverVersion", "9.0.0");
            json.writeArrayPropertyStart("parameters");
            parameter(json, "AUTOCOMMIT", true);
            parameter(json, "CLIENT_SESSION_KEEP_ALIVE", false);
            json.writeEndArray();
            json.writeObjectPropertyStart("sessionInfo");
            json.writeStringProperty("databaseName", "CHARTLAKE");
            json.writeStringProperty("schemaName", "PUBLIC");
            json.writeStringProperty("warehouseName", "CHARTLAKE_WH");
            json.writeStringProperty("roleName", "CHARTLAKE_LOADER");
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void parameter(JsonGenerator json, String name, boolean value) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeBooleanProperty("value", value);
        json.writeEndObject();
    }

    private void requireNotRefused(String statement) throws SnowflakeFailure {
        for (Map.Entry<String, SnowflakeFailure> refusal : refusals.entrySet()) {
            if (statement.startsWith(refusal.getKey())) {
                throw refusal.getValue();
            }
        }
    }

    private byte[] query(HttpExchange exchange, Map<String, String> request)
            throws SnowflakeFailure, SQLException, IOException {
        SnowflakeSession session = session(exchange);
        String sql = request.getOrDefault("/sqlText", "");
        statements.add(sql);
        requireNotRefused(sql);
        Matcher put = PUT.matcher(sql);
        if (put.matches()) {
            return upload(put.group(1).replace("file://", ""), engine.path(put.group(2)));
        }
        List<@Nullable String> binds = new ArrayList<>();
        for (int i = 1; request.containsKey("/bindings/" + i + "/type"); i++) {
            binds.add(request.get("/bindings/" + i + "/value"));
        }
        return result(sql, session.execute(sql, binds));
    }

    private static byte[] upload(String file, Path folder) throws IOException {
        return done(json -> {
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("command", "UPLOAD");
            json.writeArrayPropertyStart("src_locations");
            json.writeString(file);
            json.writeEndArray();
            json.writeNumberProperty("parallel", 1);
            json.writeBooleanProperty("autoCompress", false);
            json.writeBooleanProperty("overwrite", true);
            json.writeStringProperty("sourceCompression", "none");
            json.writeNullProperty("encryptionMaterial");
            json.writeObjectPropertyStart("stageInfo");
            json.writeStringProperty("locationType", "LOCAL_FS");
            json.writeStringProperty("location", folder.toString());
            json.writeObjectPropertyStart("creds");
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static byte[] result(String sql, SnowflakeResult result) throws IOException {
        return done(json -> {
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("queryId", UUID.randomUUID().toString());
            json.writeStringProperty("queryResultFormat", "json");
            json.writeNumberProperty("statementTypeId", type(sql, result));
            json.writeNumberProperty("total", result.rows().size());
            json.writeNumberProperty("returned", result.rows().size());
            json.writeArrayPropertyStart("rowtype");
            for (int i = 0; i < result.names().size(); i++) {
                json.writeStartObject();
                boolean copied = sql.startsWith("COPY");
                json.writeStringProperty(
                        "name", copied ? "rows_loaded" : result.names().get(i));
                json.writeStringProperty("type", result.types().get(i).toLowerCase(java.util.Locale.ROOT));
                json.writeBooleanProperty("nullable", true);
                json.writeNumberProperty("precision", 38);
                json.writeNumberProperty("scale", result.types().get(i).equals("TIMESTAMP_NTZ") ? 6 : 0);
                json.writeNumberProperty("length", 16_777_216);
                json.writeNumberProperty("byteLength", 16_777_216);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("rowset");
            for (List<@Nullable String> row : result.rows()) {
                json.writeStartArray();
                for (String value : row) {
                    if (value == null) {
                        json.writeNull();
                    } else {
                        json.writeString(value);
                    }
                }
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static int type(String sql, SnowflakeResult result) {
        if (result.changed() < 0) {
            return sql.startsWith("SELECT") ? 0x1000 : 0x6000;
        }
        return sql.startsWith("COPY")
                ? 0x3600
                : sql.startsWith("UPDATE") ? 0x3200 : sql.startsWith("DELETE") ? 0x3300 : 0x3100;
    }

    private static byte[] failure(SnowflakeFailure failure) throws IOException {
        return document(json -> {
            json.writeBooleanProperty("success", false);
            json.writeStringProperty("code", String.format("%06d", failure.code()));
            json.writeStringProperty("message", failure.getMessage());
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("sqlState", failure.state());
            json.writeNumberProperty("errorCode", failure.code());
            json.writeStringProperty("queryId", UUID.randomUUID().toString());
            json.writeEndObject();
        });
    }

    private static byte[] done(Fields fields) throws IOException {
        return document(json -> {
            json.writeBooleanProperty("success", true);
            json.writeNullProperty("code");
            json.writeNullProperty("message");
            fields.to(json);
        });
    }

    private interface Fields {
        void to(JsonGenerator json);
    }

    private static byte[] document(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            fields.to(json);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        threads.shutdownNow();
        for (SnowflakeSession session : sessions.values()) {
            session.close();
        }
    }
}
