package dev.chartlake.app;

import java.io.IOException;
import java.nio.file.Path;

/** As {@link Training}, and with what commands need that speak to AWS, of which tests start many. */
final class ChildTraining {

    private ChildTraining() {}

    /** Runs the commands in the folder {@code args[0]}, before an {@link EmptyAws}. */
    public static void main(String[] args) throws IOException, ClassNotFoundException {
        Training.main(args);
        Main.run("transform", "--lake", "s3://lakes/none");
        Main.run("query", "--lake", "s3://lakes/none", "SELECT 1");
        Main.run("query", "--engine", "athena", "SELECT 1");
        Main.run("load", "dynamodb", "--lake", Path.of(args[0], "lake").toString());
    }
}
