"""What kind of body an agency is, by the roster or by nothing but its name."""

from __future__ import annotations

import pytest

from etl.checks.scratch import scratch
from tests.checks.warehouses import Agency, build

NAMED = (
    ("澜川市人民政府", "government", None),
    ("重庆市人民政府", "government", "省级"),
    ("松江省人民政府", "government", "省级"),
    ("松江自治区人民政府", "government", "省级"),
    ("云岭自治州人民政府", "government", "市级"),
    ("塔源地区行政公署", "government", "市级"),
    ("云泽县人民政府", "government", "县级"),
    ("云泽县", "government", "县级"),
    ("城东区人民政府", "government", "县级"),
    ("云泽县人民政府办公室", "office", "县级"),
    ("云泽县政府办", "office", "县级"),
    ("松江省人民政府办公厅", "office", "省级"),
    ("云泽县卫健局", "department", "县级"),
    ("国家税务总局云泽县税务局", "department", "县级"),
    ("国家税务总局澜川分局", "department", None),
    ("国家税务总局", "department", "国家级"),
    ("国家发展和改革委员会", "department", "国家级"),
    ("住房和城乡建设部", "department", "国家级"),
    ("松江省教育厅", "department", "省级"),
    ("澜川海关", "department", None),
    ("澜川市卫生健康委", "department", None),
    ("澜川市信访办", "department", None),
    ("云泽县政务服务中心", "department", "县级"),
    ("云泽县消防救援大队", "department", "县级"),
    ("澜川市国有资产监督管理委员会", "department", None),
    ("云泽县经济开发区管理委员会", "zone", None),
    ("澜川高新区管委会", "zone", None),
    ("澜川临港新区", "zone", None),
    ("云泽县青苇镇人民政府", "town", "乡级"),
    ("桐坞乡", "town", "乡级"),
    ("临湖街道办事处", "subdistrict", "乡级"),
    ("城关办事处", "subdistrict", "乡级"),
    ("云泽县文献馆", None, None),
)


def _body(agency: Agency) -> list[tuple[object, ...]]:
    connection = build([], [agency])
    with scratch(connection):
        return connection.execute("select body, level from check_body").fetchall()


@pytest.mark.parametrize(("name", "body", "level"), NAMED)
def test_a_name_tells_the_body_and_maybe_its_level(
    name: str, body: str | None, level: str | None
) -> None:
    assert _body(Agency(name=name, kind=None, level=None)) == [(body, level)]


@pytest.mark.parametrize(
    ("kind", "level", "body"),
    [
        ("垂直管理部门", "县级", "department"),
        ("政府办公厅", "省级", "office"),
        ("政府", "乡级", "town"),
        ("政府", "市级", "government"),
        ("管委会", "县级", "zone"),
        ("街道", "乡级", "subdistrict"),
    ],
)
def test_the_roster_speaks_before_the_name(kind: str, level: str, body: str) -> None:
    assert _body(Agency(name="云泽县人民政府", kind=kind, level=level)) == [(body, level)]
