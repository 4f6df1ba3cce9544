package dev.chartlake.app.print;

import dev.chartlake.print.CellStyle;
import dev.chartlake.query.ResultColumn;

/** Climbers in green, fallers in red, what is new in yellow. */
public final class MoveColours implements CellStyle {

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
