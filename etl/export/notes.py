"""The sheet 数据说明: which snapshot, which selection, what each measure means, what marks mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from etl.export.comparison import Query
from etl.export.headings import heading
from etl.export.marks import legend
from etl.export.tables import Notes
from etl.measures import Language, Measure


def write_notes(
    query: Query,
    measures: Sequence[Measure] = (),
    selection: str = "",
    language: Language = "zh",
) -> Notes:
    """Compose the notes of an export; ``selection`` says in words which reports were chosen."""
    lines = [(heading("snapshot", language), snapshot_line(query))]
    if selection:
        lines.append((heading("selection", language), selection))
    for code in ("sums", "small_denominators"):
        lines.append((heading(code, language), heading(f"{code}_text", language)))
    lines += [(measure.label(language), _explained(measure, language)) for measure in measures]
    lines.append((heading("marks", language), ""))
    return Notes(heading("notes", language), (*lines, *legend(language)))


def snapshot_line(query: Query) -> str:
    """Name the snapshot and when it was built; empty for a warehouse without one."""
    rows = query("select snapshot_id, built_at, gouji_version from snapshot", [])
    lines = (
        f"{snapshot} · {word_time(built_at)} · gouji {version}"
        for snapshot, built_at, version in zip(
            rows["snapshot_id"], rows["built_at"].dt.to_pydatetime(), rows["gouji_version"],
            strict=True,
        )
    )  # fmt: skip
    return next(lines, "")


def local_time(built_at: datetime) -> datetime:
    """Give a build's time, which the warehouse keeps in UTC, in the zone of this host."""
    return built_at.replace(tzinfo=UTC).astimezone()


def word_time(built_at: datetime) -> str:
    """Word a build's time in the zone of this host, as ``2024-04-02 17:30 (UTC+08:00)``."""
    local = local_time(built_at).isoformat(" ", "minutes")
    return f"{local[:16]} (UTC{local[16:]})"


def _explained(measure: Measure, language: Language) -> str:
    pitfall = measure.pitfall(language)
    words = measure.definition(language)
    if not pitfall:
        return words
    return f"{words} {heading('pitfall', language)}{'：' if language == 'zh' else ': '}{pitfall}"
