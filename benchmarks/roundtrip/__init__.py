"""Reports opened and saved again by other programs, and still the same cells."""
