from __future__ import annotations

import pytest

from etl.readers import read_bytes
from etl.readers.text_tools import PICTURE
from tests.readers.build import (
    docx_bytes,
    from_docx,
    grids,
    p,
    paragraphs,
    refusal,
    spans,
    tc,
    texts,
    zipped,
)


def _table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def _cell_text(content: str) -> str:
    cell = f"<w:tc><w:tcPr/>{content}</w:tc>"
    (grid,) = grids(from_docx(_table(cell + tc("尾"), tc("a") + tc("b"))))
    return grid.rows[0][0].text


_RESTART, _CONTINUE = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"


def test_merges_give_true_columns_and_places() -> None:
    (grid,) = grids(
        from_docx(
            _table(
                tc("甲", _RESTART) + tc("乙", "<w:gridSpan w:val='2'/>"),
                tc("", _CONTINUE) + tc("1") + tc("2"),
                tc("", _CONTINUE) + tc("3") + tc(""),
            )
        )
    )
    assert spans(grid) == {
        (0, 0): ("甲", 3, 1),
        (0, 1): ("乙", 1, 2),
        (1, 1): ("1", 1, 1),
        (1, 2): ("2", 1, 1),
        (2, 1): ("3", 1, 1),
        (2, 2): ("", 1, 1),
    }
    assert grid.rows[1][0].place == "T1 R2 C2"


def test_a_merge_that_continues_nothing_is_a_cell_of_its_own() -> None:
    (grid,) = grids(from_docx(_table(tc("甲") + tc("1"), tc("乙", _CONTINUE) + tc("2"))))
    assert spans(grid)[1, 0] == ("乙", 1, 1)


def _askew(*widths: int) -> str:
    """Rows whose cells end 12 twips apart, as a program writes them that keeps every edge."""
    columns = "".join(f"<w:gridCol w:w='{width}'/>" for width in widths)
    first = tc("甲") + tc("1", "<w:gridSpan w:val='2'/>")
    second = tc("乙", "<w:gridSpan w:val='2'/>") + tc("2")
    rows = _table(first, second).removeprefix("<w:tbl>")
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{rows}"


def test_edges_that_hardly_differ_are_one_column() -> None:
    (grid,) = grids(from_docx(_askew(900, 12, 900)))
    assert spans(grid) == {
        (0, 0): ("甲", 1, 1), (0, 1): ("1", 1, 1), (1, 0): ("乙", 1, 1), (1, 1): ("2", 1, 1),
    }  # fmt: skip
    assert grid.rows[1][1].place == "T1 R2 C2"


@pytest.mark.parametrize(
    "widths",
    [(900, 120, 900), (0, 0, 0), (900, 12, 12), ()],
    ids=["wide", "nought", "lost", "none"],
)
def test_columns_stay_where_they_are_wide_or_a_text_would_be_lost(widths: tuple[int, ...]) -> None:
    (grid,) = grids(from_docx(_askew(*widths)))
    assert [(s.column, s.column_span) for row in grid.rows for s in row] == [
        (0, 1), (1, 2), (0, 2), (2, 1),
    ]  # fmt: skip


