"""Errors that a person at the command line can mend."""

from __future__ import annotations


class UsageError(Exception):
    """What was asked can't be done; the message says in both languages what to do instead."""
