package dev.chartlake.simulator.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Invented names of artists and titles of songs in many scripts, from the words in {@code names.txt}. */
final class Names {

    /** What one script has to offer. */
    private record Script(String name, int weight, Map<String, String[]> words, String join) {

        /** A first word and, unless the draw is a dash, a last one. */
        String compose(String kind, long seed, long number) {
            String[] first = words(kind);
            String[] last = words(kind + "2");
            String start = first[Ids.below(first.length, seed, kind, number)];
            String end = last[Ids.below(last.length, seed, kind + "2", number)];
            return end.equals("-") ? start : start + join + end;
        }

        private String[] words(String kind) {
            String[] found = words.get(kind);
            if (found == null) {
                throw new IllegalStateException("names.txt has no '" + kind + "' for " + name);
            }
            return found;
        }
    }

    private static final List<Script> SCRIPTS = read();
    private static final int WEIGHT = SCRIPTS.stream().mapToInt(Script::weight).sum();

    private final long seed;

    Names(long seed) {
        this.seed = seed;
    }

    /** An artist's name; an artist's songs are titled in the same script. */
    String artist(long artist) {
        return script(artist).compose("artist", seed, artist);
    }

    /** A title as this artist would give it. */
    String title(long artist, long number) {
        return script(artist).compose("title", seed, number);
    }

    /** Whether the artist sings in a Nordic language, which is what Norwegian charts have more of. */
    boolean nordic(long artist) {
        return script(artist).name().equals("nordic");
    }

    private Script script(long artist) {
        int draw = Ids.below(WEIGHT, seed, "script", artist);
        for (Script script : SCRIPTS) {
            draw -= script.weight();
            if (draw < 0) {
                return script;
            }
        }
        throw new IllegalStateException("unreachable: the draw is below the sum of the weights");
    }

    private static List<Script> read() {
        List<Script> scripts = new ArrayList<>();
        try (InputStream in = Names.class.getResourceAsStream("names.txt")) {
            if (in == null) {
                throw new IllegalStateException("names.txt is missing from the simulator's jar");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String[]> words = new HashMap<>();
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ", 3);
                switch (parts[0]) {
                    case "#" -> {}
                    case "script" -> {
                        words = new HashMap<>();
                        scripts.add(new Script(parts[1], Integer.parseInt(parts[2]), words, " "));
                    }
                    case "join" -> {
                        Script last = scripts.remove(scripts.size() - 1);
                        scripts.add(new Script(last.name(), last.weight(), words, ""));
                    }
                    default ->
                        words.put(
                                parts[0], line.substring(parts[0].length() + 1).split("\\|"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read names.txt", e);
        }
        return List.copyOf(scripts);
    }
}
