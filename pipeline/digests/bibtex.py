"""BibTeX and BibLaTeX, as reference managers export it.

@misc{wei2024arctic,
  title      = {{Arctic-SnowCoder}: Demystifying ...},
  author     = {Wei, Yuxiang and Han, Hojae and others},
  eprint     = {2409.02326},                the arXiv id; a link or DOI of arXiv will do
  keywords   = {code, llm},                 the tags
  annote     = {Snowflake의 코드 LLM 연구.},   the commentary
  date-added = {2024-09-05 10:22:31 +0900}
}
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence

from bibtexparser.model import Entry as Item
from bibtexparser.model import ImplicitComment, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter

from pipeline.digests.bibliography import Record, entries, refusal
from pipeline.digests.bibtex_record import first_line, item_of, record_of, value_of
from pipeline.model.records import Entry, Format, Skip, Text

# What the parser refuses is a skip here, and need not be told on the screen as well.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_START = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]")
_FIELD = re.compile(
    r"(?<![ \t])[ \t]*+(?:,?[ \t]*+[A-Za-z][\w:-]{1,40}[ \t]*+=[ \t]*+[{\"\w]|[})],?[ \t]*+$)"
)
_LOST_FIELD = re.compile(r"(?:^|,)[ \t]*[A-Za-z][\w:-]{1,40}[ \t]*=[ \t]*[{\"]", re.MULTILINE)


def _likeness(text: Text) -> float:
    lines = [line for line in text.head if not line.lstrip().startswith("%")]
    starts = sum(_START.match(line) is not None for line in lines)
    fields = sum(_FIELD.match(line) is not None for line in lines)
    if not lines or not starts + fields:
        return 0.0
    if _is_within_notes(lines):
        return 0.1
    if _START.match(lines[0]) and (fields or _LOST_FIELD.search(lines[0])):
        return 1.0
    share = (starts + fields) / len(lines)
    return share if starts and share > 0.5 else 0.2 * share


def _is_within_notes(lines: Sequence[str]) -> bool:
    """Whether records stand in a text of notes: fenced as code, or fewer lines than the prose."""
    if any(line.startswith(("```", "~~~")) for line in lines):
        return True
    depth = outside = 0
    for line in lines:
        depth = max(0, depth) if not _START.match(line) else 0
        outside += depth == 0 and not _START.match(line) and line.strip(" \t,)}") != ""
        depth += line.count("{") - line.count("}")
    return 2 * outside > len(lines)


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, _records(text))


def _records(text: Text) -> Iterator[Record | Skip]:
    source = "\n".join(line or "" for line in text.lines)
    macros: dict[str, str] = {}
    failed = False
    items = [item_of(block) for block in Splitter(source).split().blocks]
    by_key = {item.key.casefold(): item for item in items if isinstance(item, Item)}
    for item in items:
        if isinstance(item, String):
            macros[item.key.lower()] = value_of(item.value, macros)
        elif isinstance(item, Item):
            yield record_of(item, macros, by_key)
        elif isinstance(item, ParsingFailedBlock):
            yield refusal(text, first_line(item), _damage(item))
        elif isinstance(item, ImplicitComment) and not failed and _LOST_FIELD.search(item.comment):
            reason = "these fields stand outside a record. Look for a lost `@` or a `}` too many."
            yield refusal(text, first_line(item), reason)
        failed = isinstance(item, ParsingFailedBlock)


def _damage(block: ParsingFailedBlock) -> str:
    why = " ".join(str(getattr(block.error, "abort_reason", block.error)).split()).rstrip(".")
    return (
        f"the record is no BibTeX: {why}. Close its braces and quotes; put commas between fields."
    )


FORMAT = Format("bibtex", _likeness, _entries)
