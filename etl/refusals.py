"""What a refused file is told: one sentence and one piece of advice per code, in two languages."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from etl.reading import Refused


def refusal_text(refused: Refused) -> tuple[str, str]:
    """The refusal in Chinese and English: what is wrong, where it stands, what to do."""
    row = _texts()[refused.code]
    detail = f"（{refused.detail}）" if refused.detail else ""
    note = f" ({refused.detail})" if refused.detail else ""
    hint = row["hint_en"]
    return (
        f"{row['zh']}{detail}。{row['hint_zh']}。",
        f"{row['en'][0].upper()}{row['en'][1:]}{note}. {hint[0].upper()}{hint[1:]}.",
    )


def refusal_codes() -> frozenset[str]:
    """Every code that a refusal may carry."""
    return frozenset(_texts())


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = resources.files(__package__).joinpath("refusals.csv").read_text("utf-8")
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}
