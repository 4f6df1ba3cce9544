package dev.chartlake.aws.athena;

import org.jspecify.annotations.Nullable;

/**
 * Where Athena runs queries.
 *
 * @param workgroup the workgroup, which may limit what a query reads
 * @param database the Glue database that names without one belong to
 * @param output where results go, {@code s3://bucket/prefix/}; null if the workgroup says so
 */
public record AthenaTarget(
        String workgroup, String database, @Nullable String output) {}
