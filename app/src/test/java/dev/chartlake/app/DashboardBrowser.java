package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.chartlake.trials.Hang;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page in a browser, with what it complained about. Nothing but the dashboard's own address is reachable. */
final class DashboardBrowser implements AutoCloseable {

    private final String base;
    private final ColorScheme scheme;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    DashboardBrowser(Chromium chromium, String base, int width, ColorScheme scheme) {
        this.base = base;
        this.scheme = scheme;
        context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setTimezoneId("Pacific/Auckland")
                        .setAcceptDownloads(true)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setColorScheme(scheme));
        context.setDefaultTimeout(Hang.LIMIT.toMillis());
        context.route(url -> url.startsWith("https://"), route -> {
            if (!route.request().url().startsWith("https://i.scdn.co/")) {
                complaints.add("asked for " + route.request().url());
            }
            route.abort();
        });
        page = context.newPage();
        page.onDialog(dialog -> {
            complaints.add("dialog " + dialog.message());
            dialog.dismiss();
        });
        page.onPageError(error -> complaints.add("error " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add("console " + message.text());
            }
        });
    }

    Page page() {
        return page;
    }

    List<String> complaints() {
        return complaints;
    }

    /** Opens the page of an address' hash, and waits until it is there. */
    DashboardBrowser open(String hash) {
        page.navigate("about:blank");
        page.navigate(base + hash);
        page.waitForFunction("hash => [hash, 'failed'].includes(document.getElementById('main').dataset.ready)", hash);
        assertThat(page.locator("#main .failed").allInnerTexts()).as(hash).isEmpty();
        return this;
    }

    /** Waits until the page of this hash is there. */
    DashboardBrowser ready(String hash) {
        page.waitForFunction("hash => document.getElementById('main').dataset.ready === hash", hash);
        return this;
    }

    /** Waits until a page is there whose address holds this. */
    DashboardBrowser at(String part) {
        page.waitForFunction(
                "part => location.hash.includes(part) && document.getElementById('main').dataset.ready === location.hash",
                part);
        return this;
    }

    String text(String selector) {
        return page.locator(selector).first().innerText();
    }

    List<String> texts(String selector) {
        return page.locator(selector).allInnerTexts();
    }

    /** What axe-core finds, one line each; by default all rules of WCAG 2.1 A and AA and of good practice. */
    @SuppressWarnings("unchecked")
    List<String> violations() throws IOException {
        page.evaluate(axe());
        return (List<String>) page.evaluate(
                "async () => (await axe.run(document, {resultTypes: ['violations'], preload: false})).violations"
                        + ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))");
    }

    /** Fails if the page is wider than the window, or anything went wrong. */
    DashboardBrowser sound(String what) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as(what + " is wider than its window")
                .isIn(0, -15);
        assertThat(complaints).as(what).isEmpty();
        assertThat(page.evaluate("window.hacked")).as(what).isNull();
        return this;
    }

    /** For a look at the page: with -Dchartlake.screenshots=DIR a picture of it in this folder. */
    DashboardBrowser picture(String name) {
        String to = System.getProperty("chartlake.screenshots");
        if (to != null) {
            page.waitForTimeout(400); // charts move into place
            String file = name.replace(' ', '-') + "-" + page.viewportSize().width + "-" + scheme + ".png";
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of(to, file)));
        }
        return this;
    }

    @Override
    public void close() {
        context.close();
    }

    private static String axe() throws IOException {
        try (InputStream in = DashboardBrowser.class.getResourceAsStream("/axe.min.js")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
