package dev.chartlake.app;

import dev.chartlake.sql.CellStyle;
import dev.chartlake.sql.ResultColumn;

/** Climbers in green, fallers in red, what is new in yellow. */
final class MoveColours implements CellStyle {

    private static final String OFF = "\u001b[0m";

    @Override
    public String of(ResultColumn column, String text) {
        if (!column.name().equals("move")) {
            return text;
        }
        return switch (text.strip().isEmpty() ? ' ' : text.strip().charAt(0)) {
            case '▲' -> "\u001b[32m" + text + OFF;
            case '▼' -> "\u001b[31m" + text + OFF;
            case 'N', 'R' -> "\u001b[33m" + text + OFF;
            default -> text;
        };
    }
}
