/**
 * A JSON reader over bytes that makes no objects: names are matched and texts kept as bytes, and what nobody asks for is
 * skipped eight bytes at a time.
 */
@NullMarked
package dev.chartlake.json;

import org.jspecify.annotations.NullMarked;
