"""Many variants over several processes, each document under a watchdog."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Lock
from time import perf_counter

from benchmarks.fuzz.oracle import check
from benchmarks.fuzz.variants import make_variant
from benchmarks.score.tally import Fault
from benchmarks.score.truth import Case
from etl.read_report import read_reports
from etl.reading import Refused

PATIENCE_SECONDS = 10.0
"""How long one document may take."""
_START_SECONDS = 60.0
_SPAWN = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a variant: ``read``, a refusal's code, ``crash``, ``death`` or ``hang``."""

    number: int
    outcome: str
    seconds: float = 0.0
    faults: tuple[Fault, ...] = field(default=())


def try_variant(seeds: Sequence[Case], number: int) -> Verdict:
    """Damage a seed, read it, and hold what was read against the oracle."""
    variant = make_variant(seeds, number)
    start = perf_counter()
    try:
        read = read_reports(variant.data, variant.seed.name)
    except Refused as refused:
        return Verdict(number, refused.code, perf_counter() - start)
    except Exception as error:
        fault = Fault(f"crash: {type(error).__name__}", "", str(error)[:200])
        return Verdict(number, "crash", perf_counter() - start, (fault,))
    seconds = perf_counter() - start
    return Verdict(number, "read", seconds, tuple(check(variant, read)))


def run_variants(
    seeds: Sequence[Case], variants: int, processes: int = 2, patience: float = PATIENCE_SECONDS
) -> Iterator[Verdict]:
    """The verdict on each variant from 0 on, as they come in."""
    numbers, lock = count(), Lock()

    def draw() -> int | None:
        with lock:
            number = next(numbers)
        return number if number < variants else None

    def work(_: int) -> list[Verdict]:
        with _Worker(seeds, patience) as worker:
            return [worker.verdict(number) for number in iter(draw, None)]

    with ThreadPoolExecutor(processes) as threads:
        for verdicts in threads.map(work, range(processes)):
            yield from verdicts


class _Worker:
    """A process that tries variants one at a time, and is replaced when it dies or hangs."""

    def __init__(self, seeds: Sequence[Case], patience: float) -> None:
        self.seeds, self.patience = seeds, patience
        self.process: SpawnProcess | None = None
        self.pipe: Connection | None = None

    def __enter__(self) -> _Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def verdict(self, number: int) -> Verdict:
        """The verdict on one variant, whatever becomes of the process."""
        pipe = self.pipe or self._start()
        pipe.send(number)
        try:
            if pipe.poll(self.patience):
                verdict: Verdict = pipe.recv()
                return verdict
            outcome = "hang"
        except (EOFError, ConnectionError):
            outcome = "death"
        self._end()
        return Verdict(number, outcome, self.patience, (Fault(outcome, "", ""),))

    def _start(self) -> Connection:
        self.pipe, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(theirs, self.seeds), daemon=True)
        self.process.start()
        theirs.close()
        if not self.pipe.poll(_START_SECONDS):
            raise TimeoutError("a process for the variants did not start")
        self.pipe.recv()
        return self.pipe

    def _end(self) -> None:
        if self.process:
            self.process.kill()
            self.process.join()
        self.process = self.pipe = None


def _serve(pipe: Connection, seeds: Sequence[Case]) -> None:
    pipe.send("ready")
    while True:
        pipe.send(try_variant(seeds, pipe.recv()))
