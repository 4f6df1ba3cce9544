package dev.chartlake.model;

/**
 * One column of a {@link Table}.
 *
 * @param name the name in files, SQL and documentation
 * @param type the type of its values
 * @param required whether the value is never null; key columns are always required
 */
public record Column(String name, ColumnType type, boolean required) {}
