"""One agency: who it is, its reports, their printed cells, findings and claims."""

from __future__ import annotations

import pandas as pd

from dashboard.rows import records
from dashboard.warehouse import Warehouse
from etl.form import Form, as_edition, load_form
from etl.reading import CellReading

Key = tuple[int, str, str]


def read_agency(warehouse: Warehouse, agency_id: int) -> pd.Series | None:
    """The agency's row with its parent's name, or None when there is no such agency."""
    found = warehouse.query(
        "select agency.*, parent.agency as parent from agency "
        "left join agency as parent on parent.agency_id = agency.parent_id "
        "where agency.agency_id = ?",
        [agency_id],
    )
    return found.iloc[0] if len(found) else None


def read_reports(warehouse: Warehouse, agency_id: int) -> pd.DataFrame:
    """Its reports, the newest first, each with its file; a roll-up after the agency's own."""
    return warehouse.query(
        "select report.report_id, report.year, report.form, report.scope::varchar as scope, "
        "report.title, report.published_on, min(source.path) as path, "
        "min(source.format) as format "
        "from report left join source "
        "on source.source_id = report.source_id and source.status = 'loaded' "
        "where report.agency_id = ? group by all order by report.year desc, scope",
        [agency_id],
    )


def read_cells(warehouse: Warehouse, report_id: int) -> tuple[Form, dict[Key, CellReading]]:
    """The form of a report and its printed cells by (section, item, party).

    Raises LookupError when there is no such report.
    """
    found = warehouse.query(
        "select report.form, generate_subscripts(reading.cell_states, 1) as number, "
        "unnest(reading.cell_values) as value, unnest(reading.cell_states)::varchar as state, "
        "unnest(reading.cell_raws) as raw, unnest(reading.cell_places) as place "
        "from report join reading using (reading_id) where report.report_id = ?",
        [report_id],
    )
    if found.empty:
        raise LookupError(f"no report {report_id}")
    form = load_form(as_edition(found["form"].iloc[0]))
    cells = {}
    for row in records(found):
        printed = form.cells[int(row["number"]) - 1]
        value = float(row["value"]) if row["state"] == "number" else None
        reading = CellReading(row["state"], value, row["raw"] or "", row["place"] or "")
        cells[printed.section, printed.item, printed.party] = reading
    return form, cells


def read_claims(warehouse: Warehouse, report_id: int) -> pd.DataFrame:
    """What the prose of a report states, with the quotes."""
    return warehouse.query(
        "select measure, channel, value, approximate, derived, quote, place "
        "from claim where report_id = ? order by measure, channel nulls first",
        [report_id],
    )


def read_agency_findings(warehouse: Warehouse, agency_id: int) -> pd.DataFrame:
    """All findings of the agency, the newest year and the gravest first."""
    return warehouse.query(
        "select finding.*, rule.title_zh, rule.title_en from finding left join rule using (rule) "
        "where agency_id = ? order by year desc, finding.severity, rule, finding_id",
        [agency_id],
    )


def read_suspects(warehouse: Warehouse, report_id: int) -> pd.DataFrame:
    """Cells of a report thought wrong, fault by fault, the likeliest first.

    Rows of one fault and solution belong together; solutions of one rank are equally likely. Fault
    0 holds cells without a number for which the sums leave one value.
    """
    return warehouse.query(
        "select fault, rank, solution, section, item, party, printed, proposed, explains, "
        "determined from suspect where report_id = ? "
        "order by fault = 0, fault, rank, solution, section, item, party",
        [report_id],
    )


def read_corrections(warehouse: Warehouse, report_id: int) -> pd.DataFrame:
    """Figures of a report that the office has put right, with the reason."""
    return warehouse.query(
        "select section, item, party, value, reason, who, recorded_on from correction "
        "where report_id = ? order by section, item, party",
        [report_id],
    )


def read_request_trend(warehouse: Warehouse, agency_id: int, scope: str) -> pd.DataFrame:
    """Requests received and concluded by year; null where the report prints no number."""
    return warehouse.query(
        "select year, received, concluded from requests "
        "where agency_id = ? and party = 'total' and scope = ? order by year",
        [agency_id, scope],
    )
