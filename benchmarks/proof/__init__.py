"""Proof of the checks: what each catches when something is wrong, and what when nothing is."""
