package dev.chartlake.trigger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV file whose cells can be replaced one by one while every other byte stays: quoting, line ends, order, encodings. So
 * it works on bytes, one character each, and only the values are UTF-8.
 */
final class CsvCells {

    private static final String BOM = "\u00EF\u00BB\u00BF";

    private final char delimiter;
    private final String start;
    private final List<Row> rows = new ArrayList<>();

    /** The cells as they are written, and the end of the line. */
    private record Row(List<String> cells, String end) {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException with a message for the user if a quotation mark is never closed
     */
    CsvCells(byte[] bytes, char delimiter) {
        this.delimiter = delimiter;
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        this.start = text.startsWith(BOM) ? BOM : "";
        int at = start.length();
        while (at < text.length()) {
            at = readRow(text, at);
        }
    }

    private int readRow(String text, int from) {
        List<String> cells = new ArrayList<>();
        int at = from;
        while (true) {
            int end = endOfCell(text, at);
            cells.add(text.substring(at, end));
            if (end < text.length() && text.charAt(end) == delimiter) {
                at = end + 1;
                continue;
            }
            int next = text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length());
            rows.add(new Row(cells, text.substring(end, next)));
            return next;
        }
    }

    private int endOfCell(String text, int from) {
        int at = from;
        if (at < text.length() && text.charAt(at) == '"') {
            at = closing(text, at + 1) + 1;
        }
        while (at < text.length()
                && text.charAt(at) != delimiter
                && text.charAt(at) != '\n'
                && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    private int closing(String text, int from) {
        int at = text.indexOf('"', from);
        while (at >= 0 && at + 1 < text.length() && text.charAt(at + 1) == '"') {
            at = text.indexOf('"', at + 2);
        }
        if (at < 0) {
            throw new IllegalArgumentException(
                    "A quotation mark in row " + (rows.size() + 1) + " is never closed. Close it, or write it twice.");
        }
        return at;
    }

    /** How many rows there are, the header included. */
    int rows() {
        return rows.size();
    }

    /** The values of a row. */
    List<String> values(int row) {
        return rows.get(row).cells.stream().map(CsvCells::value).toList();
    }

    /** One value; empty if the row ends before it. */
    String value(int row, int column) {
        List<String> cells = rows.get(row).cells;
        return column < cells.size() ? value(cells.get(column)) : "";
    }

    private static String value(String cell) {
        String bare = cell;
        if (cell.startsWith("\"")) {
            int end = cell.lastIndexOf('"');
            bare = (cell.substring(1, end) + cell.substring(end + 1)).replace("\"\"", "\"");
        }
        return new String(bare.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Replaces one value; in quotes if there were some, or if it needs them. */
    void set(int row, int column, String value) {
        List<String> cells = rows.get(row).cells;
        while (cells.size() <= column) {
            cells.add("");
        }
        String cell = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        boolean quoted = cells.get(column).startsWith("\"")
                || cell.indexOf(delimiter) >= 0
                || cell.contains("\"")
                || cell.contains("\n")
                || cell.contains("\r")
                || !cell.equals(cell.strip());
        cells.set(column, quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
    }

    /** The file as it is now. */
    byte[] bytes() {
        StringBuilder text = new StringBuilder(start);
        for (Row row : rows) {
            text.append(String.join(String.valueOf(delimiter), row.cells)).append(row.end);
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
