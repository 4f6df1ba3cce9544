package dev.chartlake.app.print;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The machine's own web browser. */
public final class Browser {

    private Browser() {}

    /** Opens an address; without a browser says so, and nothing else happens. */
    public static void open(String url) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("mac")
                ? List.of("open", url)
                : system.contains("windows")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                        : List.of("xdg-open", url);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            System.err.println("No browser could be opened. Open the address yourself.");
        }
    }
}
