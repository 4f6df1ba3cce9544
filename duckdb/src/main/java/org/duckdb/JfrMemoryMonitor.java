package org.duckdb;

/**
 * In place of the driver's own class of this name, which registers an event with the JVM's flight recorder, or says in a
 * log that it cannot: either takes a tenth of a second to set up, and a query is faster than that.
 */
final class JfrMemoryMonitor {
    private JfrMemoryMonitor() {}

    static void init() {}

    static void connectionOpened(DuckDBConnection connection) {}

    static void connectionClosed(long database) {}
}
