"""The prose of all reports, made ready to be compared in batches, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from itertools import islice
from typing import Self
from zlib import compress, decompress

import numpy as np
import pyarrow as pa
from duckdb import DuckDBPyConnection

from etl.checks.copies.candidates import Texts
from etl.checks.copies.exact import joined, letter_count
from etl.checks.copies.shingles import SIGNATURE, signatures
from etl.checks.copies.wording import SECTIONS, Sentence, own_names, own_sentences
from etl.warehouse.connect import insert_rows

_BATCH = 1000
_FAST = 1
_FEWEST_AGENCIES = 10
_PROSE = pa.schema([("report_id", pa.int64()), ("characters", pa.int32())])


def batches(report_ids: Iterable[int], size: int) -> Iterator[list[int]]:
    """Lists of at most ``size``, in order."""
    rest = iter(report_ids)
    while batch := list(islice(rest, size)):
        yield batch


@dataclass(slots=True)
class Corpus:
    """The reports that say something, in the order in which their prose is stored.

    ``customary`` holds the bare sentences that so many agencies write that they prove nothing.
    """

    connection: DuckDBPyConnection
    reading_of: Mapping[int, int]
    agency_of: Mapping[int, int]
    names: Mapping[int, tuple[str, ...]]
    customary: frozenset[str] = field(default=frozenset())
    _wording: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: DuckDBPyConnection) -> Self:
        """The corpus of a warehouse, its reports known and their prose not yet read."""
        reports = connection.execute(
            "select report_id, reading_id, agency_id from report order by reading_id"
        ).fetchall()
        agencies = connection.execute(
            "select agency_id, agency.agency, agency.region, "
            "list_concat(coalesce(aliases, []), [agency.short_name]) "
            "from agency left join roster using (agency)"
        ).fetchall()
        return cls(
            connection,
            {report_id: reading_id for report_id, reading_id, _ in reports},
            {report_id: agency_id for report_id, _, agency_id in reports},
            {
                agency_id: own_names(agency, region, filter(None, others))
                for agency_id, agency, region, others in agencies
            },
        )

    def sentences(self, report_ids: Sequence[int]) -> dict[int, list[Sentence]]:
        """Each report's own sentences; a report without prose is left out."""
        report_of = {self.reading_of[report_id]: report_id for report_id in report_ids}
        rows = self.connection.execute(
            "select reading_id, list(text order by ordinal), list(place order by ordinal) "
            f"from prose where section in {SECTIONS} and reading_id in (select unnest(?)) "
            "group by reading_id order by reading_id",
            [list(report_of)],
        ).fetchall()
        found = {}
        for reading_id, texts, places in rows:
            report_id = report_of[reading_id]
            names = self.names[self.agency_of[report_id]]
            found[report_id] = own_sentences(zip(texts, places, strict=True), names, self.customary)
        return found

    def read(self, customary_share: float, customary_length: int) -> None:
        """Mask and keep the prose of all reports, and know which sentences to skip.

        Sentences of at most ``customary_length`` letters that ``customary_share`` of the agencies
        write, and no fewer than ten, don't count (``customary.sql`` says which). Makes
        ``check_sentence``: report_id and ``marks``, a hash a sentence.
        """
        self.connection.execute(
            "create or replace temp table check_sentence (report_id bigint, marks ubigint[])"
        )
        for batch in batches(self.reading_of, _BATCH):
            self._keep({key: joined(found) for key, found in self.sentences(batch).items()})
        self.customary = self._common(customary_share, customary_length)

    def texts(self, least_length: int) -> Texts:
        """The reports with at least so many letters of their own, with signatures.

        Makes ``check_prose`` on the way: report_id and ``characters``, letters that count.
        """
        self.connection.execute(
            "create or replace temp table check_prose (report_id bigint, characters integer)"
        )
        signed = [np.empty((0, SIGNATURE), np.uint32)]
        for batch in batches(self._wording, _BATCH):
            bare = {report_id: self.bare(report_id) for report_id in batch}
            rows = [(report_id, letter_count(text)) for report_id, text in bare.items()]
            insert_rows(self.connection, "check_prose", _PROSE, rows)
            signed.append(signatures([bare[key] for key, count in rows if count >= least_length]))
        columns = self.connection.execute(
            "select report_id, report.agency_id, report.year, "
            "coalesce(datediff('day', date '1900-01-01', published_on), 0), characters "
            "from check_prose join report using (report_id) "
            "where characters >= ? order by reading_id",
            [least_length],
        ).fetchall()
        report_id, agency_id, year, day, length = np.array(columns, dtype=np.int64).reshape(-1, 5).T
        return Texts(report_id, agency_id, year, day, length, np.concatenate(signed))

    def bare(self, report_id: int) -> str:
        """The bare text of a report, a sentence a line; KeyError for one without prose."""
        return "\n".join(line for line in self._lines(report_id) if line not in self.customary)

    def _keep(self, texts: Mapping[int, str]) -> None:
        self._wording |= {key: compress(text.encode(), _FAST) for key, text in texts.items()}
        self.connection.register(
            "incoming", pa.table({"report_id": list(texts), "text": list(texts.values())})
        )
        self.connection.execute(
            "insert into check_sentence select report_id, "
            "list_transform(string_split(text, chr(10)), lambda line: hash(line)) from incoming"
        )
        self.connection.unregister("incoming")

    def _lines(self, report_id: int) -> list[str]:
        return decompress(self._wording[report_id]).decode().split("\n")

    def _common(self, share: float, length: int) -> frozenset[str]:
        sql = resources.files("etl.checks.copies").joinpath("customary.sql").read_text("utf-8")
        places = self.connection.execute(
            sql, {"share": share, "fewest": _FEWEST_AGENCIES}
        ).fetchall()
        found = {self._lines(report_id)[number - 1] for report_id, number in places}
        return frozenset(sentence for sentence in found if 1 <= len(sentence) <= length)
