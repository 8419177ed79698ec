"""What the reader's own BibTeX says of papers, as it is to be written again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.export.days import days_of_months
from pipeline.export.tex import tex_columns
from pipeline.export.text_columns import whole

MONTHS = pa.array("jan feb mar apr may jun jul aug sep oct nov dec".split())
_NO_KEY = re.compile(r"[\s\"#%&'(),={}\\~^$\x00-\x1f\x7f]")
"""What BibTeX or TeX stops at within a key."""
_DATES = frozenset(("year", "month", "date"))
_PLACES = frozenset(("journal", "journaltitle", "booktitle", "maintitle"))
_IN_VOLUMES = frozenset(("inproceedings", "conference", "incollection", "inbook"))
_PAGES = re.compile(r"(?<=\d)\s?[-–—]{1,3}\s?(?=\d)")
_YEAR = re.compile(r"(\d{4})(?:-(\d\d))?")
_KIND = re.compile("[a-z]{1,40}")
_COLUMNS = pa.schema([(name, pa.string()) for name in ("key", "kind", "lines", "words")])


def months_and_years(papers: pa.Table | pa.RecordBatch) -> tuple[pa.Array, pa.Array]:
    """The months of papers as BibTeX names them, and their years; null where not known."""
    days = whole(days_of_months(papers))
    months = MONTHS.take(pc.subtract(pc.month(days), 1))
    return months, pc.coalesce(whole(papers["year"]), pc.year(days))


def own_references(papers: pa.Table | pa.RecordBatch) -> pa.RecordBatch:
    """`key`, `kind` (`inproceedings`), `lines` and `words` of each paper the reader's BibTeX cites.

    `lines` are the fields of when and where it appeared, as TeX: the reader's, and what is known
    beside them; a day or a venue that the reader states is not added to. A key or kind that BibTeX
    could not read is null. `words` are the reader's without what the record's own `note` says, null
    where it has none. All are null of other papers.
    """
    cited_as = whole(papers["cited_as"])
    if cited_as.null_count == len(cited_as):
        return pa.RecordBatch.from_pylist([{}] * len(cited_as), _COLUMNS)
    months, years = months_and_years(papers)
    facts_of_papers = pa.record_batch(
        {"year": pc.cast(years, pa.string()), "month": months, "venue": whole(papers["venue"])}
    )
    words = whole(papers["commentary"]).to_pylist()
    all_said = zip(cited_as.to_pylist(), facts_of_papers.to_pylist(), words, strict=True)
    rows = [_row(own_record(said), *facts) if said else {} for said, *facts in all_said]
    return pa.RecordBatch.from_pylist(rows, _COLUMNS)


class OwnRecord(NamedTuple):
    """A record of the reader's own BibTeX: its fields are plain text, in its order.

    The key and the kind are None where BibTeX could not read them, and where there is no record;
    `year` and `month` (1 to 12) are None where it states none.
    """

    key: str | None = None
    kind: str | None = None
    fields: Mapping[str, str] = MappingProxyType({})

    @property
    def year(self) -> int | None:
        """Of the work that is cited, which is not always that of its first version."""
        stated = _YEAR.match(self.fields.get("date") or self.fields.get("year") or "")
        return int(stated[1]) if stated else None

    @property
    def month(self) -> int | None:
        """Of the same."""
        stated = _YEAR.match(self.fields.get("date", ""))
        named = _month(self.fields.get("month", "") or (stated and stated[2]) or "")
        return MONTHS.index(named).as_py() + 1 if named else None


def own_record(cited_as: Iterable[str] | None) -> OwnRecord:
    """The record that the column `cited_as` of one paper tells of."""
    fields = dict(each.split(": ", 1) for each in cited_as or () if ": " in each)
    key, kind = fields.pop("key", ""), fields.pop("kind", "")
    is_key = key and not _NO_KEY.search(key)
    return OwnRecord(key if is_key else None, kind if _KIND.fullmatch(kind) else None, fields)


def page_numbers(pages: str) -> list[str]:
    """The first page and the last, or what else is said of pages.

    >>> page_numbers("5998--6008"), page_numbers("17"), page_numbers("1–3, 9")
    (['5998', '6008'], ['17'], ['1–3, 9'])
    """
    numbers = _PAGES.split(pages)
    return numbers if len(numbers) == 2 and "," not in pages else [pages]


def _row(own: OwnRecord, known: Mapping[str, str | None], words: str | None) -> dict[str, Any]:
    fields = _fields(own.fields, own.kind, known)
    lines = "".join(f",\n  {name} = {said}" for name, said in fields if _KIND.fullmatch(name))
    note = own.fields.get("note")
    beside_note = None if note is None else _without(words or "", note)
    return {"key": own.key, "kind": own.kind, "lines": lines, "words": beside_note}


def _without(words: str, note: str) -> str:
    """The words without the first place where they have the note, however its lines are broken."""
    pattern = r"\s+".join(map(re.escape, note.split()))
    return re.sub(rf"\s*(?<!\S){pattern}(?!\S)\s*", "\n", words, count=1).strip()


def _fields(
    own: Mapping[str, str], kind: str | None, known: Mapping[str, str | None]
) -> Iterator[tuple[str, str]]:
    """The fields of a record with their values as BibTeX has them."""
    venue = known["venue"]
    if not _DATES & own.keys():
        own = {name: said for name in ("year", "month") if (said := known[name])} | dict(own)
    if venue and not _PLACES & own.keys() and venue not in own.values():
        own = {**own, "booktitle" if kind in _IN_VOLUMES else "journal": venue}
    for name, text in own.items():
        yield (
            name,
            _month(text) if name == "month" and _month(text) else f"{{{_value(name, text)}}}",
        )


def _value(name: str, text: str) -> str:
    if name == "ids":
        return ",".join(key for key in text.split(",") if not _NO_KEY.search(key))
    return "--".join(map(_tex, _PAGES.split(text))) if name == "pages" else _tex(text)


def _month(text: str) -> str:
    """A month as BibTeX names it: `jan` of January, Jan. or 1; empty for anything else."""
    names: list[str] = MONTHS.to_pylist()
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return names[int(text) - 1]
    return text[:3].casefold() if text[:3].casefold() in names else ""


def _tex(text: str) -> str:
    line: str = tex_columns(pa.array([text]))[0].as_py()
    return line
