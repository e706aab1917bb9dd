"""What part of the warehouse is looked at, and how that is written in the address."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

Scope = Literal["agency", "rollup"]
Chosen = TypeVar("Chosen", str, int)

PARAMETERS = ("from", "to", "region", "level", "kind", "agency", "scope")
"""The query parameters of the filters; lists are written with commas."""


@dataclass(frozen=True)
class Choices:
    """What there is to choose from in a warehouse."""

    years: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    agencies: Mapping[int, str] = field(default_factory=dict)
    has_rollups: bool = False


@dataclass(frozen=True)
class Filters:
    """The view chosen; an empty tuple means all. ``years`` are the first and the last, inclusive.

    Roll-ups contain the agencies' figures, so a view holds either the ones or the others.
    """

    years: tuple[int, int]
    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    agencies: tuple[int, ...] = ()
    scope: Scope = "agency"

    def where(self, alias: str = "") -> tuple[str, list[object]]:
        """SQL condition with ``?`` and its parameters, for relations with year and scope.

        Holds for requests, disclosure, proceedings and finding, which carry agency_id, year,
        scope, region, level and kind; ``alias`` is the relation's name in the query.
        """
        dot = f"{alias}." if alias else ""
        body, params = self.where_agency(alias)
        condition = f"{dot}year between ? and ? and {dot}scope = ? and {body}"
        return condition, [*self.years, self.scope, *params]

    def where_agency(self, alias: str = "") -> tuple[str, list[object]]:
        """The part of ``where`` that ``agency`` itself can answer: no year and no scope."""
        dot = f"{alias}." if alias else ""
        parts, params = ["true"], list[object]()
        columns: tuple[tuple[str, Sequence[object]], ...] = (
            ("region", self.regions),
            ("level", self.levels),
            ("kind", self.kinds),
            ("agency_id", self.agencies),
        )
        for column, wanted in columns:
            if wanted:
                parts.append(f"{dot}{column} in ({', '.join('?' * len(wanted))})")
                params.extend(wanted)
        return " and ".join(parts), params


def read_filters(address: Mapping[str, str], choices: Choices) -> Filters:
    """Filters from query parameters; whatever is unknown or malformed is left out."""
    first, last = (choices.years[0], choices.years[-1]) if choices.years else (0, 0)
    known_years = set(choices.years)
    start = _year(address.get("from", ""), known_years, first)
    end = _year(address.get("to", ""), known_years, last)
    return Filters(
        years=(min(start, end), max(start, end)),
        regions=_known(address.get("region", ""), choices.regions, str),
        levels=_known(address.get("level", ""), choices.levels, str),
        kinds=_known(address.get("kind", ""), choices.kinds, str),
        agencies=_known(address.get("agency", ""), choices.agencies, _integer),
        scope="rollup" if choices.has_rollups and address.get("scope") == "rollup" else "agency",
    )


def write_filters(filters: Filters, choices: Choices) -> dict[str, str]:
    """Every parameter of the address; the empty text where the filter is at its default."""
    start, end = filters.years
    return {
        "from": str(start) if choices.years and start != choices.years[0] else "",
        "to": str(end) if choices.years and end != choices.years[-1] else "",
        "region": ",".join(filters.regions),
        "level": ",".join(filters.levels),
        "kind": ",".join(filters.kinds),
        "agency": ",".join(map(str, filters.agencies)),
        "scope": "rollup" if filters.scope == "rollup" else "",
    }


def _year(text: str, known: set[int], default: int) -> int:
    year = _integer(text)
    return year if year in known else default


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) < 20 else -1


def _known(
    text: str, known: Container[Chosen], convert: Callable[[str], Chosen]
) -> tuple[Chosen, ...]:
    values = dict.fromkeys(convert(part) for part in text.split(",") if part)
    return tuple(value for value in values if value in known)
