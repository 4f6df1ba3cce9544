/** Chartlake on AWS: the lake on S3, the functions, DynamoDB, Glue and Athena. */
@org.jspecify.annotations.NullMarked
package dev.chartlake.aws;
