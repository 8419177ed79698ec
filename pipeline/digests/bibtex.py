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
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as Item
from bibtexparser.splitter import Splitter
from pylatexenc.latex2text import get_default_latex_context_db

from pipeline.digests.bibliography import Record, doi_link, entries, head, listed, refusal
from pipeline.digests.prose import links
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.model.records import Entry, Format, Skip, Text

# What the parser refuses is a skip here, and need not be told on the screen as well.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_START = re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]")
_FIELD = re.compile(
    r"(?<![ \t])[ \t]*+(?:,?[ \t]*+[A-Za-z][\w:-]{1,40}[ \t]*+=[ \t]*+[{\"\w]|[})],?[ \t]*+$)"
)
_LOST_FIELD = re.compile(r"(?:^|,)[ \t]*[A-Za-z][\w:-]{1,40}[ \t]*=[ \t]*[{\"]", re.MULTILINE)
_PIECE = re.compile(r'\s*(?:([{"])|([^\s#{}",]+))\s*#?')
_JOINT = re.compile(r"\s*#?")
_DELIMITER = re.compile(r'(?<!\\)[{}"]')
_MACRO_CHARACTERS = 1_000
_NOTES = ("note", "notes", "annote", "annotation", "comment", "comments", "review")
_IDS = (
    *("eprint", "arxiv", "arxivid", "url", "doi", "number", "journal", "journaltitle", "volume"),
    *("pages", "howpublished", "eid", "adsurl", "note", "pdf", "link", "booktitle", "series"),
    *("publisher", "institution", "type"),
)
_ADDED = ("date-read", "date-added", "dateadded", "creationdate", "timestamp", "urldate")
_VENUES = (
    *("journal", "journaltitle", "booktitle", "eventtitle", "school", "institution", "publisher"),
)
_ACCENTS = dict(
    zip(
        "`'^~\"=.ucvHrkdb",
        "\u0300\u0301\u0302\u0303\u0308\u0304\u0307\u0306\u0327\u030c\u030b\u030a\u0328\u0323\u0331",
        strict=True,
    )
)
_TEX = re.compile(
    r"\\href\s*\{(?P<address>[^{}\s]{1,500})\}\s*\{(?P<shown>[^{}]{0,500})\}"
    r"|\\(?P<accent>[`'^~\"=.]|[ucvHrkdb](?![A-Za-z]))\s*"
    r"(?:\{\s*(?P<braced>\\?[^\W\d_])\s*\}|(?P<bare>\\?[^\W\d_]))"
    r"|\\(?P<word>[A-Za-z]+)(?P<space>[ \t]*)(?P<open>\{?)"
    r"|\\(?P<sign>[^A-Za-z\s])"
    r"|\$(?P<math>[^$\s](?:[^$\n]{0,200}[^$\s\\])?)\$(?!\d)"
    r"|(?P<quote>``|'')|(?P<tie>(?<=[A-Za-z.}])~(?=[A-Za-z{\\]))|[{}]"
)


def _likeness(text: Text) -> float:
    lines = [line for line in head(text) if not line.lstrip().startswith("%")]
    starts = sum(_START.match(line) is not None for line in lines)
    fields = sum(_FIELD.match(line) is not None for line in lines)
    if not lines or not starts + fields:
        return 0.0
    if _START.match(lines[0]) and (fields or _LOST_FIELD.search(lines[0])):
        return 1.0
    share = (starts + fields) / len(lines)
    return share if starts and share > 0.5 else 0.2 * share


def _read(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, _records(text))


def _records(text: Text) -> Iterator[Record | Skip]:
    source = "\n".join(line or "" for line in text.lines)
    macros: dict[str, str] = {}
    failed = False
    for block in Splitter(source).split().blocks:
        item = _item(block)
        if isinstance(item, String):
            macros[item.key.lower()] = _value(item.value, macros)
        elif isinstance(item, Item):
            yield _record(item, macros)
        elif isinstance(item, ParsingFailedBlock):
            yield refusal(text, _first_line(item), _damage(item))
        elif isinstance(item, ImplicitComment) and not failed and _LOST_FIELD.search(item.comment):
            reason = "these fields stand outside a record. Look for a lost `@` or a `}` too many."
            yield refusal(text, _first_line(item), reason)
        failed = isinstance(item, ParsingFailedBlock)


def _item(block: Block) -> Block:
    """The block itself, or what the parser set aside for a key or a field that comes twice."""
    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        if block.ignore_error_block is None:
            return block
        block = block.ignore_error_block
    return block


def _first_line(block: Block) -> int:
    return (block.start_line or 0) + 1


def _damage(block: ParsingFailedBlock) -> str:
    why = " ".join(str(getattr(block.error, "abort_reason", block.error)).split()).rstrip(".")
    return (
        f"the record is no BibTeX: {why}. Close its braces and quotes; put commas between fields."
    )


def _record(item: Item, macros: Mapping[str, str]) -> Record:
    fields: dict[str, list[str]] = {}
    for field in item.fields:
        value = _value(str(field.value), macros).strip()
        if value:
            fields.setdefault(field.key.lower(), []).append(value)
    first = {key: values[0] for key, values in fields.items()}
    pages = [
        url for key in ("url", "howpublished") for v in fields.get(key, []) for url in links(v)
    ]
    dois = [link for doi in fields.get("doi", []) if (link := doi_link(_plain(doi)))]
    start = _first_line(item)
    return Record(
        line_start=start,
        line_end=start + (item.raw or "").count("\n"),
        title=_plain(first["title"]) if "title" in first else None,
        authors=_people(first.get("author", "")),
        abstract=_paragraphs(_plain(first.get("abstract", ""))),
        notes=tuple(_plain(note) for key in _NOTES for note in fields.get(key, [])),
        keywords=tuple(
            tag
            for key in ("keywords", "keyword", "mendeley-tags")
            for words in fields.get(key, [])
            for tag in listed(_plain(words))
        ),
        ids=tuple(_ids(fields)),
        urls=(*(url.replace("\\", "") for url in pages), *dois),
        added=_added(first),
        published=published_of(*(_plain(first.get(key, "")) for key in _dated(first))),
        venue=venue_of(*(_plain(first[key]) for key in _VENUES if key in first)),
        doi=doi_of(*map(_plain, fields.get("doi", []))),
    )


