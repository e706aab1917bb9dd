"""How well reports are read: against truth, after other programs, and after damage."""
