SELECT table_name, column_name, data_type
FROM duckdb_columns()
WHERE NOT starts_with(table_name, 'kept_') AND NOT internal
ORDER BY table_name, column_index
