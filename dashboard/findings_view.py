"""The parts of the findings page."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal
from zlib import crc32

import pandas as pd
import streamlit as st

from dashboard.charts.findings import draw_by_rule
from dashboard.evidence import facts_of, flag_cells, word_terms
from dashboard.finding_list import ROW_HEIGHT, SEVERITIES, list_columns, list_frame
from dashboard.frame import Frame
from dashboard.queries.agency import Key, read_cells, read_suspects
from dashboard.queries.findings import (
    DEFAULT_ORDER,
    ORDERS,
    PAGE_ROWS,
    FindingFilters,
    count_by_rule,
    list_findings,
    read_finding,
)
from dashboard.rows import records
from dashboard.sidebar import read_page_address
from dashboard.statutory import STYLESHEET, Printed, head_label, line_label, render_table
from dashboard.style import format_number
from dashboard.texts import escape_markdown
from etl.export.lists import findings_table
from etl.export.notes import local_time
from etl.export.tables import table_bytes
from etl.form import TABLE_SECTIONS, Form
from etl.reading import CellReading

ATTRIBUTIONS = ("report", "reading", "unclear")
PLACES = 12
SUSPECTS = 8
SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
_PARAMETERS = ("rule", "severity", "attribution")


def choose_findings(frame: Frame) -> FindingFilters:
    """What the page's own filters ask for, after they are drawn."""
    address = read_page_address(*_PARAMETERS, "order", "finding")
    counts = count_by_rule(frame.warehouse, frame.filters)
    titles = dict(zip(counts["rule"], counts[f"title_{frame.language}"].fillna(counts["rule"]),
                      strict=True))  # fmt: skip
    known = {"rule": tuple(titles), "severity": SEVERITIES, "attribution": ATTRIBUTIONS}
    chosen = {
        name: tuple(code for code in address[name].split(",") if code in known[name])
        for name in _PARAMETERS
    }
    for name in _PARAMETERS:
        st.session_state[f"{name}_choice"] = list(chosen[name])
    rule, severity, attribution = st.columns([3, 2, 3])
    rule.multiselect(
        frame.text("finding.rule"), known["rule"], format_func=lambda code: titles.get(code, code),
        key="rule_choice", placeholder=frame.text("filter.all"), on_change=_take, args=("rule",),
    )  # fmt: skip
    for column, name in ((severity, "severity"), (attribution, "attribution")):
        column.pills(
            frame.text(f"finding.{name}"), known[name], selection_mode="multi",
            format_func=partial(frame.coded, name),
            key=f"{name}_choice", on_change=_take, args=(name,),
        )  # fmt: skip
    return FindingFilters(chosen["rule"], chosen["severity"], chosen["attribution"])


def draw_counts(frame: Frame, chosen: FindingFilters) -> None:
    """How many findings each rule has."""
    counts = count_by_rule(frame.warehouse, frame.filters, chosen)
    severities = {code: frame.text(f"severity.{code}") for code in SEVERITIES}
    with st.expander(frame.text("finding.by_rule"), expanded=True):
        figure = draw_by_rule(counts, f"title_{frame.language}", severities)
        frame.chart(figure, frame.text("finding.by_rule"), key="by_rule")


