"""Texts: both languages, no key without a text, no text without a slot's value."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from dashboard.texts import all_texts, escape_markdown, text

CODE = Path(__file__).parents[2]
LITERAL = re.compile(r'(?:frame\.text|texts\.text|[^.\w]text)\(\s*"([\w.\-]+)"')


def slots(wording: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(wording) if name}


def test_both_languages_have_the_same_slots() -> None:
    differing = {
        key for key, words in all_texts().items() if slots(words["zh"]) != slots(words["en"])
    }
    assert differing == set()


def test_every_key_written_in_the_code_is_declared() -> None:
    files = [*CODE.glob("dashboard/**/*.py"), *CODE.glob("pages/*.py")]
    used = {key for file in files for key in LITERAL.findall(file.read_text("utf-8"))}
    assert len(used) > 50
    assert used - set(all_texts()) == set()


def test_a_missing_key_or_value_raises() -> None:
    with pytest.raises(KeyError):
        text("no.such.key", "zh")
    with pytest.raises(KeyError):
        text("snapshot", "zh", built="x")


def test_names_are_never_markup() -> None:
    assert escape_markdown("**a**[b](c):red[d]\n$e$") == (r"\*\*a\*\*\[b\]\(c\)\:red\[d\] \$e\$")
