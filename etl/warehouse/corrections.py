"""Corrections in the warehouse: matched with what is printed, then put into the figures.

``reading`` and with it ``cell.value`` keep what the report prints, and so do the checks, which run
before. The star tables, from which totals and rates are made, carry the corrected figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.corrections import Correction
from etl.errors import UsageError
from etl.warehouse.connect import insert_rows
from etl.warehouse.schema import STAR_TABLES, disclosure_column
from etl.warehouse.star import fill_sums

_LISTED = 20
"""Corrections named in an error; an office mends them a few at a time."""
_FAULTS = {
    "agency": ("没有这个机关", "no such agency"),
    "report": ("该机关没有这一年的报告", "the agency has no report for that year"),
    "cell": ("该年度的表式没有这一格", "the form of that year has no such cell"),
    "absent": ("该报告没有印这一格", "the report prints no such cell"),
    "twice": ("与第 {first} 行更正同一格", "the cell of line {first} again"),
    "printed": ("印出的是 {raw!r}", "the report prints {raw!r}"),
    "same": ("报告已印出 {raw!r}，无需更正", "the report already prints {raw!r}"),
}
_WORDED = "concat_ws(' ', agency, year, item, '×', party, '→', value)"


def store_corrections(connection: DuckDBPyConnection, corrections: Sequence[Correction]) -> None:
    """Replace the corrections that the warehouse was given."""
    connection.execute("delete from correction")
    schema = pa.schema(
        [
            ("line", pa.int32()), ("agency", pa.string()), ("year", pa.int16()),
            ("scope", pa.string()), ("section", pa.uint8()), ("item", pa.string()),
            ("party", pa.string()), ("value", pa.float64()), ("printed", pa.string()),
            ("reason", pa.string()), ("who", pa.string()), ("recorded_on", pa.date32()),
            ("report_id", pa.int64()),
        ]
    )  # fmt: skip
    rows = [
        (
            one.line, one.agency, one.year, one.scope, one.section, one.item, one.party, one.value,
            one.printed, one.reason, one.who, one.recorded_on, None,
        )
        for one in corrections
    ]  # fmt: skip
    insert_rows(connection, "correction", schema, rows)


def match_corrections(connection: DuckDBPyConnection, *, given_now: bool) -> list[str]:
    """Tell each correction its report; UsageError that lists those which match nothing printed.

    Of corrections kept from an earlier build, those whose figure the report has come to print
    itself are dropped and given back, worded.
    """
    script = resources.files(__package__).joinpath("match_corrections.sql").read_text("utf-8")
    connection.execute(script)
    settled = [] if given_now else _drop_settled(connection)
    faults = connection.execute(
        f"select line, {_WORDED}, fault, raw, first_line "
        "from correction_match where fault is not null and (fault <> 'same' or ?) order by line",
        [given_now],
    ).fetchall()
    if faults:
        told = "\n".join(_worded(*fault) for fault in faults[:_LISTED])
        raise UsageError(
            f"{len(faults)} 条更正对不上，请修改更正表后用 --corrections 重新给出 / corrections "
            f"match nothing; mend the file and give it again with --corrections:\n{told}"
        )
    return settled


def _drop_settled(connection: DuckDBPyConnection) -> list[str]:
    settled = connection.execute(
        f"select {_WORDED} from correction_match where fault = 'same' order by line"
    ).fetchall()
    connection.execute(
        "delete from correction where line in "
        "(select line from correction_match where fault = 'same')"
    )
    return [words for (words,) in settled]


def _worded(line: int, correction: str, fault: str, raw: str, first: int) -> str:
    zh, en = (words.format(raw=raw, first=first) for words in _FAULTS[fault])
    return f"  第 {line} 行 line {line}: {correction}: {zh} / {en}"


def apply_corrections(connection: DuckDBPyConnection) -> None:
    """Put the corrected figures into the star tables and their sums."""
    cells = connection.execute("select distinct section, item, party from correction").fetchall()
    for table, section in STAR_TABLES.items():
        own = [(item, party) for where, item, party in cells if where == section]
        for column, condition in sorted({_column(section, *cell) for cell in own}):
            connection.execute(
                f"update {table} set {column} = correction.value from correction "
                f"where correction.report_id = {table}.report_id "
                f"and correction.section = {section} and {condition}"
            )
        if own:
            fill_sums(connection, table, section)


def _column(section: int, item: str, party: str) -> tuple[str, str]:
    """The star table's column of a cell, and which corrections go into it."""
    if section == 2:
        mine = f"correction.item = '{item}' and correction.party = '{party}'"
        return disclosure_column(item, party), mine
    table = next(name for name, number in STAR_TABLES.items() if number == section)
    return item, f"correction.item = '{item}' and correction.party = {table}.party::varchar"
