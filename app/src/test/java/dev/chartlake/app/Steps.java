package dev.chartlake.app;

import java.util.ArrayList;
import java.util.List;

/** Runs several commands in one process, to be killed in: says {@code ready}, and then does what stands between "+" signs. */
final class Steps {

    private Steps() {}

    public static void main(String[] args) {
        System.out.println("ready");
        System.out.flush();
        int worst = 0;
        List<String> words = new ArrayList<>();
        for (String arg : args) {
            if (arg.equals("+")) {
                worst = Math.max(worst, Main.run(words.toArray(String[]::new)));
                words.clear();
            } else {
                words.add(arg);
            }
        }
        System.exit(Math.max(worst, Main.run(words.toArray(String[]::new))));
    }
}
