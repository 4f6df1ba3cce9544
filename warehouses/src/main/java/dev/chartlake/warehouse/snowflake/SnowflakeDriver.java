package dev.chartlake.warehouse.snowflake;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;
import static dev.chartlake.load.WarehouseException.Kind.UNAVAILABLE;

import dev.chartlake.http.Proxies;
import dev.chartlake.load.WarehouseException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Driver;
import java.util.HexFormat;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Snowflake's JDBC driver, 94 MB, which is fetched from Maven Central when it is first needed, checked, and kept in the user's
 * cache; on the class path it is for nobody.
 */
final class SnowflakeDriver {
    private static final String VERSION = "4.4.1";
    private static final String SHA_256 = "cb225d78ac10336669797dfef8588cffb7e3dae689f14120935831b1f6ba2709";
    private static final String NAME = "snowflake-jdbc-" + VERSION + ".jar";
    private static final String PATH = "net/snowflake/snowflake-jdbc/" + VERSION + "/" + NAME;
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2/";
    private static final String VARIABLE = "CHARTLAKE_SNOWFLAKE_DRIVER";
    private static final int PATIENCE = 60_000;

    /** Held, or its level would be forgotten. What the driver logs would stand between the lines of a command. */
    private static final Logger LOG = Logger.getLogger("net.snowflake");

    private SnowflakeDriver() {}

    /**
     * Loads the driver: that of {@code CHARTLAKE_SNOWFLAKE_DRIVER}, or of the cache, or of Maven's, or of Maven Central.
     *
     * @param say is told before something is fetched
     */
    static Driver load(Map<String, String> environment, Consumer<String> say) throws IOException {
        Path jar = find(environment, say);
        LOG.setLevel(Level.OFF);
        try {
            ClassLoader own = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            return ServiceLoader.load(Driver.class, own).stream()
                    .filter(driver -> driver.type().getName().startsWith("net.snowflake."))
                    .findFirst()
                    .orElseThrow(() -> new WarehouseException(
                            CONFIGURATION, jar + " is not Snowflake's JDBC driver. Check " + VARIABLE + ".", null))
                    .get();
        } catch (MalformedURLException e) {
            throw new IOException(e);
        }
    }

    private static Path find(Map<String, String> environment, Consumer<String> say) throws IOException {
        String given = environment.getOrDefault(VARIABLE, "");
        if (!given.isEmpty()) {
            Path jar = Path.of(given);
            if (!Files.isReadable(jar)) {
                throw new WarehouseException(
                        CONFIGURATION, VARIABLE + " is " + given + ", which is not there or cannot be read.", null);
            }
            return jar;
        }
        Path home = Path.of(System.getProperty("user.home"));
        Path ofMaven = home.resolve(".m2/repository").resolve(PATH);
        if (Files.isReadable(ofMaven) && sum(ofMaven).equals(SHA_256)) {
            return ofMaven;
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path kept = (cache.isEmpty() ? home.resolve(".cache") : Path.of(cache))
                .resolve("chartlake")
                .resolve(NAME);
        if (!Files.isReadable(kept) || !sum(kept).equals(SHA_256)) {
            fetch(kept, new Proxies(environment), say);
        }
        return kept;
    }

    private static void fetch(Path kept, Proxies proxies, Consumer<String> say) throws IOException {
        say.accept(
                "Fetching Snowflake's driver " + VERSION + " (94 MB) from Maven Central. It is kept as " + kept + ".");
        Path folder = kept.getParent();
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, NAME, ".part");
        try {
            URI address = URI.create(CENTRAL + PATH);
            URLConnection connection = proxies.open(address);
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            try (InputStream in = connection.getInputStream()) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!sum(part).equals(SHA_256)) {
                throw new IOException("its checksum is another one");
            }
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new WarehouseException(
                    UNAVAILABLE,
                    "Snowflake's driver cannot be fetched from Maven Central (" + e.getMessage()
                            + "). Run load again; or download snowflake-jdbc " + VERSION + " yourself and set "
                            + VARIABLE
                            + " to the file.",
                    e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String sum(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
