"""One report as read held against its truth, and the sums of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields

from benchmarks.score.truth import Key, Stated, TrueCell, TrueReport
from etl.form import load_form
from etl.reading import ABSENT, CellReading, Doubt, ReportReading

NOT_ABOUT_FIGURES = frozenset(("named-by-path", "mixed-editions", "not-in-edition"))
"""Doubts that leave every figure of the table where it stands."""

UNREAD_DOUBTED = "unread, with a doubt"


@dataclass(slots=True)
class Tally:
    """Counts over reports. ``numbers`` are the cells that the truth has as numbers."""

    reports: int = 0
    refused: int = 0
    identified: int = 0
    """Reports with the right agency, year, edition and scope, and the date where one is printed."""
    cells: int = 0
    cells_right: int = 0
    """Cells whose state and value are right."""
    states_right: int = 0
    raws_right: int = 0
    numbers: int = 0
    numbers_read: int = 0
    numbers_right: int = 0
    silent: int = 0
    """Numbers stored in a cell where the truth has another or none, without a word."""
    wrong_with_doubt: int = 0
    unread_with_doubt: int = 0
    unread_in_silence: int = 0
    """Numbers of the truth stored as blank, dash or absent, without a word."""
    claims: int = 0
    claims_read: int = 0
    claims_right: int = 0
    seconds: float = 0.0

    def add(self, other: Tally) -> None:
        """Take in the counts of another tally."""
        for name in (field.name for field in fields(self)):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class Fault:
    """Something read otherwise than it was meant; ``kind`` groups faults of a sort."""

    kind: str
    where: str
    detail: str


def refusal(truth: TrueReport) -> Tally:
    """The tally of a report that was refused: nothing of it was read."""
    numbers = sum(cell.state == "number" for cell in truth.cells.values())
    return Tally(
        reports=1, refused=1, cells=len(truth.cells), numbers=numbers,
        unread_with_doubt=numbers, claims=truth.claims.total(),
    )  # fmt: skip


def judge(truth: TrueReport, reading: ReportReading) -> tuple[Tally, list[Fault]]:
    """Hold a reading against the truth: its counts, and every fault in it."""
    tally = Tally(reports=1)
    faults = [*_judge_identity(truth, reading), *_judge_claims(truth, reading, tally)]
    tally.identified = not any(fault.kind.startswith("identity") for fault in faults)
    read = read_cells(reading)
    for key in sorted(truth.cells.keys() | read.keys()):
        true = truth.cells.get(key, TrueCell("absent", None, ""))
        faults.extend(_judge_cell(key, true, read.get(key, ABSENT), reading.doubts, tally))
    return tally, faults


def read_cells(reading: ReportReading) -> dict[Key, CellReading]:
    """The cells of a reading by section, item and party."""
    form = load_form(reading.edition)
    return {
        (cell.section, cell.item, cell.party): read
        for cell, read in zip(form.cells, reading.cells, strict=True)
    }


def covers(doubt: Doubt, key: Key) -> bool:
    """Whether a doubt warns of the figure at ``key``: its row, or its table as a whole."""
    if doubt.code in NOT_ABOUT_FIGURES or doubt.section not in (None, key[0]):
        return False
    return doubt.item in (None, key[1])


def _judge_identity(truth: TrueReport, reading: ReportReading) -> Iterator[Fault]:
    if reading.agency not in {truth.agency, *truth.aliases}:
        yield Fault("identity: agency", "", f"{truth.agency} read as {reading.agency}")
    pairs: list[tuple[str, object, object]] = [
        ("year", truth.year, reading.year),
        ("edition", truth.edition, reading.edition),
        ("scope", truth.scope, reading.scope),
    ]
    if truth.published_on:
        pairs.append(("published_on", truth.published_on, reading.published_on))
    for name, true, read in pairs:
        if true != read:
            yield Fault(f"identity: {name}", "", f"{true} read as {read}")


def _judge_claims(truth: TrueReport, reading: ReportReading, tally: Tally) -> Iterator[Fault]:
    read: Counter[Stated] = Counter((c.measure, c.channel, c.value) for c in reading.claims)
    tally.claims, tally.claims_read = truth.claims.total(), read.total()
    tally.claims_right = (truth.claims & read).total()
    for kind, left in (("missed", truth.claims - read), ("made up", read - truth.claims)):
        for claim in left:
            quote = next((c.quote for c in reading.claims if c.measure == claim[0]), "")
            yield Fault(f"claim {kind}", claim[0], f"{claim[1]} {claim[2]:g} {quote}")


def _judge_cell(
    key: Key, true: TrueCell, read: CellReading, doubts: tuple[Doubt, ...], tally: Tally
) -> Iterator[Fault]:
    doubted = read.state == "unreadable" or any(covers(doubt, key) for doubt in doubts)
    is_number = true.state == "number"
    right = read.state == true.state and read.value == true.value
    tally.cells += 1
    tally.cells_right += right
    tally.states_right += read.state == true.state
    tally.raws_right += read.raw.strip() == true.raw.strip()
    tally.numbers += is_number
    tally.numbers_read += read.state == "number"
    tally.numbers_right += is_number and right
    if right:
        return
    if read.state == "number":
        kind = "wrong, with a doubt" if doubted else "silent misassignment"
        tally.wrong_with_doubt += doubted
        tally.silent += not doubted
    elif is_number:
        kind = UNREAD_DOUBTED if doubted else "unread in silence"
        tally.unread_with_doubt += doubted
        tally.unread_in_silence += not doubted
    else:
        kind = f"{true.state} read as {read.state}"
    where = f"{'/'.join(map(str, key))} at {read.place or '—'}"
    yield Fault(kind, where, f"{true.raw!r} read as {read.state} {read.raw!r}")
