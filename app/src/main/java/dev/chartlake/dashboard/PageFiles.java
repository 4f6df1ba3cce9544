package dev.chartlake.dashboard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The files the page is made of. No other is served. */
public final class PageFiles {

    /** Scripts in the order they run. */
    public static final List<String> SCRIPTS = List.of(
            "echarts.min.js",
            "core.js",
            "data.js",
            "names.js",
            "table.js",
            "charts.js",
            "chart.js",
            "trends.js",
            "mix.js",
            "lists.js",
            "song.js",
            "compare.js",
            "sql.js",
            "main.js");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    private static final Map<String, byte[]> READ = new ConcurrentHashMap<>();

    private PageFiles() {}

    /** All files but the scripts. */
    public static List<String> others() {
        return List.of("index.html", "page.css", "icon.svg", "theme.js", "LICENSE", "NOTICE");
    }

    /** True if the page consists of a file of this name, among others. */
    public static boolean has(String name) {
        return SCRIPTS.contains(name) || others().contains(name);
    }

    static String type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain; charset=utf-8");
    }

    /** Read once and kept. The bytes are not to be changed. */
    public static byte[] bytes(String name) throws IOException {
        byte[] known = READ.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("page/" + name + " is missing from the application");
            }
            byte[] bytes = in.readAllBytes();
            READ.put(name, bytes);
            return bytes;
        }
    }

    /** The page with its scripts; {@code mode} tells them where they are and what they may do. */
    public static String index(String policy, Map<String, String> mode) throws IOException {
        StringBuilder scripts = new StringBuilder();
        for (String script : SCRIPTS) {
            scripts.append("<script defer src=\"").append(script).append("\"></script>\n");
        }
        StringBuilder attributes = new StringBuilder();
        mode.forEach((name, value) -> attributes.append(" data-" + name + "=\"" + value + "\""));
        return new String(bytes("index.html"), StandardCharsets.UTF_8)
                .replace("{policy}", policy)
                .replace("{mode}", attributes)
                .replace("{scripts}", scripts);
    }
}
