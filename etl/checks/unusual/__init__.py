"""Unusual figures: jumps against the year before, rates beyond the limits of their peers."""
