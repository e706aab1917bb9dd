"""The declarations of the checks as data: ``groups.toml`` and one file for each group."""
