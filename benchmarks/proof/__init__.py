"""Proof cards of the checks: what each catches when one cell is misprinted, and false alarms.

Clean made-up series are cloned, one clone for each way of misprinting one cell of one report; the
checks then run over all clones at once and are held against the untouched series.
"""

from benchmarks.proof.planted import planted_table
from benchmarks.proof.tables import proof_tables

__all__ = ["planted_table", "proof_tables"]
