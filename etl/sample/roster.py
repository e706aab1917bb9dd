"""The made-up agencies: counties that don't exist, each with the same set of bodies."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from etl.sample.chance import chance
from etl.sample.model import Agency, Profile
from etl.sample.tables import read_rows, read_toml

ROSTER_COLUMNS = (
    "agency",
    "short_name",
    "level",
    "kind",
    "region",
    "parent",
    "aliases",
    "reports_from",
    "reports_to",
)
_MORE_FIRST = "霁璟砚泓翊曦黛珩漪琅瑄昀澹珞霭璎荻蘅筱沄"
_MORE_SECOND = "泽岭原川湖屏桥溪渡岚"


def make_roster(count: int, years: tuple[int, int]) -> list[Agency]:
    """``count`` agencies that report in these years, county by county, its government first.

    Raises ValueError when no made-up county names are left.
    """
    bodies = [body for body in read_rows("bodies.csv") if _reports_within(body, years)]
    counties = _county_names(-(-count // len(bodies)))
    pairs = [(county, body) for county in counties for body in bodies][:count]
    return [_agency(county, body, years) for county, body in pairs]


def governments_alone(agencies: Sequence[Agency], years: tuple[int, int]) -> list[Agency]:
    """Each government once more, as it reports in the last two years for itself and its office.

    It is part of its own roll-up and as busy as the office of any county.
    """
    office = next(row for row in read_rows("bodies.csv") if row["kind"] == "政府办公室")
    titled: str = read_toml("wording.toml")["government_alone"]
    return [
        replace(
            agency,
            scope="agency",
            titled=titled.format(agency=agency.agency),
            parent=agency.agency,
            self_name=office["self_name"],
            reports_from=max(years[0], years[1] - 1),
            profile=_profile(office),
        )
        for agency in agencies
        if agency.scope == "rollup"
    ]


def roster_csv(agencies: Sequence[Agency]) -> str:
    """The roster as the text of the CSV file that ``gouji build --agencies`` takes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(ROSTER_COLUMNS)
    for agency in agencies:
        row = {name: getattr(agency, name) for name in ROSTER_COLUMNS}
        writer.writerow({**row, "aliases": ";".join(agency.aliases)}.values())
    return text.getvalue()


def _county_names(count: int) -> list[str]:
    listed = [row["county"] for row in read_rows("counties.csv")]
    more = [f"{first}{second}县" for second in _MORE_SECOND for first in _MORE_FIRST]
    names = list(dict.fromkeys(listed + more))
    if count > len(names):
        raise ValueError(f"only {len(names)} made-up counties are named, {count} are needed")
    return names[:count]


def _reports_within(body: dict[str, str], years: tuple[int, int]) -> bool:
    """Whether a body has begun to report and hasn't stopped in any of these years."""
    first, last = int(body["first_year"] or years[0]), int(body["last_year"] or years[1])
    return max(first, years[0]) <= min(last, years[1])


def _agency(county: str, body: dict[str, str], years: tuple[int, int]) -> Agency:
    root = body["kind"] in ("政府", "垂直管理部门")
    topics = body["topics"].split(";")
    chance(0, "topics", county, body["suffix"]).shuffle(topics)
    return Agency(
        agency=county + body["suffix"],
        short_name=body["short_name"],
        level=body["level"],
        kind=body["kind"],
        region=county,
        parent="" if root else f"{county}人民政府",
        aliases=tuple(name.format(county=county) for name in body["aliases"].split(";") if name),
        reports_from=max(years[0], int(body["first_year"] or years[0])),
        reports_to=min(years[1], int(body["last_year"] or years[1])),
        self_name=body["self_name"],
        topics=tuple(topics),
        profile=_profile(body),
        scope="rollup" if body["kind"] == "政府" else "agency",
        titled=county + body["suffix"],
    )


def _profile(body: dict[str, str]) -> Profile:
    return Profile(
        requests=float(body["requests"]),
        carry=float(body["carry"]),
        normative=int(body["normative"]),
        licences=int(body["licences"]),
        penalties=int(body["penalties"]),
        coercions=int(body["coercions"]),
        services=int(body["services"]),
        fee_wan=float(body["fee_wan"]),
        procurement_wan=float(body["procurement_wan"]),
        items=int(body["items"]),
    )
