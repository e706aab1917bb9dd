"""Damaged documents: whatever was done to a file, no figure may stand in a wrong cell."""
