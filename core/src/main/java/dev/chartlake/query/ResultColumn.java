package dev.chartlake.query;

/**
 * One column of a query's result.
 *
 * @param name the name as the query gives it
 * @param type the engine's name of the type, such as {@code BIGINT} or {@code VARCHAR[]}
 * @param numeric whether its values are numbers
 */
public record ResultColumn(String name, String type, boolean numeric) {}
