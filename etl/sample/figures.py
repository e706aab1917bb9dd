"""True figures of every agency and year, consistent along every sum and over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from etl.form import Form, edition_for_year, load_form
from etl.sample.chance import chance, draw_count, share_out
from etl.sample.model import Agency, Figures, Key
from etl.sample.tables import weights

AMOUNT_DECIMALS = 4
_ROUTES = ("reconsideration", "litigation_direct", "litigation_after")
_DISPUTES_PER_REQUEST = 0.06
_DIRECT_SHARE = 0.35
_SUED_AFTER = 0.2
_STILL_PENDING = 0.2
_COERCIVE_POWERS = 23


@dataclass
class _Ledger:
    """What a year hands on to the next one."""

    carried_out: dict[str, int]
    pending: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_ROUTES, 0))
    decided: int = 0
    in_force: int = 0
    power_items: dict[str, int] = field(default_factory=dict)
    trend: float = 1.0


def make_figures(
    agencies: Sequence[Agency], years: tuple[int, int], seed: int
) -> dict[tuple[str, int], Figures]:
    """(titled, year) → true figures; a government's roll-up is the sum over its children."""
    found: dict[tuple[str, int], Figures] = {}
    for agency in agencies:
        if agency.scope == "agency":
            for year, figures in _series(agency, years, seed).items():
                found[agency.titled, year] = figures
    for agency in agencies:
        if agency.scope == "rollup":
            children = [child for child in agencies if child.parent == agency.agency]
            for year in range(agency.reports_from, agency.reports_to + 1):
                parts = [found[c.titled, year] for c in children if c.active(year)]
                found[agency.titled, year] = _sum_up(parts, year)
    return found


def _sum_up(parts: Sequence[Figures], year: int) -> Figures:
    form = load_form(edition_for_year(year))
    values: dict[Key, float] = {}
    for cell in form.cells:
        key = (cell.section, cell.item, cell.party)
        values[key] = round(sum(part.values[key] for part in parts), AMOUNT_DECIMALS)
    return Figures(form.edition, values, sum(part.items for part in parts))


def without_part(whole: Figures, part: Figures) -> Figures:
    """A sum of figures less one of its parts."""
    values = {
        key: round(value - part.values[key], AMOUNT_DECIMALS) for key, value in whole.values.items()
    }
    return Figures(whole.edition, values, whole.items - part.items)


def on_other_form(figures: Figures, before: Figures | None, agency: Agency, rng: Random) -> Figures:
    """The same year on the form of the other edition; what both editions print stays as it is.

    Items of the power list go on from those of the year ``before`` where that one prints them.
    """
    form = load_form("2019" if figures.edition == "2021" else "2021")
    true = figures.values
    values: dict[Key, float] = {(c.section, c.item, c.party): 0 for c in form.cells}
    ledger = _opening(agency, (agency.reports_from, agency.reports_to), rng)
    if form.edition == "2019":
        if before and before.edition == "2019":
            for item in ledger.power_items:
                items = (before.values[2, item, "previous"], before.values[2, item, "change"])
                ledger.power_items[item] = int(sum(items))
        _fill_power_items(values, agency, ledger, rng)
        issued = true[2, "normative_document", "issued"]
        in_force = max(issued, true[2, "normative_document", "in_force"])
        row = {"made": issued, "disclosed": issued, "disclosed_total": in_force}
    else:
        _fill_volumes(values, agency, ledger, rng)
        issued = true[2, "normative_document", "made"]
        row = {"issued": issued, "in_force": true[2, "normative_document", "disclosed_total"]}
    for party, value in row.items():
        values[2, "normative_document", party] = value
    _merge_outcomes(values, true, form)
    return Figures(form.edition, values, figures.items)


def _merge_outcomes(values: dict[Key, float], true: dict[Key, float], form: Form) -> None:
    """What both forms print; outcomes that this one doesn't have go to its last of its own."""
    catch_all = [key for key in values if key[0] == 3 and key not in true][-1][1]
    for key, value in true.items():
        section, _, party = key
        if key in values:
            values[key] = value
        elif section == 3:
            values[3, catch_all, party] += value


def _series(agency: Agency, years: tuple[int, int], seed: int) -> dict[int, Figures]:
    ledger = _opening(agency, years, chance(seed, "opening", agency.titled))
    series = {}
    for year in range(agency.reports_from, agency.reports_to + 1):
        rng = chance(seed, "figures", agency.titled, year)
        closing = year == agency.reports_to < years[1]
        series[year] = _one_year(agency, year, ledger, rng, closing)
    return series


