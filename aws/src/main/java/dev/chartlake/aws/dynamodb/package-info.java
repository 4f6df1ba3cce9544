/** DynamoDB as a warehouse: one item for each playlist, track, album and artist, with the newest known value of each attribute. */
@NullMarked
package dev.chartlake.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
