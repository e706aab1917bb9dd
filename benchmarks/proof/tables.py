"""The proof cards as tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from benchmarks.measure import Table
from benchmarks.proof.clones import Clone, checked_clones
from benchmarks.proof.misprints import KINDS
from etl.checks import Rule, rules
from etl.checks.sums import sum_groups
from etl.form import Edition

_SECTIONS = {2: "section 2", 3: "section 3", 4: "section 4"}


def proof_tables(seed: int, series: int) -> list[Table]:
    """Measure and tabulate: what each check catches, what is caught at all, false alarms."""
    clones, connection = checked_clones(seed, series)
    with connection:
        caught = _caught(connection)
        false = Counter(
            rule for clone in clones if clone.misprint is None for rule in caught[clone.number]
        )
        clean = sum(clone.misprint is None for clone in clones)
    planted = [clone for clone in clones if clone.misprint is not None]
    return [_by_rule(planted, caught, false, clean), _by_place(planted, caught)]


def _caught(connection: DuckDBPyConnection) -> dict[int, set[str]]:
    """Clone → the rules with a finding on any of its reports."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = connection.execute("select distinct agency_id, rule from finding").fetchall()
    for number, rule in rows:
        found[number].add(rule)
    return found


def _by_rule(
    planted: Sequence[Clone], caught: dict[int, set[str]], false: Counter[str], clean: int
) -> Table:
    rows = []
    for rule in rules():
        if rule.needs not in ("report", "series"):
            continue
        own = _own_cells(rule)
        mine = [clone for clone in planted if own is None or _place(clone) in own]
        shares = [_share(mine, caught, rule.slug, kind) for kind in KINDS]
        if own is None and not any(rule.slug in caught[clone.number] for clone in planted):
            continue
        rows.append((rule.slug, rule.severity, str(len(mine)), *shares, f"{false[rule.slug]}"))
    return Table(
        "What each check catches",
        ("rule", "severity", "misprints", *KINDS, "false alarms"),
        rows,
        "Of the misprints of the cells that a rule adds up (for a rule that adds up none: of any "
        "cell), the per cent that it reports, by kind of misprint. A blank is to be undecided, not "
        "a failure, but for `blank-cells`. A dash: no such misprint. False alarms: findings on "
        f"{clean} untouched series of six reports. Rules that no single cell breaks are left out.",
    )


def _by_place(planted: Sequence[Clone], caught: dict[int, set[str]]) -> Table:
    errors = {rule.slug for rule in rules() if rule.severity == "error"}
    rows = []
    for edition in ("2019", "2021"):
        for section, name in _SECTIONS.items():
            mine = [
                clone
                for clone in planted
                if _place(clone)[0] == edition and _place(clone)[1] == section
            ]
            wrong = [clone for clone in mine if clone.misprint and clone.misprint.state == "number"]
            by_error = sum(bool(caught[clone.number] & errors) for clone in wrong)
            by_any = sum(bool(caught[clone.number]) for clone in wrong)
            rows.append(
                (f"{edition}, {name}", f"{len(wrong):,}", _percent(by_error, len(wrong)),
                 _percent(by_any, len(wrong)))
            )  # fmt: skip
    return Table(
        "Misprinted figures caught by any check",
        ("edition and section", "misprints", "by an error, %", "by any finding, %"),
        rows,
        "Blanks left out: each is a `blank-cells` finding. Section 2 has no sums, so that only "
        "ledgers and other years speak there.",
    )


def _own_cells(rule: Rule) -> set[tuple[Edition, int, str, str]] | None:
    """The cells that a sum rule adds up; None for a rule of another kind."""
    if not rule.sums:
        return None
    return {
        (edition, term.section, term.item, term.party)
        for edition, wanted in rule.sums
        for group in sum_groups(wanted, edition)
        for term in group.left + group.right
    }


def _place(clone: Clone) -> tuple[str, int, str, str]:
    assert clone.misprint is not None
    cell = clone.misprint.cell
    return ("2019" if clone.year < 2021 else "2021", cell.section, cell.item, cell.party)


def _share(clones: Sequence[Clone], caught: dict[int, set[str]], rule: str, kind: str) -> str:
    mine = [clone for clone in clones if clone.misprint and clone.misprint.kind == kind]
    return _percent(sum(rule in caught[clone.number] for clone in mine), len(mine))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.4g}" if whole else "—"
