"""Claims found in sentences that a person has marked."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.reading import Claim, Prose
from etl.recognise.claims import find_claims

MARKED = Path(__file__).parents[2] / "tests" / "recognise"


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """Counts over one file of marked sentences."""

    file: str
    sentences: int
    claims: int
    found: int
    right: int


def score_sentences(folder: Path = MARKED) -> Iterator[SentenceScore]:
    """The score of each ``claims_*.csv`` in the folder."""
    for path in sorted(folder.glob("claims_*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            pairs = [(set(row["claims"].split()), _found(row)) for row in csv.DictReader(lines)]
        yield SentenceScore(
            path.name,
            len(pairs),
            sum(len(meant) for meant, _ in pairs),
            sum(len(found) for _, found in pairs),
            sum(len(meant & found) for meant, found in pairs),
        )


def _found(row: dict[str, str]) -> set[str]:
    prose = [Prose(int(row["section"]), row["sentence"], "")]
    return {_spell(claim) for claim in find_claims(prose, int(row["year"]), row["scope"])}


def _spell(claim: Claim) -> str:
    """A claim as the files mark it: ``measure[@channel]=value``, ``~`` approximate, ``+`` added."""
    channel = f"@{claim.channel}" if claim.channel else ""
    marks = ("~" if claim.approximate else "") + ("+" if claim.derived else "")
    return f"{claim.measure}{channel}={claim.value:.10g}{marks}"
