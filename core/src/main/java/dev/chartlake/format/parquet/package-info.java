/**
 * Writes Parquet: the format's plain and dictionary encodings, straight from columns. A library would bring Hadoop or a
 * native engine onto every classpath, and takes longer to write a day than we take to read it.
 */
@NullMarked
package dev.chartlake.format.parquet;

import org.jspecify.annotations.NullMarked;
