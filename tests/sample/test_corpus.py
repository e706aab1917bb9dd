from __future__ import annotations

import ast
import csv
import zipfile
from pathlib import Path

import pytest

import etl.sample
from etl.form import edition_for_year, load_form
from etl.sample import FORMATS, write_sample
from etl.sample.oracle import ERROR_RULES, ORACLE_RULES
from etl.sample.roster import make_roster
from etl.sample.varieties import varieties
from etl.sample.writers import WRITERS
from tests.sample.conftest import Corpus

NOTED_RULES = {"jump", "peer-outlier", "zero-against-evidence", "text-copied", "text-repeated"}


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_equal_seeds_make_equal_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("two", 5), ("other", 6)):
        write_sample(tmp_path / name, agencies=7, years=(2020, 2022), seed=seed)
    one = contents(tmp_path / "one")
    assert len(one) > 20
    assert one == contents(tmp_path / "two")
    assert one["truth/cells.parquet"] != contents(tmp_path / "other")["truth/cells.parquet"]


def test_default_corpus_is_large_enough_and_mostly_clean(corpus: Corpus) -> None:
    assert len({row["agency"] for row in corpus.reports}) >= 24
    assert len({row["year"] for row in corpus.reports}) >= 5
    with_errors = sum(row["has_error"] for row in corpus.reports)
    assert with_errors == corpus.summary.with_errors
    assert 0 < with_errors <= 0.3 * len(corpus.reports)
    assert sum(len(content) for content in contents(corpus.out).values()) < 4_000_000


def test_editions_follow_the_report_year_unless_the_other_is_planted(corpus: Corpus) -> None:
    assert {row["form"] for row in corpus.reports} == {"2019", "2021"}
    for report in corpus.reports:
        planted = [
            row["planted"] for row in corpus.faults_of(report) if row["rule"] == "old-edition"
        ]
        odd = report["form"] != edition_for_year(report["year"])
        assert planted == ([True] if odd else [])


def test_a_government_reports_for_itself_beside_its_roll_up(corpus: Corpus) -> None:
    own = [
        report
        for report in corpus.reports
        if report["scope"] == "agency" and report["agency"].endswith("县人民政府")
    ]
    rolled = {(r["agency"], r["year"]): r for r in corpus.reports if r["scope"] == "rollup"}
    assert [report["year"] for report in own] == [2023, 2024]
    for report in own:
        assert f"{report['agency']}（办公室）" in report["title"]
        whole = corpus.cells_of(rolled[report["agency"], report["year"]])
        for key, cell in corpus.cells_of(report).items():
            assert None in (cell["value"], whole[key]["value"]) or (
                cell["value"] <= whole[key]["value"]
            )


def test_truth_lists_every_cell_of_every_report_once(corpus: Corpus) -> None:
    for report in corpus.reports:
        form = load_form(report["form"])
        expected = [(cell.section, cell.item, cell.party) for cell in form.cells]
        assert list(corpus.cells_of(report)) == expected


def test_value_is_given_for_numbers_alone(corpus: Corpus) -> None:
    assert {row["state"] for row in corpus.cells} == {
        "number",
        "blank",
        "dash",
        "unreadable",
        "absent",
    }
    assert all((row["value"] is not None) == (row["state"] == "number") for row in corpus.cells)


def test_every_file_is_in_the_truth(corpus: Corpus) -> None:
    lists = (corpus.reports, corpus.earlier, corpus.rejected)
    told = {row["path"] for rows in lists for row in rows}
    archives = {path.partition(".zip!/")[0] + ".zip" for path in told if ".zip!/" in path}
    files = {name for name in contents(corpus.out) if name.startswith("reports/")}
    assert archives
    assert files == {path for path in told if ".zip!/" not in path} | archives
    for path in told - files:
        archive, _, member = path.partition(".zip!/")
        with zipfile.ZipFile(corpus.out / f"{archive}.zip") as opened:
            assert opened.namelist() == [member]


def test_files_without_a_report_give_their_reason(corpus: Corpus) -> None:
    reasons = sorted(row["reason"] for row in corpus.rejected)
    assert reasons == ["empty", "encrypted", "no-report", "truncated"]
    for row in corpus.rejected:
        content = (corpus.out / row["path"]).read_bytes()
        assert (content == b"") == (row["reason"] == "empty")
        if row["reason"] == "truncated":
            assert content.startswith(b"PK")
            assert not zipfile.is_zipfile(corpus.out / row["path"])


def test_every_rule_is_planted(corpus: Corpus) -> None:
    assert {row["rule"] for row in corpus.faults if row["planted"]} == ORACLE_RULES
    assert {row["rule"] for row in corpus.faults} == ORACLE_RULES


def test_oddities_are_of_other_rules_and_in_written_reports(corpus: Corpus) -> None:
    written = {(row["agency"], row["year"]) for row in corpus.reports}
    assert {row["rule"] for row in corpus.oddities} == NOTED_RULES
    assert {(row["agency"], row["year"]) for row in corpus.oddities} <= written


def test_repeated_figures_are_those_of_the_year_before(corpus: Corpus) -> None:
    reports = {(row["agency"], row["year"]): row for row in corpus.reports}
    repeated = [row for row in corpus.faults if row["rule"] == "figures-repeated"]
    assert repeated
    for row in repeated:
        now, before = (
            [cell["value"] for cell in corpus.cells_of(reports[row["agency"], year]).values()]
            for year in (row["year"], row["year"] - 1)
        )
        assert now == before
        assert sum(value or 0 for value in now) > 60