def _dated(first: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that say when it appeared: BibLaTeX's one, or BibTeX's three."""
    return ("date",) if "date" in first else ("year", "month", "day")


def _value(expression: str, macros: Mapping[str, str]) -> str:
    """The text of `{...}`, `"..."`, a number, a macro, or of several joined by `#`."""
    if "#" not in expression and not expression.startswith(("{", '"')):
        return macros.get(expression.lower(), expression)
    parts, position = [], 0
    while match := _PIECE.match(expression, position):
        if match[1]:
            end = _closing(expression, match.start(1))
            parts.append(expression[match.start(1) + 1 : end])
            joint = _JOINT.match(expression, end + 1)
            position = joint.end() if joint else end + 1
        else:
            parts.append(macros.get(match[2].lower(), match[2]))
            position = match.end()
    # A macro may stand for others many times over, so what it stands for is cut.
    text = "".join(parts)
    return text if len(text) <= len(expression) else text[: len(expression) + _MACRO_CHARACTERS]


def _closing(text: str, start: int) -> int:
    """Where the brace or quote at `start` is closed; the end of the text where it is not."""
    depth = 0
    for match in _DELIMITER.finditer(text, start + (text[start] == '"')):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth <= 0 and match[0] == {"{": "}", '"': '"'}[text[start]]:
            return match.start()
    return len(text)


def _ids(fields: Mapping[str, list[str]]) -> Iterator[str]:
    archive = " ".join(fields.get("archiveprefix", []) + fields.get("eprinttype", []))
    for key in _IDS:
        for value in fields.get(key, []):
            if key != "eprint":
                yield _plain(value)
            elif not archive or "arxiv" in archive.lower():
                yield _plain(value)
                yield from (f"{_plain(c)}/{value}" for c in fields.get("primaryclass", []))


def _added(first: Mapping[str, str]) -> str | None:
    # The time stamp of a record from DBLP is DBLP's own.
    from_dblp = "dblp" in (first.get("biburl", "") + first.get("bibsource", "")).lower()
    keys = (key for key in _ADDED if key in first and not (from_dblp and key == "timestamp"))
    return next((_plain(first[key]) for key in keys), None)


def _people(field: str) -> tuple[str, ...]:
    names = split_multiple_persons_names(field)
    parts = (parse_single_name_into_parts(name, strict=False) for name in names)
    return tuple(_plain(part.merge_first_name_first) for part in parts)


def _paragraphs(text: str) -> str | None:
    return "\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text)) or None


def _plain(tex: str) -> str:
    r"""The text that TeX would print, but for what it cannot know; the text itself if it has none.

    A `%`, `&` or `#` stays, with or without its backslash, as people forget it.

    >>> _plain(r"G{\"{o}}del, \c{c}, \v{S}, {\ss}, \'{\i}; \emph{a} \textbf{{b}} \& C:\notes")
    'Gödel, ç, Š, ß, í; a b & C:\\notes'
    >>> _plain("Q&A at 50% of $5 and $10, 10~20%, $20\\times$")
    'Q&A at 50% of $5 and $10, 10~20%, 20×'
    >>> _plain(r"``so'' \href{https://a.org/~b}{it says}")
    '“so” it says (https://a.org/~b)'
    """
    plain = _TEX.sub(_printed, tex) if re.search(r"[\\{}$~]|``|''", tex) else tex
    return unicodedata.normalize("NFC", plain)


def _printed(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found["address"]:
        return f"{_plain(found['shown'])} ({found['address']})"
    if found["accent"]:
        letter = (found["braced"] or found["bare"]).lstrip("\\")
        return letter + _ACCENTS[found["accent"]]
    if found["word"]:
        return _word(found["word"], found["space"], found["open"])
    if found["math"]:
        return _TEX.sub(_printed, found["math"])
    if found["quote"]:
        return "“" if found["quote"] == "``" else "”"
    return " " if found["tie"] else found["sign"] or ""


def _word(name: str, space: str, opens: str) -> str:
    symbol = _symbols().get(name)
    if symbol is not None:
        return symbol
    # An unknown word without an argument is no macro but a text, as in `C:\notes`.
    return (
        "" if opens or name in ("em", "it", "bf", "tt", "sc", "rm", "quad") else f"\\{name}{space}"
    )


_OTHERWISE = {"textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}"}
"""What pylatexenc prints otherwise than LaTeX, or does not know."""


@cache
def _symbols() -> Mapping[str, str]:
    """What each macro prints that stands for a letter or a sign."""
    known = get_default_latex_context_db()
    printed = {spec.macroname: spec.simplify_repl for spec in known.iter_macro_specs()}
    # The table has more, such as today's date and a mark for each citation.
    return {
        name: text
        for name, text in printed.items()
        if isinstance(text, str) and (len(text) == 1 or text == name)
    } | _OTHERWISE


FORMAT = Format("bibtex", _likeness, _read)
