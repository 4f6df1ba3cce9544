/**
 * A JSON reader over bytes that makes no objects: names are matched and texts kept as bytes, the order of fields is learned,
 * and values that come again are recognised instead of read.
 */
@NullMarked
package dev.chartlake.json;

import org.jspecify.annotations.NullMarked;