def draw_list(frame: Frame, chosen: FindingFilters, total: int) -> None:
    """The findings page by page; selecting a row names it in the address."""
    order, exports = st.columns([1, 2], vertical_alignment="bottom")
    wanted = st.session_state.get("order")
    st.session_state["order_choice"] = wanted if wanted in ORDERS else DEFAULT_ORDER
    order.selectbox(
        frame.text("finding.sort"), list(ORDERS),
        format_func=lambda code: frame.text(f"finding.sort.{code}"),
        key="order_choice", on_change=_take_order,
    )  # fmt: skip
    with exports.container(horizontal=True, horizontal_alignment="right"):
        _draw_exports(frame, chosen)
    pages = max(1, -(-total // PAGE_ROWS))
    table = st.container()
    page = min(st.pagination(pages, key=_page_key(chosen)), pages) if pages > 1 else 1
    rows = list_findings(
        frame.warehouse, frame.filters, chosen, st.session_state["order_choice"], page
    )
    table.caption(frame.text("finding.select"))
    listed = rows["finding_id"].tolist()
    named = st.session_state.get("finding", "")
    key = _list_key(listed)
    selected = [row for row, finding_id in enumerate(listed) if finding_id == named]
    table.dataframe(
        list_frame(rows, frame), hide_index=True, column_config=list_columns(frame),
        height="content", row_height=ROW_HEIGHT,
        on_select=partial(_take_finding, key, listed), selection_mode="single-row", key=key,
        selection_default={"selection": {"rows": selected}},
        alt=frame.text("page.findings"),
    )  # fmt: skip
    if named and not selected:  # there is no row here to let go of
        st.button(
            frame.text("evidence.close"), icon=":material/close:", type="tertiary",
            key="evidence_close", on_click=_close_evidence,
        )  # fmt: skip
    if named:
        draw_evidence(frame, named)


def draw_evidence(frame: Frame, finding_id: str, *, with_table: bool = True) -> None:
    """What a finding rests on: identity, numbers, cells, file and place.

    Without its table it stands on the agency's page, which shows the tables anyway.
    """
    finding = read_finding(frame.warehouse, finding_id)
    with st.container(border=True, key="evidence"):
        if finding is None:
            st.markdown(frame.text("evidence.gone"))
            return
        _draw_heading(frame, finding)
        if pd.notna(finding["report_id"]):
            report_id = int(finding["report_id"])
            form, cells = read_cells(frame.warehouse, report_id)
            _draw_sides(frame, finding, form)
            _draw_suspects(frame, form, report_id)
            _draw_cells(frame, finding, form, cells, with_table=with_table)
        else:
            _draw_sides(frame, finding, None)
        _draw_more(frame, finding)
        if with_table:
            label = frame.text("evidence.agency", agency=finding["agency"])
            frame.link("agency", label, id=finding["agency_id"], year=_year_code(finding))


def _draw_heading(frame: Frame, finding: dict[str, Any]) -> None:
    title = finding[f"title_{frame.language}"]
    st.subheader(escape_markdown(title if isinstance(title, str) else finding["rule"]))
    labels = [
        f"{escape_markdown(finding['agency'])} · {finding['year']}",
        frame.text(f"severity.{finding['severity']}"),
        frame.coded("attribution", finding["attribution"]),
    ]
    st.caption("　".join(labels))
    st.markdown(escape_markdown(finding[f"message_{frame.language}"]))


def _draw_sides(frame: Frame, finding: dict[str, Any], form: Form | None) -> None:
    if pd.isna(finding["left_value"]) and pd.isna(finding["right_value"]):
        return
    columns = st.columns([2, 2, 1])
    for column, name in zip(columns, ("left", "right", "delta"), strict=True):
        value = finding["delta" if name == "delta" else f"{name}_value"]
        column.metric(frame.text(f"evidence.{name}"), format_number(_number(value)))
    if form is None:
        return
    for column, side in ((columns[0], SIDES[0]), (columns[1], SIDES[1])):
        terms = word_terms(finding, side, form, frame.language)
        if terms:
            column.caption(escape_markdown(terms))


def _draw_suspects(frame: Frame, form: Form, report_id: int) -> None:
    """What the failing sums of the report point to: a line for each way to mend a fault."""
    suspects = read_suspects(frame.warehouse, report_id)
    if suspects.empty:
        return
    st.markdown(f"**{frame.text('evidence.suspects')}**")
    lines = []
    for _, fault in suspects.groupby("fault", sort=False):
        ways = [way for _, way in fault.groupby("solution", sort=False)]
        tied = int(fault["rank"].eq(fault["rank"].min()).groupby(fault["solution"]).any().sum())
        for number, way in enumerate(ways[:SUSPECTS]):
            words = "；".join(_word_suspect(frame, form, cell) for cell in records(way))
            either = frame.text("evidence.tied") if number and number < tied else ""
            lines.append(f"- {escape_markdown(either + words)}")
    st.markdown("\n".join(lines))
    if not suspects["determined"].all():
        st.caption(frame.text("evidence.undetermined"))


def _word_suspect(frame: Frame, form: Form, cell: dict[str, Any]) -> str:
    section = int(cell["section"])
    return frame.text(
        "evidence.suspect" if cell["explains"] else "evidence.implied",
        item=line_label(form, section, cell["item"], frame.language),
        party=head_label(form, section, cell["party"], frame.language),
        printed=format_number(_number(cell["printed"])),
        proposed=format_number(_number(cell["proposed"])),
        explains=cell["explains"],
    )


def _draw_cells(
    frame: Frame,
    finding: dict[str, Any],
    form: Form,
    cells: dict[Key, CellReading],
    *,
    with_table: bool,
) -> None:
    flags = flag_cells(form, cells, [finding], frame.language)
    if with_table and pd.notna(finding["section"]) and int(finding["section"]) in TABLE_SECTIONS:
        st.html(STYLESHEET)
        printed = Printed(form, cells, flags)
        st.html(render_table(int(finding["section"]), printed, frame.language))
    if isinstance(finding["path"], str):
        st.caption(frame.text("evidence.source", path=escape_markdown(finding["path"])))
    places = list(dict.fromkeys(cells[key].place for key in flags if key in cells))
    if any(places):
        shown = "、".join(place for place in places[:PLACES] if place)
        shown += "…" if len(places) > PLACES else ""
        st.caption(frame.text("evidence.place", place=escape_markdown(shown)))


def _draw_more(frame: Frame, finding: dict[str, Any]) -> None:
    if isinstance(finding["basis"], str) and finding["basis"]:
        st.caption(frame.text("evidence.basis", basis=escape_markdown(finding["basis"])))
    facts = facts_of(finding)
    for claim in facts.get("claims", []):
        if isinstance(claim, dict) and claim.get("quote"):
            quote = frame.text("evidence.quote", quote=claim["quote"], place=claim.get("place", ""))
            st.markdown(escape_markdown(quote))
    rest = {name: fact for name, fact in facts.items() if name not in (*SIDES, "claims")}
    if rest:
        with st.expander(frame.text("evidence.more")):
            st.json(rest)


def _draw_exports(frame: Frame, chosen: FindingFilters) -> None:
    for ending in ("csv", "xlsx"):
        st.download_button(
            frame.text(f"finding.{ending}"),
            data=partial(_export, frame, chosen, f".{ending}"),
            file_name=f"gouji-findings-{local_time(frame.warehouse.snapshot.built_at):%Y%m%d}.{ending}",
            icon=":material/download:", key=f"findings_{ending}", on_click="ignore",
        )  # fmt: skip


def _export(frame: Frame, chosen: FindingFilters, ending: str) -> bytes:
    condition, params = chosen.where(frame.filters)
    table = findings_table(frame.warehouse.query, (condition, params), frame.language)
    return table_bytes(table, ending)


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _year_code(finding: dict[str, Any]) -> str:
    return f"{finding['year']}" + ("-rollup" if finding["scope"] == "rollup" else "")


def _page_key(chosen: FindingFilters) -> str:
    """A key for each choice, so that another choice starts on its first page."""
    codes = (*chosen.rules, *chosen.severities, *chosen.attributions)
    return "-".join(("findings_page", *codes))


def _list_key(listed: list[str]) -> str:
    """A key for each list, so that no row stays selected when another takes its place."""
    return f"findings_list_{crc32(','.join(listed).encode()):08x}"


def _take_finding(key: str, listed: list[str]) -> None:
    selected = st.session_state[key].selection.rows
    st.session_state["finding"] = listed[selected[0]] if selected else ""


def _close_evidence() -> None:
    st.session_state["finding"] = ""


def _take(name: str) -> None:
    st.session_state[name] = ",".join(st.session_state[f"{name}_choice"])


def _take_order() -> None:
    chosen = st.session_state["order_choice"]
    st.session_state["order"] = "" if chosen == DEFAULT_ORDER else chosen
