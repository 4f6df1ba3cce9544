package dev.chartlake.warehouse.snowflake;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;

import dev.chartlake.load.WarehouseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Where an account is, and how to sign in.
 *
 * @param url as the driver wants it
 * @param properties user, key, database and settings of the session
 * @param title what a message calls it, without a secret
 */
record SnowflakeAddress(String url, Properties properties, String title) {

    private static final Pattern ACCOUNT = Pattern.compile("[\\w-]+(?:\\.[\\w-]+)*");

    /** The options of the configuration file, and what they are called in the environment. */
    private static final Map<String, String> VARIABLES = variables();

    private static Map<String, String> variables() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("account", "SNOWFLAKE_ACCOUNT");
        variables.put("user", "SNOWFLAKE_USER");
        variables.put("private_key_file", "SNOWFLAKE_PRIVATE_KEY_FILE");
        variables.put("warehouse", "SNOWFLAKE_WAREHOUSE");
        variables.put("database", "SNOWFLAKE_DATABASE");
        variables.put("schema", "SNOWFLAKE_SCHEMA");
        variables.put("role", "SNOWFLAKE_ROLE");
        variables.put("host", "SNOWFLAKE_HOST");
        variables.put("port", "SNOWFLAKE_PORT");
        variables.put("protocol", "SNOWFLAKE_PROTOCOL");
        return variables;
    }

    /** From the environment, and from the configuration file where that says nothing. */
    static SnowflakeAddress of(Map<String, String> options, Map<String, String> environment) throws WarehouseException {
        Map<String, String> given = new LinkedHashMap<>();
        VARIABLES.forEach((option, variable) -> {
            String set = environment.getOrDefault(variable, "");
            given.put(option, set.isEmpty() ? options.getOrDefault(option, "") : set);
        });
        String account = needed(given, "account").replaceFirst("\\.snowflakecomputing\\.com$", "");
        if (!ACCOUNT.matcher(account).matches()) {
            throw configuration("SNOWFLAKE_ACCOUNT is '" + account
                    + "', which is no account. Expected its identifier, such as myorg-myaccount.");
        }
        String host = given.getOrDefault("host", "");
        host = host.isEmpty() ? account.replace('_', '-') + ".snowflakecomputing.com" : host;
        String port = given.getOrDefault("port", "");
        boolean plain = given.getOrDefault("protocol", "").equals("http");
        Properties properties = properties(given, environment);
        properties.setProperty("account", account);
        properties.setProperty("ssl", plain ? "off" : "on");
        return new SnowflakeAddress(
                "jdbc:snowflake://" + host + (port.isEmpty() ? "" : ":" + port) + "/",
                properties,
                "Snowflake account " + account + ", " + given.get("database") + "." + given.get("schema"));
    }

    /** Its properties hold secrets. */
    @Override
    public String toString() {
        return title;
    }

    private static Properties properties(Map<String, String> given, Map<String, String> environment)
            throws WarehouseException {
        Properties properties = new Properties();
        properties.setProperty("user", needed(given, "user"));
        properties.setProperty("db", needed(given, "database"));
        properties.setProperty("schema", given.merge("schema", "PUBLIC", (set, usual) -> set.isEmpty() ? usual : set));
        properties.setProperty("warehouse", needed(given, "warehouse"));
        if (!given.getOrDefault("role", "").isEmpty()) {
            properties.setProperty("role", given.getOrDefault("role", ""));
        }
        signIn(properties, given, environment);
        properties.setProperty("application", "chartlake");
        properties.setProperty("QUERY_TAG", "chartlake");
        properties.setProperty("TIMEZONE", "UTC");
        properties.setProperty("JDBC_QUERY_RESULT_FORMAT", "JSON"); // the other needs an option of the Java command
        properties.setProperty("CLIENT_TELEMETRY_ENABLED", "false");
        properties.setProperty("disablePlatformDetection", "true"); // or it asks around for the cloud it is in
        properties.setProperty("loginTimeout", "60");
        return properties;
    }

    private static void signIn(Properties properties, Map<String, String> given, Map<String, String> environment)
            throws WarehouseException {
        String key = given.getOrDefault("private_key_file", "");
        String password = environment.getOrDefault("SNOWFLAKE_PASSWORD", "");
        if (key.isEmpty()) {
            if (password.isEmpty()) {
                needed(given, "private_key_file");
            }
            properties.setProperty("password", password);
            return;
        }
        if (!Files.isReadable(Path.of(key))) {
            throw configuration(
                    "The private key file " + key
                            + " is not there or cannot be read. Check SNOWFLAKE_PRIVATE_KEY_FILE; docs/how-to/snowflake.md says how to make one.");
        }
        properties.setProperty("authenticator", "snowflake_jwt");
        properties.setProperty("private_key_file", key);
        String passphrase = environment.getOrDefault("SNOWFLAKE_PRIVATE_KEY_PASSPHRASE", "");
        if (!passphrase.isEmpty()) {
            properties.setProperty("private_key_pwd", passphrase);
        }
    }

    private static String needed(Map<String, String> given, String option) throws WarehouseException {
        String value = given.getOrDefault(option, "");
        if (value.isEmpty()) {
            throw configuration("load snowflake needs " + VARIABLES.get(option) + ", or load.snowflake." + option
                    + " in chartlake.yaml. docs/how-to/snowflake.md says what they are.");
        }
        return value;
    }

    private static WarehouseException configuration(String message) {
        return new WarehouseException(CONFIGURATION, message, null);
    }
}
