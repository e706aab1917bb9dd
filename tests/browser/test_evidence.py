"""From a finding in the list to the cell that the report prints."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from duckdb import DuckDBPyConnection
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.driver import Server, select_row, wait_until_drawn
from tests.browser.steps import expect_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@dataclass(frozen=True)
class Mismatch:
    """A row of the form whose applicants don't add up, as the warehouse has it."""

    agency: str
    year: int
    message: str
    path: str
    total: str
    place: str
    terms: int


def worst_mismatch(warehouse: DuckDBPyConnection) -> Mismatch:
    """The largest difference between a total and its applicants; ``terms`` counts what is in it."""
    row = warehouse.execute(
        """
        select agency.agency, f.year, f.message_zh, source.path, total.raw, total.place,
               (select count(*) from cell
                where cell.report_id = f.report_id and cell.item = f.item and cell.value <> 0)
        from finding f
        join agency using (agency_id)
        join report using (report_id)
        join source on source.source_id = report.source_id and source.status = 'loaded'
        join cell total on total.report_id = f.report_id and total.item = f.item
                       and total.party = 'total'
        where f.rule = 'applicant-total' and f.scope = 'agency'
        order by abs(f.delta) desc limit 1
        """
    ).fetchone()
    assert row is not None
    return Mismatch(*row)


def flagged(table: Locator, reason: str) -> list[tuple[str, str]]:
    """The figures that a statutory table marks for this reason, each with all of its title."""
    cells = table.locator("td.g-flag").all()
    marked = [(cell.inner_text(), cell.get_attribute("title") or "") for cell in cells]
    return [(figure, title) for figure, title in marked if reason in title.splitlines()]


def expect_total_flagged(tab: Page, mismatch: Mismatch) -> None:
    table = tab.locator("table.g-section-3")
    expect(table).to_be_visible()
    marked = flagged(table, mismatch.message)
    assert len(marked) == mismatch.terms
    totals = [figure for figure, title in marked if mismatch.place in title.splitlines()]
    assert totals == [mismatch.total]


def test_a_finding_leads_to_the_printed_cell(
    visitor: Visitor,
    colleague: Visitor,
    server: Server,
    sample_warehouse: DuckDBPyConnection,
) -> None:
    mismatch = worst_mismatch(sample_warehouse)
    tab = visitor.open(server.url("findings", rule="applicant-total"))

    select_row(tab.get_by_test_id("stDataFrame"), mismatch.agency, str(mismatch.year))
    link = tab.get_by_role("link", name=mismatch.agency)
    expect(link).to_be_visible()
    wait_until_drawn(tab)
    main = tab.get_by_test_id("stMain")
    expect(main.get_by_role("heading", name="申请人合计不符")).to_be_visible()
    expect(main.get_by_text(mismatch.path)).to_be_visible()
    expect_total_flagged(tab, mismatch)

    expect(tab).to_have_url(re.compile(r"[?&]finding=[^&]+"))
    copied = colleague.open(tab.url)
    expect(copied.get_by_role("heading", name="申请人合计不符")).to_be_visible()
    expect(copied.get_by_role("link", name=mismatch.agency)).to_be_visible()
    expect_total_flagged(copied, mismatch)

    link.click()
    expect_page(tab, "agency")
    chosen = main.get_by_role("combobox", name="机关", exact=True)
    expect(chosen).to_have_value(mismatch.agency)
    expect(main.get_by_role("combobox", name="报告")).to_have_value(f"{mismatch.year} 年")
    expect_total_flagged(tab, mismatch)
