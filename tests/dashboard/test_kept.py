"""What is kept between runs follows its data and the warehouse it came from."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import plotly.graph_objects as go
import pytest
from starlette.requests import Request

from dashboard.charts.overview import draw_trouble
from dashboard.kept import Kept, kept_figure
from dashboard.server import show_overview
from dashboard.texts import Wording
from dashboard.warehouse import NoWarehouseError, Warehouse

drawn: list[str] = []


@kept_figure
def draw(frame: pd.DataFrame, say: Wording) -> go.Figure:
    drawn.append(say("year"))
    return go.Figure().add_bar(y=frame["n"])


def test_a_figure_is_drawn_again_when_data_or_language_change() -> None:
    drawn.clear()
    first = draw(pd.DataFrame({"n": [1, 2]}), Wording("zh"))
    assert draw(pd.DataFrame({"n": [1, 2]}), Wording("zh")) is first
    assert list(draw(pd.DataFrame({"n": [1, 3]}), Wording("zh")).data[0].y) == [1, 3]
    draw(pd.DataFrame({"n": [1, 2]}), Wording("en"))
    assert drawn == ["年度", "年度", "Year"]


def test_the_longest_unused_value_is_dropped() -> None:
    kept: Kept[int] = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: 1)
    assert kept.get("a", lambda: 2) == 1
    assert kept.get("b", lambda: 2) == 2


def test_a_warehouse_of_other_relations_is_not_opened(
    known_warehouse: Path, tmp_path: Path
) -> None:
    other = shutil.copy(known_warehouse, tmp_path / "other.duckdb")
    with duckdb.connect(str(other)) as connection:
        connection.execute("update snapshot set schema_version = 'other'")
    with pytest.raises(NoWarehouseError, match="unreadable"):
        Warehouse(Path(other))


def test_a_view_without_findings_has_an_axis() -> None:
    counts = pd.DataFrame({"year": [2023], "reports": [5], "not_tying": [None]})
    figure = draw_trouble(counts, {"not_tying": "T"}, "{n}/{m}")
    assert list(figure.data[0].y) == [0]
    assert figure.layout.yaxis.range == (0, 1)


def test_overview_as_an_address_leads_to_the_first_page() -> None:
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/overview", "headers": [],
             "query_string": b"lang=en", "server": ("127.0.0.1", 8501)}  # fmt: skip
    answer = asyncio.run(show_overview(Request(scope)))
    assert answer.status_code == 307
    assert answer.headers["location"] == "http://127.0.0.1:8501/?lang=en"
