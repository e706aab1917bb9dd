"""The volumes that ``jump`` follows from one year into the next."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from duckdb import DuckDBPyConnection

from etl.checks.settings import Settings
from etl.checks.unusual.watched import FIGURES, Watched, column, keep_watched, watched

RULE = "jump"


def make(connection: DuckDBPyConnection, settings: Settings) -> None:
    """Make ``check_jump``, ``check_volume_tally`` and ``check_volume_label``.

    A volume has a row (report_id, measure, past, now …) where both years give it and the larger
    figure is at least the least change: no smaller one can have jumped. It holds, judged among its
    peers, or doesn't. The tally counts, for each report, the other volumes: ``small``, and
    ``unknown`` for lack of a figure or of a report. A volume whose cells one of the two editions
    lacks or redefined is neither.
    """
    keep_watched(connection, "check_volume_label", RULE)
    sides = ", ".join(
        f"{each.numerator.sql(column)} as v_{place}" for place, each in enumerate(watched(RULE))
    )
    connection.execute(f"""
        create or replace temp table check_volume_year as
        select report.report_id, report.year, report.scope, report.form, {sides} {FIGURES}
    """)
    connection.execute("""
        create or replace temp table check_volume_pair as
        select now, past
        from check_volume_year as now
        left join check_previous using (report_id)
        left join check_volume_year as past on past.report_id = check_previous.previous_report_id
    """)
    least = settings.of(RULE)["least_change"]
    connection.execute(f"""
        create or replace temp table check_volume as
        {" union all ".join(_large(place, each, least) for place, each in _numbered())}
    """)
    judge_volumes(connection, settings)
    connection.execute(f"""
        create or replace temp table check_volume_tally as
        select now.report_id, {_counted("small", least)}, {_counted("unknown", least)}
        from check_volume_pair
    """)


def judge_volumes(connection: DuckDBPyConnection, settings: Settings) -> None:
    """Make ``check_jump`` from ``check_volume``: each volume among those of its peers."""
    judged = resources.files(__package__).joinpath("jump.sql").read_text("utf-8")
    connection.execute(settings.fill(RULE, judged))


def _numbered() -> Iterator[tuple[int, Watched]]:
    return enumerate(watched(RULE))


def _large(place: int, each: Watched, least: object) -> str:
    return f"""
        select now.report_id, now.year, now.scope, '{each.code}' as measure,
               past.v_{place} as past, now.v_{place} as now
        from check_volume_pair
        where {_followed(each)} and least(past.v_{place}, now.v_{place}) >= 0
          and greatest(past.v_{place}, now.v_{place}) >= {least}
    """


def _counted(what: str, least: object) -> str:
    """SQL that counts a report's volumes that are small, or unknown."""
    counts = (
        f"({_followed(each)} and {_state(place, least)[what]})::integer"
        for place, each in _numbered()
    )
    return f"({' + '.join(counts)}) as {what}"


def _state(place: int, least: object) -> dict[str, str]:
    known = f"coalesce(least(past.v_{place}, now.v_{place}) >= 0 "
    both = f"and past.v_{place} is not null and now.v_{place} is not null, false)"
    small = f"greatest(past.v_{place}, now.v_{place}) < {least}"
    return {"small": f"{known}{both} and {small}", "unknown": f"not {known}{both}"}


def _followed(each: Watched) -> str:
    """SQL: whether this year's edition has it and, where there is a last year, may go on from it.

    ``least`` of two figures passes over a null, so that it alone doesn't tell that both are there.
    """
    forms = ", ".join(f"'{edition}'" for edition in each.editions())
    there = f"now.form in ({forms})"
    if each.outlives_editions():
        return there
    return f"({there} and coalesce(past.form = now.form, true))"
