package dev.chartlake.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real browser: the machine's own, else the driver's, which it fetches where the network allows. */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Skips the tests, and says so loudly, if there is none; with CHARTLAKE_BROWSER=required they fail instead. */
    static Chromium start() {
        Map<String, String> environment = new HashMap<>(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        Playwright playwright = null;
        try {
            playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
            BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(List.of("--no-sandbox"));
            Optional<Path> own = own();
            if (own.isPresent()) {
                options.setExecutablePath(own.get());
            } else {
                fetch();
            }
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (PlaywrightException e) {
            if (playwright != null) {
                playwright.close();
            }
            String message = "NO BROWSER: the dashboard's pages were NOT tested. Install chromium (apt-get install"
                    + " chromium). "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            if ("required".equals(System.getenv("CHARTLAKE_BROWSER"))) {
                throw new AssertionError(message, e);
            }
            System.err.println("\n*** " + message + " ***\n");
            Assumptions.abort(message);
            throw e;
        }
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> own() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether it worked shows when the browser is started. */
    private static void fetch() {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "com.microsoft.playwright.CLI",
                            "install",
                            "chromium")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (java.io.IOException e) {
            throw new PlaywrightException("The driver could not fetch its browser: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
