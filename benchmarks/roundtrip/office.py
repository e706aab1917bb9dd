"""LibreOffice as a converter: many files at a time, in a profile of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS_A_FILE = 5
_START_SECONDS = 40


@dataclass(frozen=True, slots=True)
class Saving:
    """How LibreOffice opens a file and as what it saves it; ``opens`` is empty for its own way."""

    ending: str
    filter: str
    opens: str = ""


WRITER_PAGE = "HTML (StarWriter)"
CALC_PAGE = "HTML (StarCalc)"
DELIMITED = "Text - txt - csv (StarCalc):44/59/9,34,76"
"""Commas, semicolons or tabs, in UTF-8."""


def program() -> str | None:
    """The program's path, or None where it isn't installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


class Office:
    """LibreOffice with a profile that lasts as long as this; used as a context."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="gouji-office-")

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def convert(
        self, files: Mapping[str, bytes], ending: str, steps: Sequence[Saving]
    ) -> dict[str, bytes]:
        """Each file's bytes after all steps, under its own name; one that fails is left out.

        ``files`` have names without ending, ``ending`` is that of all. FileNotFoundError without
        the program.
        """
        with TemporaryDirectory(dir=self._folder.name) as folder:
            held = {str(number): name for number, name in enumerate(files)}
            here = Path(folder) / "0"
            here.mkdir()
            for number, name in held.items():
                (here / f"{number}.{ending}").write_bytes(files[name])
            for turn, step in enumerate(steps, 1):
                there = Path(folder) / str(turn)
                there.mkdir()
                self._save(sorted(here.iterdir()), there, step)
                here = there
            return {held[path.stem]: path.read_bytes() for path in sorted(here.glob("*"))}

    def _save(self, paths: Sequence[Path], out: Path, step: Saving) -> None:
        office = program()
        if office is None:
            raise FileNotFoundError("soffice")
        profile = (Path(self._folder.name) / "profile").as_uri()
        command = [
            office, "--headless", "--norestore", f"-env:UserInstallation={profile}",
            *([f"--infilter={step.opens}"] if step.opens else []),
            "--convert-to", f"{step.ending}:{step.filter}", "--outdir", str(out),
            *map(str, paths),
        ]  # fmt: skip
        run_for(command, _START_SECONDS + SECONDS_A_FILE * len(paths))


def run_for(command: Sequence[str], seconds: float) -> None:
    """Run a program and all that it starts, and end them after so many seconds."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
