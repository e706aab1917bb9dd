"""Which reports an export covers, as a condition on the columns every star table carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.export.comparison import Where


@dataclass(frozen=True, slots=True)
class Selection:
    """Reports by year (both ends included), region, level, kind and agency name; () means all.

    ``scope`` keeps agencies' own reports and governments' roll-ups apart, which must never be
    added up.
    """

    years: tuple[int, int] | None = None
    regions: Sequence[str] = ()
    levels: Sequence[str] = ()
    kinds: Sequence[str] = ()
    agencies: Sequence[str] = ()
    scope: str = "agency"

    def where(self) -> Where:
        """Give the SQL condition and its parameters."""
        conditions = ["scope = ?"]
        parameters: list[object] = [self.scope]
        if self.years is not None:
            conditions.append("year between ? and ?")
            parameters += self.years
        chosen = (("region", self.regions), ("level", self.levels), ("kind", self.kinds))
        for column, wanted in chosen:
            if wanted:
                conditions.append(f"{column} in ({_places(wanted)})")
                parameters += wanted
        if self.agencies:
            names = f"select agency_id from agency where agency in ({_places(self.agencies)})"
            conditions.append(f"agency_id in ({names})")
            parameters += self.agencies
        return " and ".join(conditions), parameters


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