def test_columns_left_out_and_old_merges() -> None:
    (grid,) = grids(
        from_docx(
            _table(
                "<w:trPr><w:gridBefore w:val='2'/></w:trPr>" + tc("甲"),
                tc("乙", "<w:hMerge w:val='restart'/>")
                + tc("", "<w:hMerge w:val='continue'/>")
                + tc("1"),
            )
        )
    )
    assert spans(grid) == {(0, 2): ("甲", 1, 1), (1, 0): ("乙", 1, 2), (1, 2): ("1", 1, 1)}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (p("1", "2"), "12"),
        (p("1", "<w:r><w:br/></w:r>", "2"), "1 2"),
        (p("1") + p("2"), "1 2"),
        (p("商业", "<w:r><w:br/></w:r>", "企业"), "商业企业"),
        (p("1", "<w:del><w:r><w:delText>2</w:delText></w:r></w:del>"), "1"),
        (p("<w:ins><w:r><w:t>1</w:t></w:r></w:ins>"), "1"),
        (p("<w:moveFrom><w:r><w:t>1</w:t></w:r></w:moveFrom>", "2"), "2"),
        (p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>1</w:t></w:r>", "2"), "2"),
        (p("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>1</w:t></w:r>", "2"), "12"),
        (p("<w:r><w:rPr><w:strike/></w:rPr><w:t>1</w:t></w:r>", "2"), "1 2"),
        (p("5", "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"), "5 1"),
        (p("<w:r><w:instrText>=SUM(LEFT)</w:instrText></w:r>", "3"), "3"),
        (p("<w:r><w:noBreakHyphen/></w:r>", "5"), "-5"),
        (p("<w:pPr><w:tabs><w:tab w:pos='9'/></w:tabs></w:pPr>", "5"), "5"),
        (p("<w:r><w:drawing/></w:r>"), PICTURE),
        (p("<w:r><w:drawing/></w:r>", "5"), "5"),
        (f"<w:sdt><w:sdtContent>{p('5')}</w:sdtContent></w:sdt>", "5"),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + p("单击此处")
            + "</w:sdtContent></w:sdt>",
            "",
        ),
        (_table(tc("8")), "8"),
        (p("\u3000 0\u00a0"), "0"),
        (p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", "1") + p("2"), "12"),
    ],
)
def test_text_of_a_cell(content: str, text: str) -> None:
    assert _cell_text(content) == text


def test_deleted_and_hidden_rows_are_not_there() -> None:
    (grid,) = grids(
        from_docx(
            _table(
                tc("甲") + tc("1"),
                "<w:trPr><w:del/></w:trPr>" + tc("乙") + tc("2"),
                "<w:trPr><w:hidden/></w:trPr>" + tc("丙") + tc("3"),
                "<w:trPr><w:ins/></w:trPr>" + tc("丁") + tc("4"),
            )
        )
    )
    assert texts(grid) == [["甲", "1"], ["丁", "4"]]


def test_text_boxes_count_once_and_follow_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = from_docx(p("前", shape, "后") + p("尾"))
    assert paragraphs(document) == [("前后", "P1"), ("框", "P2"), ("尾", "P3")]


def test_layout_tables_dissolve_and_frames_are_paragraphs() -> None:
    inner = _table(tc("甲") + tc("1"), tc("乙") + tc("2"))
    frame = f"<w:tbl><w:tr><w:tc>{p('一、总体')}{p('正文')}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{p('左')}</w:tc><w:tc>{inner}{p('右')}</w:tc></w:tr></w:tbl>"
    document = from_docx(frame + outer)
    assert [text for text, _ in paragraphs(document)] == ["一、总体", "正文", "左", "右"]
    assert [texts(grid) for grid in grids(document)] == [[["甲", "1"], ["乙", "2"]]]


def test_rows_in_content_controls_are_rows() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr>{tc('乙')}{tc('2')}</w:tr></w:sdtContent></w:sdt>"
    (grid,) = grids(from_docx(f"<w:tbl><w:tr>{tc('甲')}{tc('1')}</w:tr>{row}</w:tbl>"))
    assert texts(grid) == [["甲", "1"], ["乙", "2"]]


def test_main_part_under_another_name() -> None:
    document = read_bytes(docx_bytes(p("文"), "word/document2.xml"), "a.docx")
    assert paragraphs(document) == [("文", "P1")]


def test_strict_files_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f"<w:document xmlns:w='{strict}'><w:body>{p('文')}</w:body></w:document>"
    data = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body})
    assert paragraphs(read_bytes(data, "a.docx")) == [("文", "P1")]


def test_title_of_the_file() -> None:
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": "<w:document xmlns:w='http://schemas.openxmlformats.org/"
            f"wordprocessingml/2006/main'><w:body>{p('文')}</w:body></w:document>",
            "docProps/core.xml": "<c><title>某局年报</title></c>",
            "docProps/app.xml": "<c><Company>某局</Company></c>",
        }
    )
    document = read_bytes(data, "a.docx")
    assert (document.title, document.hints) == ("某局年报", ("某局",))


def test_entities_are_not_expanded() -> None:
    body = (
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:body><w:p><w:r><w:t>文&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    data = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body})
    assert "aaaa" not in str(read_bytes(data, "a.docx").blocks)


def test_text_embedded_as_another_file_is_refused() -> None:
    assert refusal(docx_bytes(p("文") + "<w:altChunk/>"), "a.docx") == "unsupported"
