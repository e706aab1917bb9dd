"""The score as tables of Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.measure import Table
from benchmarks.score.aims import Aim, share, total
from benchmarks.score.corpus import Faults, Score, Variety
from benchmarks.score.sentences import SentenceScore
from benchmarks.score.tally import Tally

HEAD = (
    "format, variety", "reports", "refused", "identity %", "recall %", "precision %", "states %",
    "raw %", "silent", "wrong, doubted", "unread, doubted", "unread, silent", "claims P / R %",
    "documents/s",
)  # fmt: skip

_AMBIGUOUS = (
    "Here the print itself leaves a choice. Leaving a row unread is right; only a silent "
    "misassignment is a fault, so that the other aims don't apply."
)


def score_tables(
    score: Score, sentences: Sequence[SentenceScore], aims: Sequence[Aim]
) -> list[Table]:
    """Aims first, then every variety, then what went wrong."""
    tables = [_aims_table(aims), _formats_table("Layouts that must be read", score.exact)]
    if score.may_refuse:
        tables.append(_formats_table("Layouts that may be refused", score.may_refuse, _AMBIGUOUS))
    tables.append(_sentences_table(sentences))
    if score.faults.counts:
        tables.append(faults_table("What was read otherwise than meant", score.faults))
    tables.append(_varieties_table("Every layout that must be read", score.exact))
    if score.may_refuse:
        tables.append(_varieties_table("Every layout that may be refused", score.may_refuse))
    return tables


def faults_table(title: str, faults: Faults) -> Table:
    """Every kind of fault, the commonest first, with one example."""
    kinds = sorted(faults.counts, key=lambda kind: (-faults.counts[kind], kind))
    rows = [(kind, str(faults.counts[kind]), _cell(faults.examples[kind])) for kind in kinds]
    return Table(title, ("kind", "times", "for example"), rows)


def _aims_table(aims: Sequence[Aim]) -> Table:
    rows = [(a.name, a.wanted, a.measured, "reached" if a.reached else "**missed**") for a in aims]
    return Table("Aims", ("", "aim", "measured", ""), rows)


def _formats_table(title: str, tallies: dict[Variety, Tally], note: str = "") -> Table:
    rows: list[tuple[str, ...]] = []
    for kind in sorted({kind for kind, _ in tallies}):
        of_kind = total(tally for (other, _), tally in tallies.items() if other == kind)
        rows.append(_row(kind, of_kind))
    return Table(title, HEAD, [*rows, _row("**all**", total(tallies.values()))], note)


def _varieties_table(title: str, tallies: dict[Variety, Tally]) -> Table:
    return Table(title, HEAD, [_row(" ".join(name), t) for name, t in sorted(tallies.items())])


def _row(name: str, tally: Tally) -> tuple[str, ...]:
    claims = share(tally.claims_right, tally.claims_read), share(tally.claims_right, tally.claims)
    return (
        name, str(tally.reports), str(tally.refused), share(tally.identified, tally.reports),
        share(tally.numbers_right, tally.numbers), share(tally.numbers_right, tally.numbers_read),
        share(tally.states_right, tally.cells), share(tally.raws_right, tally.cells),
        str(tally.silent), str(tally.wrong_with_doubt), str(tally.unread_with_doubt),
        str(tally.unread_in_silence), " / ".join(claims),
        f"{tally.reports / tally.seconds:,.0f}" if tally.seconds else "—",
    )  # fmt: skip


def _sentences_table(sentences: Sequence[SentenceScore]) -> Table:
    rows = [
        (one.file, str(one.sentences), str(one.claims),
         share(one.right, one.found), share(one.right, one.claims))
        for one in sentences
    ]  # fmt: skip
    return Table(
        "Claims in marked sentences",
        ("file", "sentences", "claims", "precision %", "recall %"),
        rows,
        "The files stand in `tests/recognise/`.",
    )


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")[:200]
