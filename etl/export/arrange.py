"""Lays the long comparison out as a table: agencies down or across, years and measures likewise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, get_args

import pandas as pd

from etl.export.headings import heading
from etl.export.marks import mark
from etl.export.tables import Column, Style, Table
from etl.measures import SMALL_DENOMINATOR, Language, Measure

Layout = Literal["agency_rows", "report_rows", "agency_columns"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
Shown = Literal["value", "change", "change_percent", "numerator", "denominator"]
_AGENCY = ("agency", "region", "level", "kind")


def arrange(
    long: pd.DataFrame,
    measures: Sequence[Measure],
    layout: Layout = "agency_rows",
    shown: Sequence[Shown] = ("value",),
    language: Language = "zh",
) -> Table:
    """Lay the figures out, every one a number or its mark.

    ``agency_rows``: a row per agency, columns measure × year. ``report_rows``: a row per agency
    and year, columns measures. ``agency_columns``: a row per measure and year, columns agencies.
    ``shown`` asks for changes or fractions beside the values. Where agencies' own reports and
    roll-ups are both there, each roll-up's agency is marked as one.
    """
    cells = _cells(_tell_apart(long, language), measures, shown, language)
    if layout == "agency_columns":
        return _agencies_across(cells, measures, shown, language)
    return _agencies_down(cells, measures, shown, language, by_year=layout == "report_rows")


def _tell_apart(long: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Mark the roll-ups by their agency's name, unless they are all that there is."""
    if long["scope"].nunique() < 2:
        return long
    marked = long["agency"] + heading("rollup.mark", language)
    return long.assign(agency=long["agency"].where(long["scope"] != "rollup", marked))


def _display(
    value: float, state: str, above: float, below: float, language: Language
) -> float | str:
    if state != "number":
        return mark(state, language)
    if not math.isnan(below) and below < SMALL_DENOMINATOR:
        return f"{above:g}/{below:g}"
    return value


def _cells(
    long: pd.DataFrame, measures: Sequence[Measure], shown: Sequence[Shown], language: Language
) -> pd.DataFrame:
    """One row per report, measure and shown figure, with ``cell``: a number or a mark."""
    rates = {m.code for m in measures if m.is_rate}
    is_rate = long["measure"].isin(rates)
    parts = []
    for kind in shown:
        part = long if kind == "value" else long[_applies(kind, is_rate)]
        parts.append(
            part.assign(
                shown=kind, cell=pd.Series(_displayed(part, kind, language), part.index, object)
            )
        )
    return pd.concat(parts, ignore_index=True)


def _applies(kind: Shown, is_rate: pd.Series) -> pd.Series:
    if kind in ("numerator", "denominator"):
        return is_rate
    return ~is_rate if kind == "change_percent" else pd.Series(True, index=is_rate.index)


def _displayed(part: pd.DataFrame, kind: Shown, language: Language) -> list[object]:
    if kind == "value":
        fractions = zip(part["numerator"], part["denominator"], strict=True)
        printed = zip(part["value"], part["state"], fractions, strict=True)
        return [_display(value, state, *pair, language) for value, state, pair in printed]
    if kind in ("numerator", "denominator"):
        missing = part["state"].where(part[kind].isna(), "number")
        states = zip(part[kind], missing, strict=True)
    else:
        states = zip(part[kind], part[f"{kind}_state"], strict=True)
    return [value if state == "number" else mark(state, language) for value, state in states]


def _agencies_down(
    cells: pd.DataFrame,
    measures: Sequence[Measure],
    shown: Sequence[Shown],
    language: Language,
    *,
    by_year: bool,
) -> Table:
    index = [*_AGENCY, "year"] if by_year else list(_AGENCY)
    across = ["measure", "shown"] if by_year else ["measure", "year", "shown"]
    keyed = cells.assign(**{name: cells[name].fillna("") for name in _AGENCY})
    wide = keyed.set_index([*index, *across])["cell"].unstack(across)
    years = sorted(cells["year"].unique())
    keys = _across_keys(measures, [] if by_year else years, shown)
    wide = wide.reindex(columns=pd.MultiIndex.from_tuples(keys, names=across))
    frame = wide.astype(object).where(wide.notna(), mark("no_report", language)).reset_index()
    heads = [Column((heading(name, language),), "text") for name in index]
    described = [_figure_column(key, measures, language, len(shown) > 1) for key in keys]
    return Table(frame, (*heads, *described), heading("comparison", language), frozen=1)


def _across_keys(
    measures: Sequence[Measure], years: Sequence[int], shown: Sequence[Shown]
) -> list[tuple[str | int, ...]]:
    keys: list[tuple[str | int, ...]] = []
    for measure in measures:
        kinds = [k for k in shown if k == "value" or _applies_to(k, measure)]
        places: list[tuple[int, ...]] = [(int(year),) for year in years] or [()]
        keys += [(measure.code, *place, kind) for place in places for kind in kinds]
    return keys


def _applies_to(kind: Shown, measure: Measure) -> bool:
    if kind in ("numerator", "denominator"):
        return measure.is_rate
    return kind != "change_percent" or not measure.is_rate


def _figure_column(
    key: tuple[str | int, ...], measures: Sequence[Measure], language: Language, several: bool
) -> Column:
    measure = next(m for m in measures if m.code == key[0])
    title = _measure_head(measure, language)
    middle = tuple(str(part) for part in key[1:-1])
    tail = (heading(str(key[-1]), language),) if several else ()
    return Column((title, *middle, *tail), figure_style(measure, str(key[-1])))


def _measure_head(measure: Measure, language: Language) -> str:
    left, right = ("（", "）") if language == "zh" else (" (", ")")
    return f"{measure.label(language)}{left}{measure.unit_label(language)}{right}"


def figure_style(measure: Measure, shown: str = "value") -> Style:
    """Say how a measure's numbers are written."""
    if shown in ("numerator", "denominator"):
        return "count"
    if shown == "change_percent":
        return "points"
    if shown == "change":
        return "points" if measure.is_rate else "change"
    if measure.is_rate:
        return "percent" if measure.unit == "%" else "ratio"
    return "decimal" if measure.is_amount else "count"


def _agencies_across(
    cells: pd.DataFrame, measures: Sequence[Measure], shown: Sequence[Shown], language: Language
) -> Table:
    wide = cells.set_index(["measure", "year", "shown", "agency"])["cell"].unstack("agency")
    keys = _across_keys(measures, sorted(cells["year"].unique()), shown)
    wide = wide.reindex(index=pd.MultiIndex.from_tuples(keys))
    body = wide.astype(object).where(wide.notna(), mark("no_report", language))
    by_code = {m.code: m for m in measures}
    frame = body.reset_index(drop=True)
    frame.insert(0, "measure", [_measure_head(by_code[str(key[0])], language) for key in keys])
    frame.insert(1, "year", [key[1] for key in keys])
    leading = ["measure", "year"]
    if len(shown) > 1:
        frame.insert(2, "shown", [heading(str(key[2]), language) for key in keys])
        leading.append("shown")
    heads = [Column((heading(name, language),), "text") for name in leading]
    agencies = [Column((str(name),), "count") for name in wide.columns]
    styles = tuple(figure_style(by_code[str(key[0])], str(key[2])) for key in keys)
    sheet = heading("comparison", language)
    return Table(frame, (*heads, *agencies), sheet, len(leading), styles)
