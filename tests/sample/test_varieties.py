"""The catalogue of varieties, and what its steps do to a report, judged without any reader."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.form import EDITIONS, Edition, load_form
from etl.sample.blocks import TableBlock, blocks_of
from etl.sample.layout import Table, place, table_of, width_of
from etl.sample.model import Key, SampleReport
from etl.sample.specimen import make_specimen
from etl.sample.steps import STEPS
from etl.sample.steps.edit import cut
from etl.sample.tables import read_rows
from etl.sample.varieties import (
    Variety,
    apply_steps,
    base_report,
    find_variety,
    make_specimen_file,
    render,
    truth,
    varieties,
)
from etl.sample.writers import WRITERS

RAGGED = {"lost-cell", "extra-cell"}
STEPPED = list({(v.steps, v.base): v for v in varieties() if v.steps}.values())
OUTSIDE = {"second-report", "second-year"}


def tables(report: SampleReport) -> list[Table]:
    own = blocks_of(replace(report, companion=None))
    return [block.table for block in own if isinstance(block, TableBlock)]


def keys(report: SampleReport) -> list[Key]:
    return [box.key for table in tables(report) for row in table for box in row if box.key]


def test_format_and_name_tell_a_variety() -> None:
    pairs = Counter((variety.format, variety.name) for variety in varieties())
    assert set(pairs.values()) == {1}
    assert {kind for kind, _ in pairs} == set(WRITERS)
    for variety in varieties():
        assert variety.description
        assert variety.origin
        assert variety.edition in ("", *EDITIONS)


def test_every_step_is_used_and_known() -> None:
    planted = {step for row in read_rows("faults.csv") for step in row["steps"].split()} - {"-"}
    assert {step for variety in varieties() for step in variety.steps} | planted == set(STEPS)


def test_an_unknown_variety_is_no_variety() -> None:
    with pytest.raises(KeyError, match="no variety"):
        find_variety("pdf", "knitted")


@pytest.mark.parametrize("variety", STEPPED, ids=lambda variety: variety.name)
def test_steps_keep_tables_whole_and_print_no_cell_twice(variety: Variety) -> None:
    report = base_report(variety, 3)
    printed = apply_steps(report, variety)
    assert max(Counter(keys(printed)).values(), default=1) == 1
    for table in tables(printed):
        widths = {sum(cell.box.column_span for cell in row) for row in place(table)}
        assert widths == {width_of(table)} or set(variety.steps) & RAGGED
    assert printed != report


@pytest.mark.parametrize("variety", STEPPED, ids=lambda variety: variety.name)
def test_the_truth_is_what_the_boxes_print(variety: Variety) -> None:
    report = base_report(variety, 4)
    printed = apply_steps(report, variety)
    shown = set(keys(printed))
    assert list(printed.cells) == list(report.cells)
    for key, cell in printed.cells.items():
        assert (cell.state != "absent") == (key in shown)
        assert (cell.value is not None) == (cell.state == "number")
        assert bool(cell.raw.strip()) == (cell.state not in ("blank", "absent"))


@pytest.mark.parametrize("kind", sorted(set(WRITERS) - {"png"}))
def test_equal_arguments_make_equal_bytes(kind: str) -> None:
    report = make_specimen(8)
    assert render(report, kind, next(v.name for v in varieties() if v.format == kind)) == render(
        report, kind, next(v.name for v in varieties() if v.format == kind)
    )


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.sampled_from(EDITIONS))
def test_the_sums_of_a_specimen_hold(seed: int, edition: Edition) -> None:
    form = load_form(edition)
    values = {
        key: cell.value or 0 for key, cell in make_specimen(seed, 2022, edition).cells.items()
    }
    for rule in form.identities:
        others = {
            "item": {head.party for head in form.section_heads(rule.section)},
            "party": {line.item for line in form.section_lines(rule.section)},
        }[rule.axis]
        for other in others:
            pairs = {
                code: (code, other) if rule.axis == "item" else (other, code)
                for code in (*rule.left, *rule.right)
            }
            left = sum(values[rule.section, *pairs[code]] for code in rule.left)
            assert left == sum(values[rule.section, *pairs[code]] for code in rule.right)


def test_figures_of_a_specimen_tell_cells_apart() -> None:
    cells = make_specimen(11).cells.values()
    counts = Counter(cell.value for cell in cells if cell.value)
    assert len(counts) > 60
    assert sum(counts.values()) / len(counts) < 1.6


@given(st.integers(1, 27))
def test_a_cut_loses_no_figure_and_repeats_no_label(row: int) -> None:
    table = table_of(make_specimen(2), 3)
    above, below = cut(table, row)
    boxes = [box for part in (above, below) for line in part for box in line]
    whole = [box for line in table for box in line]
    assert [box.key for box in boxes if box.key] == [box.key for box in whole if box.key]
    assert [box.text for box in boxes if box.text] == [box.text for box in whole if box.text]
    for part in (above, below):
        assert {sum(c.box.column_span for c in line) for line in place(part)} == {10}


@pytest.mark.parametrize("name", ["plain", "borderless", "landscape-open", "figures-last"])
def test_a_pdf_prints_every_figure(name: str) -> None:
    variety = find_variety("pdf", name)
    report = base_report(variety, 6)
    document = pypdfium2.PdfDocument(make_specimen_file(report, variety).content)
    words = Counter(
        word for page in document for word in page.get_textpage().get_text_range().split()
    )
    expected = Counter(cell.raw for cell in truth(report, "pdf", name).values() if cell.value)
    assert all(words[raw] >= count for raw, count in expected.items())


def test_a_scan_holds_no_text() -> None:
    try:
        content = render(make_specimen(6), "pdf", "scan")
    except ValueError:
        pytest.skip("no font with Chinese characters")
    document = pypdfium2.PdfDocument(content)
    assert all(not page.get_textpage().get_text_range().strip() for page in document)


def test_two_reports_in_a_file_have_a_truth_each() -> None:
    for name in OUTSIDE:
        variety = find_variety("txt", name)
        specimen = make_specimen_file(base_report(variety, 9), variety)
        first, second = specimen.truths
        assert (first.report.agency, first.report.year) != (
            second.report.agency,
            second.report.year,
        )
        text = specimen.content.decode()
        for one in specimen.truths:
            assert one.report.title in text
            assert all(f"\t{cell.raw}\n" in text for cell in one.cells.values())


def test_steps_of_equal_seed_are_equal() -> None:
    report = make_specimen(1)
    for name, step in STEPS.items():
        if name not in ("worded-changes", "notes", "other-documents"):
            assert step(report, Random(1)) == step(report, Random(1)), name
