package dev.chartlake.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What processor time a Postgres server on this machine has used: its first process, those it started, and those that ended. */
final class ServerTime {

    /** Of {@code /proc/PID/stat}, where times are given in this many parts of a second. */
    private static final double TICKS = 100;

    private final ProcessHandle first;

    /** Of the server of {@code connection}. */
    ServerTime(Connection connection) throws SQLException, IOException {
        try (var statement = connection.createStatement();
                ResultSet folder = statement.executeQuery("SHOW data_directory")) {
            folder.next();
            List<String> lines = Files.readAllLines(Path.of(folder.getString(1), "postmaster.pid"));
            first = ProcessHandle.of(Long.parseLong(lines.get(0).strip())).orElseThrow();
        }
    }

    /** User and system time in seconds since the server started; NaN where there is no {@code /proc}. */
    double seconds() throws IOException {
        if (!Files.exists(Path.of("/proc/self/stat"))) {
            return Double.NaN;
        }
        double sum = seconds(first.pid());
        for (ProcessHandle process : first.children().toList()) {
            sum += seconds(process.pid());
        }
        return sum;
    }

    private static double seconds(long process) throws IOException {
        try {
            String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = 11; i <= 14; i++) { // utime, stime, and those of children that ended
                ticks += Long.parseLong(fields[i]);
            }
            return ticks / TICKS;
        } catch (NoSuchFileException e) {
            return 0; // It has ended since, and counts for the first process.
        }
    }
}