def test_a_file_that_was_replaced_is_older_than_the_report(corpus: Corpus) -> None:
    reports = {(row["agency"], row["year"]): row for row in corpus.reports}
    conflicts = [row for row in corpus.faults if row["rule"] == "conflicting-copies"]
    assert conflicts
    assert [(r["agency"], r["year"]) for r in conflicts] == [
        (row["agency"], row["year"]) for row in corpus.earlier
    ]
    for row in corpus.earlier:
        assert row["published_on"] < reports[row["agency"], row["year"]]["published_on"]


def test_a_text_that_is_not_its_own_says_whose_it_is(corpus: Corpus) -> None:
    texts = [row for row in corpus.oddities if row["rule"].startswith("text-")]
    reports = {(row["agency"], row["year"]): row for row in corpus.reports}
    assert len(texts) >= 4
    for row in texts:
        source, year = row["detail"].rsplit(" ", 1)
        assert reports[row["agency"], row["year"]]["text_from"] == row["detail"]
        assert int(year) == row["year"] - 1
        assert (source == row["agency"]) == (row["rule"] == "text-repeated")


def test_no_finding_is_listed_twice(corpus: Corpus) -> None:
    names = ("agency", "year", "scope", "rule", "section", "item", "party")
    keys = [tuple(row[name] for name in names) for row in corpus.faults]
    assert len(keys) == len(set(keys))


def test_missing_reports_are_the_roster_less_the_files(corpus: Corpus) -> None:
    with (corpus.out / "roster.csv").open(encoding="utf-8") as opened:
        roster = list(csv.DictReader(opened))
    due = {
        (row["agency"], year)
        for row in roster
        for year in range(int(row["reports_from"]), int(row["reports_to"]) + 1)
    }
    written = {(row["agency"], row["year"]) for row in corpus.reports}
    missing = {(r["agency"], r["year"]) for r in corpus.faults if r["rule"] == "report-missing"}
    gaps = {(r["agency"], r["year"]) for r in corpus.faults if r["rule"] == "year-gap"}
    assert missing == due - written
    assert gaps < missing


def test_roster_is_filled_in_and_parents_are_on_it(corpus: Corpus) -> None:
    with (corpus.out / "roster.csv").open(encoding="utf-8") as opened:
        roster = list(csv.DictReader(opened))
    names = {row["agency"] for row in roster}
    assert len(names) == len(roster) == corpus.summary.agencies
    assert {row["level"] for row in roster} == {"县级", "乡级"}
    assert all(row["parent"] in names for row in roster if row["parent"])
    assert all(row["agency"].startswith(row["region"]) for row in roster)


@pytest.mark.parametrize("years", [(2019, 2020), (2020, 2021), (2022, 2022), (2024, 2024)])
def test_every_agency_of_a_roster_reports_in_its_years(years: tuple[int, int]) -> None:
    roster = make_roster(60, years)
    assert len(roster) == 60
    assert all(years[0] <= a.reports_from <= a.reports_to <= years[1] for a in roster)


def test_more_agencies_come_from_more_counties() -> None:
    roster = make_roster(300, (2019, 2024))
    assert len({agency.agency for agency in roster}) == 300
    assert len({agency.region for agency in roster}) == 9
    assert sum(agency.scope == "rollup" for agency in roster) == 9


def test_formats_limit_what_is_written(tmp_path: Path) -> None:
    write_sample(tmp_path, agencies=5, years=(2021, 2022), formats=["txt", "csv"])
    assert {path.suffix for path in (tmp_path / "reports").rglob("*.*")} <= {".txt", ".csv", ".zip"}


def test_every_usual_variety_is_used_and_some_rare_ones(corpus: Corpus) -> None:
    used = {(row["format"], row["variety"]) for row in corpus.reports}
    usual = {(v.format, v.name) for v in varieties() if v.corpus == "usual"}
    assert usual <= used
    assert len(used - usual) >= 10
    assert {kind for kind, _ in used} == set(WRITERS) - {"png", "zip"}


def test_rare_print_spares_reports_with_planted_faults(corpus: Corpus) -> None:
    rare = {(v.format, v.name) for v in varieties() if v.corpus == "rare"}
    planted = {(row["agency"], row["year"]) for row in corpus.faults if row["planted"]}
    for row in corpus.reports:
        if (row["format"], row["variety"]) in rare:
            assert (row["agency"], row["year"]) not in planted


@pytest.mark.parametrize("kind", sorted(set(FORMATS) - {"png"}))
def test_a_single_format_is_written_alone(tmp_path: Path, kind: str) -> None:
    write_sample(tmp_path, agencies=2, years=(2021, 2022), formats=[kind])
    files = [path for path in (tmp_path / "reports").rglob("*.*") if path.is_file()]
    assert len(files) >= 3
    assert {path.suffix[1:] for path in files} == {kind, "zip"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"formats": ["odt"]},
        {"years": (2018, 2020)},
        {"years": (2022, 2021)},
        {"agencies": 0},
        {"agencies": 100_000},
    ],
)
def test_impossible_wishes_are_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"formats|years|agenc|counties"):
        write_sample(tmp_path, **wrong)  # type: ignore[arg-type]


def test_readme_says_in_both_languages_that_it_is_made_up(corpus: Corpus) -> None:
    text = (corpus.out / "README.md").read_text(encoding="utf-8")
    assert "虚构" in text
    assert "made up" in text


def test_generator_shares_only_the_form_with_what_it_judges() -> None:
    folder = Path(str(etl.sample.__file__)).parent
    allowed = ("etl.form", "etl.reading", "etl.sample")
    for source in folder.rglob("*.py"):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        names = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        names += [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
        assert all(name.startswith(allowed) for name in names if name.startswith("etl")), source


def test_errors_are_only_of_the_error_rules(corpus: Corpus) -> None:
    for report in corpus.reports:
        broken = {row["rule"] for row in corpus.faults_of(report)} & ERROR_RULES
        assert report["has_error"] == bool(broken)
