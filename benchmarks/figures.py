"""SQL expressions for the figures of made-up reports: skewed, mostly zero, and tying out.

Every random figure is a hash of agency, year and cell, so that what a report carries in is what
the year before carried out, without any state between the years.
"""

from __future__ import annotations

import tomllib
import zlib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from etl.form import Form, FormCell, Identity

CHANCES = 1000


def load_settings() -> dict[str, Any]:
    """Give the weights and words of ``synthetic.toml``."""
    text = resources.files(__package__).joinpath("synthetic.toml").read_text("utf-8")
    return tomllib.loads(text)


def column_name(section: int, item: str, party: str) -> str:
    """Name the column of the wide table that holds this cell."""
    return f"s{section}_{item}_{party}"


@dataclass(frozen=True)
class Figures:
    """The figures of one edition in one report year, as expressions over a table of agencies."""

    form: Form
    year: int
    seed: int
    settings: dict[str, Any]

    def base_columns(self) -> list[str]:
        """``expression as column`` for every cell that no identity determines."""
        determined = {name for stage in self.determined_columns() for name in stage}
        names = [(column_name(c.section, c.item, c.party), c) for c in self.form.cells]
        return [f"{self._figure(c)} as {name}" for name, c in names if name not in determined]

    def determined_columns(self) -> list[dict[str, str]]:
        """Stages of column → expression; each stage draws on the columns of those before."""
        taken: set[str] = set()
        stages = []
        for identity in sorted(self.form.identities, key=_order):
            stage = {k: v for k, v in self._solve(identity).items() if k not in taken}
            taken |= stage.keys()
            stages.append(stage)
        return stages

    def _solve(self, identity: Identity) -> dict[str, str]:
        cells = self.form.section_cells(identity.section)
        if identity.axis == "party":
            return dict(_solved(identity, item) for item in dict.fromkeys(c.item for c in cells))
        totals = {i.right[0] for i in self.form.identities if i.axis == "party"}
        parties = dict.fromkeys(c.party for c in cells if c.party not in totals)
        return dict(_solved(identity, party) for party in parties)

    def _figure(self, cell: FormCell) -> str:
        if cell.section == 2:
            return self._disclosure(cell.item, cell.party)
        if cell.item == "carried_in":
            return self._count(3, "carried_out", cell.party, self.year - 1)
        if cell.party == "litigation_after":
            return self._appealed(cell.item)
        own = self._count(cell.section, cell.item, cell.party, self.year)
        # What was open a year ago ends somewhere: here as granted or upheld.
        if cell.item == "granted":
            return f"{own} + {self._count(3, 'carried_out', cell.party, self.year - 1)}"
        if cell.item == "upheld":
            return f"{own} + {self._count(4, 'pending', cell.party, self.year - 1)}"
        return own

    def _appealed(self, item: str) -> str:
        """Only a reconsideration that was decided, this year or the year before, goes to court."""

        def cases(item: str, year: int) -> str:
            own = self._count(4, item, "litigation_after", year)
            decided = self._count(4, item, "reconsideration", year - (item == "pending"))
            return f"least({own}, {decided})"

        left_open = f" + {cases('pending', self.year - 1)}" if item == "upheld" else ""
        return cases(item, self.year) + left_open

    def _disclosure(self, item: str, party: str) -> str:
        now, before, after = (self._level(item, self.year + step) for step in (0, -1, 1))
        churn = self._count(2, "made", f"{item}_churn", self.year)
        figures = {
            "in_force": now,
            "issued": f"greatest({now} - {before}, 0) + {churn}",
            "repealed": f"greatest({before} - {now}, 0) + {churn}",
            "made": churn,
            "disclosed": churn,
            "disclosed_total": f"{now} + {churn}",
            "previous": now,
            "change": f"{after} - {now}",
            "amount": f"{self._count(2, 'amount', item, self.year)} / 100.0",
        }
        figure = figures.get(party, self._count(2, party, item, self.year))
        return f"(case when rulemaker then {figure} else 0 end)" if item == "regulation" else figure

    def _level(self, item: str, year: int) -> str:
        """Write a stock that moves a little over the years and stays 0 for some agencies."""
        stocks = self.settings["without_stock"]
        without = stocks.get(item, stocks["other"])
        agency, now = self._hash(f"level {item}", 2000), self._hash(f"step {item}", year)
        return (
            f"(case when {agency} % 100 < {without} then 0 else "
            f"3 + ({agency} // 128 % 40)::bigint + ({now} % 3)::bigint end)"
        )

    def _count(self, section: int, item: str, party: str, year: int) -> str:
        items = self.settings["items"]
        chance, scale = items.get(item, items["other"])
        chance *= self.settings["parties"].get(party, 1.0)
        drawn = self._hash(f"{section} {item} {party}", year)
        size = f"-ln(({drawn} // 1048576 % 1000000 + 1) / 1000001.0) * {scale} * busy"
        return (
            f"(case when {drawn} % {CHANCES} < {chance:.3f} * busy "
            f"then 1 + floor({size})::bigint else 0 end)"
        )

    def _hash(self, name: str, year: int) -> str:
        return hash_of(f"{self.seed} {name}", year)


def hash_of(name: str, year: int = 2000) -> str:
    """Write a uniform 64-bit draw for each agency, independent between names and years."""
    return f"hash((agency_id * 256 + {year - 2000}) * 4294967296 + {zlib.crc32(name.encode())})"


def _order(identity: Identity) -> tuple[bool, int]:
    return identity.axis == "party", len(identity.right)


def _solved(identity: Identity, other: str) -> tuple[str, str]:
    """Pick the figure that an identity determines: its lone right side, or else its first left."""

    def column(code: str) -> str:
        item, party = (code, other) if identity.axis == "item" else (other, code)
        return column_name(identity.section, item, party)

    left, right = map(column, identity.left), map(column, identity.right)
    if len(identity.right) == 1:
        return next(right), " + ".join(left)
    first, *rest = left
    return first, " + ".join(right) + "".join(f" - {name}" for name in rest)
