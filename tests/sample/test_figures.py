from __future__ import annotations

import re
import unicodedata
from random import Random

import pytest

from etl.form import EDITIONS, TABLE_SECTIONS, Identity, edition_for_year, load_form
from etl.sample.figures import make_figures, on_other_form
from etl.sample.model import Agency, Figures
from etl.sample.roster import make_roster
from tests.sample.conftest import Corpus, Row

YEARS = (2019, 2024)
Series = dict[tuple[str, int], Figures]
Cells = dict[tuple[int, str, str], Row]


@pytest.fixture(scope="module")
def roster() -> list[Agency]:
    return make_roster(56, YEARS)


@pytest.fixture(scope="module")
def figures(roster: list[Agency]) -> Series:
    return make_figures(roster, YEARS, seed=7)


def groups_of(identity: Identity, edition: str) -> list[str]:
    """The codes of the other axis, one for each time the identity must hold."""
    form = load_form("2019" if edition == "2019" else "2021")
    if identity.axis == "item":
        return [head.party for head in form.section_heads(identity.section)]
    return [line.item for line in form.section_lines(identity.section)]


def key(identity: Identity, code: str, other: str) -> tuple[int, str, str]:
    pair = (code, other) if identity.axis == "item" else (other, code)
    return (identity.section, *pair)


def test_true_figures_satisfy_every_identity(figures: Series) -> None:
    for own in figures.values():
        for identity in load_form(own.edition).identities:
            for other in groups_of(identity, own.edition):
                left = sum(own.values[key(identity, code, other)] for code in identity.left)
                right = sum(own.values[key(identity, code, other)] for code in identity.right)
                assert left == right


def test_true_figures_carry_over(roster: list[Agency], figures: Series) -> None:
    carried = 0.0
    for agency in roster:
        for year in range(agency.reports_from + 1, agency.reports_to + 1):
            before, now = figures[agency.agency, year - 1], figures[agency.agency, year]
            for head in load_form(now.edition).section_heads(3):
                carried_in = now.values[3, "carried_in", head.party]
                assert carried_in == before.values[3, "carried_out", head.party]
                carried += carried_in
    assert carried > 100


def test_documents_in_force_follow_the_ledger(roster: list[Agency], figures: Series) -> None:
    for agency in roster:
        for year in range(max(2021, agency.reports_from) + 1, agency.reports_to + 1):
            before, now = figures[agency.agency, year - 1].values, figures[agency.agency, year]
            row = {p: now.values[2, "normative_document", p] for p in ("issued", "repealed")}
            due = before[2, "normative_document", "in_force"] + row["issued"] - row["repealed"]
            assert now.values[2, "normative_document", "in_force"] == due


def test_roll_up_is_the_sum_of_the_children(roster: list[Agency], figures: Series) -> None:
    county = roster[0]
    assert county.scope == "rollup"
    children = [agency for agency in roster if agency.parent == county.agency]
    assert len(children) > 20
    for year in range(YEARS[0], YEARS[1] + 1):
        for cell in load_form(edition_for_year(year)).cells:
            code = (cell.section, cell.item, cell.party)
            parts = [figures[c.agency, year].values[code] for c in children if c.active(year)]
            total = figures[county.agency, year].values[code]
            assert total == pytest.approx(sum(parts), abs=1e-6)


def test_some_bodies_truly_have_nothing(roster: list[Agency], figures: Series) -> None:
    idle = [
        a for a in roster if not any(figures[a.agency, 2023].values.values()) and a.active(2023)
    ]
    assert idle
    assert {agency.level for agency in idle} == {"乡级"}


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_other_form_keeps_what_both_print(
    roster: list[Agency], figures: Series, year: int
) -> None:
    for agency in (a for a in roster if a.scope == "agency" and a.active(year)):
        own = figures[agency.agency, year]
        before = figures.get((agency.agency, year - 1))
        other = on_other_form(own, before, agency, Random(1))
        assert {own.edition, other.edition} == set(EDITIONS)
        cells = load_form(other.edition).cells
        assert list(other.values) == [(cell.section, cell.item, cell.party) for cell in cells]
        assert all(
            other.values[key] == own.values[key] for key in own.values if key in other.values
        )
        for identity in load_form(other.edition).identities:
            for code in groups_of(identity, other.edition):
                sides = (identity.left, identity.right)
                left, right = (sum(other.values[key(identity, c, code)] for c in s) for s in sides)
                assert left == right


def failing(report: Row, cells: Cells) -> set[tuple[str, str | None, str | None]]:
    """(rule, item, party) of each identity that all of its cells are numbers for and that fails."""
    found: set[tuple[str, str | None, str | None]] = set()
    for identity in load_form(report["form"]).identities:
        for other in groups_of(identity, report["form"]):
            sides = [
                [cells[key(identity, code, other)]["value"] for code in side]
                for side in (identity.left, identity.right)
            ]
            if None not in sides[0] + sides[1] and sum(sides[0]) != sum(sides[1]):
                item, party = (None, other) if identity.axis == "item" else (other, None)
                found.add((identity.rule, item, party))
    return found


def test_listed_faults_of_arithmetic_are_exactly_the_failing_identities(corpus: Corpus) -> None:
    rules = {identity.rule for edition in EDITIONS for identity in load_form(edition).identities}
    total = 0
    for report in corpus.reports:
        listed = {
            (row["rule"], row["item"], row["party"])
            for row in corpus.faults_of(report)
            if row["rule"] in rules
        }
        assert failing(report, corpus.cells_of(report)) == listed
        total += len(listed)
    assert total >= 8


def test_listed_breaks_of_the_carry_over_are_exactly_those_printed(corpus: Corpus) -> None:
    carried = {
        (row["agency"], row["scope"], row["year"], row["item"], row["party"]): row["value"]
        for row in corpus.cells
        if row["item"] in ("carried_in", "carried_out")
    }
    broken = set()
    for (agency, scope, year, item, party), value in carried.items():
        before = carried.get((agency, scope, year - 1, "carried_out", party))
        if item == "carried_in" and None not in (value, before) and value != before:
            broken.add((agency, scope, year, party))
    listed = [r for r in corpus.faults if r["rule"] == "carry-over"]
    assert broken == {(r["agency"], r["scope"], r["year"], r["party"]) for r in listed}


def test_zero_rules_follow_from_the_printed_cells(corpus: Corpus) -> None:
    for report in corpus.reports:
        cells = corpus.cells_of(report)
        values = {
            section: [
                r["value"] for k, r in cells.items() if k[0] == section and r["value"] is not None
            ]
            for section in TABLE_SECTIONS
        }
        every = [value for section in TABLE_SECTIONS for value in values[section]]
        expected = {
            "all-zero": bool(every) and not any(every),
            "all-blank": not every,
            "disclosure-all-zero": bool(values[2]) and not any(values[2]),
            "requests-all-zero": bool(values[3]) and not any(values[3]),
        }
        listed = {row["rule"] for row in corpus.faults_of(report)}
        assert {rule for rule, holds in expected.items() if holds} == listed & set(expected)


def test_raw_text_means_the_value(corpus: Corpus) -> None:
    for row in corpus.cells:
        if row["state"] == "number":
            text = unicodedata.normalize("NFKC", row["raw"]).replace(",", "")
            printed = float(re.sub(r"[件项元]$", "", text))
            scale = 10_000 if text.endswith("元") else 1
            assert printed == pytest.approx(row["value"] * scale)
        elif row["state"] in ("blank", "absent"):
            assert row["raw"] == ""
        else:
            assert row["raw"] != ""
