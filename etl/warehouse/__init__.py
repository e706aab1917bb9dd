"""The warehouse: one DuckDB file a build, published by an atomic rename."""