def _opening(agency: Agency, years: tuple[int, int], rng: Random) -> _Ledger:
    """The state before the first year; a body founded later starts with nothing."""
    profile = agency.profile
    old = agency.reports_from == years[0]
    carried = draw_count(rng, profile.requests * profile.carry) if old else 0
    # Far from the decisions of a usual year, which stand beside them.
    power_items = {
        "licence": min(60, profile.licences // 40 + 30) if profile.licences else 0,
        "other_service": profile.services,
        "penalty": min(420, profile.penalties // 4 + 160) if profile.penalties else 0,
        "coercion": _COERCIVE_POWERS if profile.coercions else 0,
        "fee": 1 + int(profile.fee_wan // 200) if profile.fee_wan else 0,
    }
    return _Ledger(
        carried_out=share_out(rng, carried, weights("applicant")),
        in_force=draw_count(rng, profile.normative) if old else 0,
        power_items=power_items,
    )


def _one_year(agency: Agency, year: int, ledger: _Ledger, rng: Random, closing: bool) -> Figures:
    form = load_form(edition_for_year(year))
    values: dict[Key, float] = {(c.section, c.item, c.party): 0 for c in form.cells}
    ledger.trend *= rng.lognormvariate(0.03, 0.12)
    received = _fill_requests(values, form, agency, ledger, rng, closing)
    _fill_cases(values, received, ledger, rng)
    _fill_documents(values, form, agency, ledger, rng)
    if form.edition == "2019":
        _fill_power_items(values, agency, ledger, rng)
    else:
        _fill_volumes(values, agency, ledger, rng)
    items = draw_count(rng, agency.profile.items * ledger.trend)
    return Figures(form.edition, values, items)


def _fill_requests(
    values: dict[Key, float],
    form: Form,
    agency: Agency,
    ledger: _Ledger,
    rng: Random,
    closing: bool,
) -> int:
    """Section 3 of one year; returns the requests received. A closing body carries none over."""
    count = draw_count(rng, agency.profile.requests * ledger.trend)
    outcomes = {line.item for line in form.section_lines(3)} & set(weights("outcome"))
    odds = {item: weight for item, weight in weights("outcome").items() if item in outcomes}
    carry = 0.0 if closing else agency.profile.carry
    for party, received in share_out(rng, count, weights("applicant")).items():
        load = received + ledger.carried_out[party]
        carried_out = sum(rng.random() < carry for _ in range(load))
        column = {
            "received": received,
            "carried_in": ledger.carried_out[party],
            **share_out(rng, load - carried_out, odds),
            "concluded": load - carried_out,
            "carried_out": carried_out,
        }
        ledger.carried_out[party] = carried_out
        for item, value in column.items():
            values[3, item, party] = value
            values[3, item, "total"] += value
    return count


def _fill_cases(values: dict[Key, float], received: int, ledger: _Ledger, rng: Random) -> None:
    """Section 4: cases pending last year are counted again; suits follow what was reconsidered."""
    disputes = draw_count(rng, received * _DISPUTES_PER_REQUEST)
    direct = sum(rng.random() < _DIRECT_SHARE for _ in range(disputes))
    after = sum(rng.random() < _SUED_AFTER for _ in range(ledger.decided))
    new = {"litigation_direct": direct, "litigation_after": after}
    for route in _ROUTES:
        total = ledger.pending[route] + new.get(route, disputes - direct)
        pending = sum(rng.random() < _STILL_PENDING for _ in range(total))
        results = share_out(rng, total - pending, weights("case"))
        for item, value in {**results, "pending": pending, "case_total": total}.items():
            values[4, item, route] = value
        ledger.pending[route] = pending
        if route == "reconsideration":
            ledger.decided = total - pending


def _fill_documents(
    values: dict[Key, float], form: Form, agency: Agency, ledger: _Ledger, rng: Random
) -> None:
    """Normative documents; a county body makes no rules, so the row of rules stays 0."""
    issued = draw_count(rng, agency.profile.normative * 0.12)
    repealed = min(ledger.in_force, draw_count(rng, agency.profile.normative * 0.1))
    ledger.in_force += issued - repealed
    names = {
        "2019": {"made": issued, "disclosed": issued, "disclosed_total": ledger.in_force},
        "2021": {"issued": issued, "repealed": repealed, "in_force": ledger.in_force},
    }
    for party, value in names[form.edition].items():
        values[2, "normative_document", party] = value
    if form.edition == "2019":
        values[2, "normative_document", "disclosed_total"] = max(issued, ledger.in_force)


def _volume(rng: Random, mean: float, trend: float) -> int:
    return draw_count(rng, mean * trend * rng.lognormvariate(0, 0.05))


def _fill_volumes(values: dict[Key, float], agency: Agency, ledger: _Ledger, rng: Random) -> None:
    profile = agency.profile
    for item, mean in _decision_means(agency).items():
        if item != "other_service":
            values[2, item, "decisions"] = _volume(rng, mean, ledger.trend)
    amount = profile.fee_wan * ledger.trend * rng.lognormvariate(0, 0.08)
    values[2, "fee", "amount"] = round(amount, rng.choice((2, 2, 2, 4)))


def _fill_power_items(
    values: dict[Key, float], agency: Agency, ledger: _Ledger, rng: Random
) -> None:
    """Section 2 of the 2019 edition, whose first two columns count items of the power list."""
    means = _decision_means(agency)
    for item, previous in ledger.power_items.items():
        change = _change(rng, previous)
        values[2, item, "previous"] = previous
        values[2, item, "change"] = change
        ledger.power_items[item] = previous + change
        if item in means:
            values[2, item, "decisions"] = _volume(rng, means[item], ledger.trend)
    spent = agency.profile.procurement_wan * ledger.trend * rng.lognormvariate(0, 0.2)
    values[2, "procurement", "projects"] = draw_count(rng, spent / 12)
    if values[2, "procurement", "projects"]:
        values[2, "procurement", "amount"] = round(spent, 2)


def _change(rng: Random, previous: int) -> int:
    if not previous or rng.random() < 0.55:
        return 0
    return max(-previous, rng.choice((-7, -4, -3, -2, -1, 1, 2, 3, 5)))


def _decision_means(agency: Agency) -> dict[str, float]:
    profile = agency.profile
    return {
        "licence": profile.licences,
        "other_service": profile.services * 21,
        "penalty": profile.penalties,
        "coercion": profile.coercions,
    }
