"""The warehouse: one DuckDB file a build, published by an atomic rename."""

from pathlib import Path

DEFAULT_PATH = Path("data/warehouse.duckdb")
"""Where the published warehouse is looked for, from the working directory."""

ENVIRONMENT = "GOUJI_WAREHOUSE"
"""The variable of the environment that names another place."""
