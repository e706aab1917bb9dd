from __future__ import annotations

import re
from collections import Counter
from functools import cache
from random import Random

import pytest

from benchmarks.fuzz import lines, markup
from benchmarks.fuzz.inner import open_inner
from benchmarks.fuzz.oracle import check
from benchmarks.fuzz.run import Verdict, run_variants, try_variant
from benchmarks.fuzz.seeds import number_cells, readable_seeds
from benchmarks.fuzz.variants import Variant, damages, make_variant
from benchmarks.score.truth import Case
from etl.read_report import read_reports
from etl.sample.varieties import base_report, find_variety, varieties

SEEDS_KEPT = ("plain", "form-2019", "portal", "sheets", "repeated", "lines", "bare-pipes")
VARIANTS = 400
TABLE = (
    "<table><tr><td rowspan='2'>a</td><td colspan='2'>b</td><td>c</td></tr>"
    "<tr><td>1</td><td>2</td><td>3</td></tr></table>"
)


@pytest.fixture(autouse=True)
def without_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOUJI_SOFFICE", "")


@cache
def seeds() -> tuple[Case, ...]:
    chosen = [
        variety
        for variety in varieties()
        if variety.outcome == "exact" and variety.name in SEEDS_KEPT and variety.format != "png"
    ]
    return tuple(readable_seeds(4, chosen))


def cells_of(text: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", text)
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]


def test_every_format_has_a_seed_that_is_read_exactly() -> None:
    assert {seed.format for seed in seeds()} == {v.format for v in varieties()} - {"png", "zip"}


@pytest.mark.parametrize("batch", range(4))
def test_no_damage_puts_a_figure_into_a_wrong_cell(batch: int) -> None:
    numbers = range(batch * VARIANTS // 4, (batch + 1) * VARIANTS // 4)
    verdicts = [try_variant(seeds(), number) for number in numbers]
    wrong = [(v.number, fault) for v in verdicts for fault in v.faults]
    assert wrong == []
    assert Counter(verdict.outcome for verdict in verdicts)["read"] > len(verdicts) // 2


def test_a_variant_is_the_same_whenever_it_is_made() -> None:
    assert [make_variant(seeds(), n).data for n in range(40)] == [
        make_variant(seeds(), n).data for n in range(40)
    ]


def test_figures_of_a_seed_are_all_different_and_add_up() -> None:
    report = base_report(find_variety("html", "plain"), 1)
    cells = number_cells(report, Random(1))
    figures = [cell.raw for cell in cells.values() if cell.state == "number"]
    assert len(figures) == len(set(figures)) > 150
    assert {cell.state for cell in cells.values()} == {"number", "blank", "dash"}
    whole = ("received", "carried_in", "concluded", "carried_out")
    received, carried_in, concluded, carried_out = (cells[3, i, "total"].value or 0 for i in whole)
    assert received + carried_in == concluded + carried_out
    row = [cell.value or 0 for key, cell in cells.items() if key[:2] == (3, "granted")]
    assert sum(row[:-1]) == row[-1]


def test_the_oracle_knows_a_figure_of_another_cell_and_one_that_is_printed_nowhere() -> None:
    seed = next(seed for seed in seeds() if seed.format == "md")
    first, second = (
        f"{cell.value:.0f}"
        for key, cell in seed.truth[0].cells.items()
        if key in ((4, "upheld", "reconsideration"), (4, "pending", "reconsideration"))
    )
    for text, kind in ((second, "figure of another cell"), ("4321", "figure of no cell")):
        data = re.sub(rf"\b{first}\b", text, seed.data.decode()).encode()
        variant = Variant(seed, "drop_row", data)
        found = {fault.kind for fault in check(variant, read_reports(data, seed.name))}
        assert found == {kind}
    altered = Variant(seed, "alter_digit", seed.data.replace(first.encode(), b"4321"))
    assert not list(check(altered, read_reports(altered.data, seed.name)))


def test_a_column_goes_missing_under_spans_and_beside_hanging_cells() -> None:
    class Second(Random):
        def randrange(self, *_: int) -> int:  # type: ignore[override]
            return 2

    damaged = markup.drop_column(TABLE, Second(), markup.DIALECTS["html"])
    assert damaged is not None
    assert cells_of(damaged) == [["a", "b", "c"], ["1", "3"]]
    assert 'colspan="1"' in damaged


@pytest.mark.parametrize("damage", markup.MARKUP_DAMAGE, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
def test_markup_damage_changes_something_or_says_that_it_cannot(
    kind: str, damage: markup.Damage
) -> None:
    seed = next(seed for seed in seeds() if seed.format == kind)
    inner = open_inner(seed.data, kind, Random(1))
    assert inner is not None
    changed = [damage(inner.text, Random(n), markup.DIALECTS[kind]) for n in range(8)]
    widths_only = damage in (markup.merge_cells, markup.widen_cell)
    assert any(new is not None and new != inner.text for new in changed) or (
        kind == "xlsx" and (widths_only or damage is markup.drop_label)
    )


@pytest.mark.parametrize("damage", lines.LINE_DAMAGE, ids=lambda damage: damage.__name__)
def test_line_damage_changes_a_delimited_text(damage: lines.Damage) -> None:
    seed = next(seed for seed in seeds() if seed.format == "csv")
    text = seed.data.decode("utf-8")
    assert any(damage(text, Random(n)) not in (None, text) for n in range(8))


def test_every_format_is_damaged_in_bytes_and_most_in_what_they_hold() -> None:
    assert len(damages("doc")) == 6
    assert all(len(damages(kind)) > 9 for kind in ("pdf", "txt", "html", "mht", "docx", "xlsx"))


def test_processes_try_every_variant_once() -> None:
    verdicts: list[Verdict] = list(run_variants(seeds()[:3], 12, processes=2))
    assert sorted(verdict.number for verdict in verdicts) == list(range(12))
    assert not any(verdict.outcome in ("hang", "death", "crash") for verdict in verdicts)


def test_a_document_that_takes_too_long_is_a_hang() -> None:
    (verdict,) = run_variants(seeds()[:1], 1, processes=1, patience=0.0)
    assert verdict.outcome == "hang"
    assert [fault.kind for fault in verdict.faults] == ["hang"]
