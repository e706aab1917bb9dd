"""The form as data: its size, its sums, and its agreement with the official list of cells."""

from __future__ import annotations

import csv
from itertools import chain

import pytest

from etl.form import (
    EDITIONS,
    TABLE_SECTIONS,
    Edition,
    all_items,
    all_pairs,
    edition_for_year,
    groups,
    label_variants,
    load_form,
    section_headings,
)
from tests.shared import SHARED, needs_shared


@pytest.mark.parametrize(("edition", "cells"), [("2019", 198), ("2021", 200)])
def test_every_cell_is_declared_once(edition: Edition, cells: int) -> None:
    form = load_form(edition)
    assert len(form.cells) == cells
    assert len(form.numbers) == cells
    assert [cell.number for cell in form.cells] == list(range(1, cells + 1))


@pytest.mark.parametrize(("edition", "sizes"), [("2019", (22, 161, 15)), ("2021", (10, 175, 15))])
def test_sections_have_the_forms_size(edition: Edition, sizes: tuple[int, ...]) -> None:
    form = load_form(edition)
    assert tuple(len(form.section_cells(section)) for section in TABLE_SECTIONS) == sizes


@pytest.mark.parametrize("edition", EDITIONS)
def test_identities_name_cells_of_their_section(edition: Edition) -> None:
    form = load_form(edition)
    assert {identity.rule for identity in form.identities} == {
        "balance",
        "applicant-total",
        "outcome-total",
        "case-total",
    }
    for identity in form.identities:
        cells = form.section_cells(identity.section)
        known = {getattr(cell, identity.axis) for cell in cells}
        assert {*identity.left, *identity.right} <= known, identity.rule


@pytest.mark.parametrize("edition", EDITIONS)
def test_outcome_total_adds_up_every_outcome_once(edition: Edition) -> None:
    form = load_form(edition)
    (identity,) = (i for i in form.identities if i.rule == "outcome-total")
    outside = {"received", "carried_in", "concluded", "carried_out"}
    outcomes = [line.item for line in form.section_lines(3) if line.item not in outside]
    assert list(identity.left) == outcomes


def test_groups_and_variants_belong_to_something() -> None:
    lines = {line.item for edition in EDITIONS for line in load_form(edition).lines}
    heads = {head.party for edition in EDITIONS for head in load_form(edition).heads}
    assert set(label_variants("line")) <= lines
    assert set(label_variants("head")) <= heads
    assert {int(code) for code in label_variants("section")} <= set(section_headings())
    assert {int(code) for code in label_variants("numbered")} <= set(section_headings())
    wordings = [
        w for axis in ("section", "numbered") for w in chain(*label_variants(axis).values())
    ]
    assert len(wordings) == len(set(wordings))
    used = {line.group for edition in EDITIONS for line in load_form(edition).lines}
    used |= {head.group for edition in EDITIONS for head in load_form(edition).heads}
    used |= {group.parent for group in groups().values()}
    assert used - {""} == set(groups()) - {"corner", "subtotal"}


def test_every_label_stands_in_both_languages() -> None:
    for edition in EDITIONS:
        for cell in load_form(edition).cells:
            assert cell.line.label
            assert cell.line.label_en
            assert cell.head.label
            assert cell.head.label_en
            assert cell.head.unit in ("件", "项", "万元")


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021")])
def test_edition_follows_the_report_year(year: int, edition: str) -> None:
    assert edition_for_year(year) == edition


def test_no_edition_before_the_first_form() -> None:
    with pytest.raises(ValueError, match="2018"):
        edition_for_year(2018)


def test_codes_over_both_editions() -> None:
    assert {"other", "other_misc"} <= set(all_items(3))
    assert len(all_items(3)) == 26
    assert len(all_pairs(2)) == 29


@needs_shared
@pytest.mark.parametrize("edition", EDITIONS)
def test_agrees_with_the_official_list_of_cells(edition: Edition) -> None:
    with (SHARED / "spec" / "forms.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["edition"] == edition]
    form = load_form(edition)
    for cell, row in zip(form.cells, rows, strict=True):
        codes = (str(cell.section), cell.item, cell.party, cell.head.unit)
        assert codes == (row["section"], row["item"], row["party"], row["unit"])
        assert row["column_label"] == (cell.line.label if cell.section == 4 else cell.head.label)
        assert row["row_label"] == ("" if cell.section == 4 else cell.line.label)
