package dev.chartlake.warehouse.postgres;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;

import dev.chartlake.load.WarehouseException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, and how to sign in.
 *
 * @param url as the driver wants it
 * @param properties user, password, TLS
 * @param schema where the tables are to be, or empty for the first one of the user's search path
 * @param title what a message calls it, without a secret
 */
record PostgresAddress(String url, Properties properties, String schema, String title) {

    private static final String URL = "CHARTLAKE_POSTGRES_URL";
    private static final Pattern PASSWORD = Pattern.compile("//[^/@]*:[^/@]*@|[?&](?:ssl)?password=");

    /** The variables of Postgres's programs that are properties of the driver. */
    private static final Map<String, String> VARIABLES = Map.of(
            "PGUSER", "user",
            "PGPASSWORD", "password",
            "PGSSLMODE", "sslmode",
            "PGSSLROOTCERT", "sslrootcert",
            "PGSSLCERT", "sslcert",
            "PGSSLKEY", "sslkey",
            "PGCONNECT_TIMEOUT", "connectTimeout",
            "PGOPTIONS", "options");

    /** From the environment, and from the configuration file where that says nothing. */
    static PostgresAddress of(Map<String, String> options, Map<String, String> environment) throws WarehouseException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "chartlake");
        properties.setProperty("tcpKeepAlive", "true");
        VARIABLES.forEach((variable, property) -> set(properties, property, environment.get(variable)));
        set(properties, "user", first(environment.get("PGUSER"), options.get("user")));
        set(properties, "sslmode", first(environment.get("PGSSLMODE"), options.get("sslmode")));
        String schema = first(environment.get("CHARTLAKE_POSTGRES_SCHEMA"), options.get("schema"));
        String url = first(environment.get(URL), options.get("url"));
        if (url.isEmpty()) {
            return ofParts(options, environment, properties, schema);
        }
        boolean ofFile = environment.getOrDefault(URL, "").isEmpty();
        if (ofFile && PASSWORD.matcher(url).find()) {
            throw new WarehouseException(
                    CONFIGURATION,
                    "load.postgres.url holds a password, which a configuration file must not. Take it out and set PGPASSWORD, or"
                            + " set the whole address in " + URL + ".",
                    null);
        }
        return ofUrl(url, ofFile ? "load.postgres.url" : URL, properties, schema);
    }

    /** Its properties hold the password. */
    @Override
    public String toString() {
        return title;
    }

    private static PostgresAddress ofParts(
            Map<String, String> options, Map<String, String> environment, Properties properties, String schema) {
        if (properties.getProperty("user") == null) {
            properties.setProperty("user", System.getProperty("user.name"));
        }
        String host = first(environment.get("PGHOST"), options.get("host"), "localhost");
        String port = first(environment.get("PGPORT"), options.get("port"), "5432");
        String database = first(environment.get("PGDATABASE"), options.get("database"), properties.getProperty("user"));
        String server = (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
        return new PostgresAddress(
                "jdbc:postgresql://" + server + "/" + java.net.URLEncoder.encode(database, StandardCharsets.UTF_8),
                properties,
                schema,
                "Postgres at " + server + "/" + database);
    }

    /** {@code jdbc:postgresql://…}, or the form of Postgres's own programs, {@code postgresql://user:password@host/database}. */
    private static PostgresAddress ofUrl(String text, String from, Properties properties, String schema)
            throws WarehouseException {
        try {
            URI uri = new URI(text.startsWith("jdbc:") ? text.substring(5) : text);
            if (uri.getHost() == null || !Set.of("postgresql", "postgres").contains(String.valueOf(uri.getScheme()))) {
                throw new URISyntaxException("", "");
            }
            String user = uri.getRawUserInfo();
            if (user != null) {
                String[] parts = user.split(":", 2);
                properties.putIfAbsent("user", decoded(parts[0]));
                if (parts.length > 1) {
                    properties.putIfAbsent("password", decoded(parts[1]));
                }
            }
            String server = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return new PostgresAddress(
                    "jdbc:postgresql://" + server + (path.isEmpty() ? "/" : path) + query,
                    properties,
                    schema,
                    "Postgres at " + server + path);
        } catch (URISyntaxException e) {
            // Its text may hold a password.
            throw new WarehouseException(
                    CONFIGURATION,
                    from + " is no address of a Postgres database. Expected: jdbc:postgresql://HOST:PORT/DATABASE or"
                            + " postgresql://USER@HOST:PORT/DATABASE.",
                    null);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void set(Properties properties, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            properties.setProperty(name, value);
        }
    }

    private static String first(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
