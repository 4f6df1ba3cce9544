package dev.chartlake.model;

/**
 * One column of a {@link Table}.
 *
 * @param name the name in files, SQL and documentation
 * @param type the type of its values
 * @param required whether the value is never null; key columns are always required
 * @param meaning what a value says, in a sentence or two without a full stop, for comments in databases
 */
public record Column(String name, ColumnType type, boolean required, String meaning) {}
