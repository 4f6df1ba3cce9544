package dev.chartlake.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a dashboard for what its page asks, one view after the other, and keeps how long each answer took. */
final class DashboardViews {

    private static final Pattern ID = Pattern.compile("\"([A-Za-z0-9]{22})\"");
    private static final String SOURCE = "spotify-web-api";
    private static final String NEWEST = "2026-11-20";
    private static final int LISTS = 5;

    /** So long somebody looks at a page before going on, in milliseconds; meanwhile a list's history is made ready. */
    private static final int LOOKING = 2000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, List<Double>> millis = new LinkedHashMap<>();
    private final String url;

    private DashboardViews(String url) {
        this.url = url;
    }

    /** The milliseconds of each view, sorted; the dashboard is asked so many seconds after its start. */
    static Map<String, List<Double>> measure(List<String> command, int seconds)
            throws IOException, InterruptedException {
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            String line = String.valueOf(out.readLine());
            if (!line.startsWith("Dashboard: ")) {
                throw new IOException("The dashboard did not start: " + String.join(" ", command));
            }
            Thread.sleep(seconds * 1000L);
            DashboardViews views = new DashboardViews(line.substring("Dashboard: ".length()));
            for (int list = 0; list < LISTS; list++) {
                views.ask(History.chart(7 + list), list);
            }
            views.millis.values().forEach(Collections::sort);
            return views.millis;
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    /** What somebody who goes through a chart asks for. */
    private void ask(String list, int round) throws IOException, InterruptedException {
        view("lists", "lists");
        String chart = view(round == 0 ? "first chart" : "another list's first chart", chart(list, NEWEST));
        List<String> songs = ids(chart, "\"chart\":");
        view("dates", "dates", "source", SOURCE, "list", list);
        view("first song of a list", song(list, songs.get(0)));
        view("first chart of an older day", chart(list, 2018 + round + "-03-05"));
        view("search", "search", "q", "a" + (char) ('a' + round), "top", "20");
        view("overlap", "overlap", "date", 2018 + round + "-06-05");
        view("first span of a list", span(list, "2026-08-20"));
        view("another span", span(list, "2016-11-21"));
        view("chart of another day at once", chart(list, 2018 + round + "-07-05"));
        List<String> artists = ids(chart, "\"credits\":");
        view("artist at once", artist(list, artists.get(1)));
        Thread.sleep(LOOKING);
        view("chart of another day", chart(list, 2018 + round + "-09-05"));
        view("another song", song(list, songs.get(songs.size() / 2)));
        view("artist", artist(list, artists.get(3)));
        view("chart again", chart(list, NEWEST));
        view("status", "status");
    }

    private static String[] chart(String list, String date) {
        return new String[] {"chart", "source", SOURCE, "list", list, "date", date};
    }

    private static String[] song(String list, String song) {
        return new String[] {"song", "source", SOURCE, "list", list, "song", song};
    }

    private static String[] artist(String list, String artist) {
        return new String[] {"artist", "source", SOURCE, "list", list, "artist", artist, "credit", ""};
    }

    private static String[] span(String list, String since) {
        return new String[] {"span", "source", SOURCE, "list", list, "since", since, "until", NEWEST, "top", "20"};
    }

    private static List<String> ids(String json, String table) {
        List<String> ids = new ArrayList<>();
        Matcher id = ID.matcher(json.substring(json.indexOf(table)));
        while (id.find()) {
            ids.add(id.group(1));
        }
        return ids;
    }

    /** {@code view} is its name, followed by names and values of parameters. */
    private String view(String name, String... view) throws IOException, InterruptedException {
        StringBuilder address = new StringBuilder(url).append("api/").append(view[0]);
        for (int i = 1; i < view.length; i += 2) {
            address.append(i == 1 ? '?' : '&').append(view[i]).append('=');
            address.append(URLEncoder.encode(view[i + 1], StandardCharsets.UTF_8));
        }
        long start = System.nanoTime();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(address.toString())).build(), HttpResponse.BodyHandlers.ofString());
        double took = (System.nanoTime() - start) / 1e6;
        if (answer.statusCode() != 200) {
            throw new IOException(address + " was answered by " + answer.statusCode() + ": " + answer.body());
        }
        millis.computeIfAbsent(name, any -> new ArrayList<>()).add(took);
        return answer.body();
    }
}
