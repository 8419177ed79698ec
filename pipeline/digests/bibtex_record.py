"""A record of BibTeX as what it says of a paper: its fields, people and TeX as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock
from bibtexparser.model import Entry as Item
from bibtexparser.splitter import Splitter
from pylatexenc.latex2text import get_default_latex_context_db

from pipeline.digests.bibliography import Record, doi_link, listed
from pipeline.digests.prose import links
from pipeline.digests.publication import doi_of, published_of, venue_of
from pipeline.model.unicode_forms import nfc

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


def records_in(source: str) -> tuple[Record, ...]:
    """The records of a text that can be read; lines count from 1 within the text."""
    items = map(item_of, Splitter(source).split().blocks)
    return tuple(record_of(item, {}) for item in items if isinstance(item, Item))


def item_of(block: Block) -> Block:
    """The block itself, or what the parser set aside for a key or a field that comes twice."""
    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        if block.ignore_error_block is None:
            return block
        block = block.ignore_error_block
    return block


def first_line(block: Block) -> int:
    """The line that a block begins on, from 1."""
    return (block.start_line or 0) + 1


def record_of(item: Item, macros: Mapping[str, str]) -> Record:
    """What an item says of a paper, its macros replaced by what they stand for."""
    fields: dict[str, list[str]] = {}
    for field in item.fields:
        value = value_of(str(field.value), macros).strip()
        if value:
            fields.setdefault(field.key.lower(), []).append(value)
    first = {key: values[0] for key, values in fields.items()}
    pages = [
        url for key in ("url", "howpublished") for v in fields.get(key, []) for url in links(v)
    ]
    dois = [link for doi in fields.get("doi", []) if (link := doi_link(_plain(doi)))]
    start = first_line(item)
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


def value_of(expression: str, macros: Mapping[str, str]) -> str:
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
    return nfc(plain)


def _printed(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups["address"]:
        return f"{_plain(groups['shown'])} ({groups['address']})"
    if groups["accent"]:
        letter = (groups["braced"] or groups["bare"]).lstrip("\\")
        return letter + _ACCENTS[groups["accent"]]
    if groups["word"]:
        return _word(groups["word"], groups["space"], groups["open"])
    if groups["math"]:
        return _TEX.sub(_printed, groups["math"])
    if groups["quote"]:
        return "“" if groups["quote"] == "``" else "”"
    return " " if groups["tie"] else groups["sign"] or ""


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
    latex_context = get_default_latex_context_db()
    printed = {spec.macroname: spec.simplify_repl for spec in latex_context.iter_macro_specs()}
    # The table has more, such as today's date and a mark for each citation.
    return {
        name: text
        for name, text in printed.items()
        if isinstance(text, str) and (len(text) == 1 or text == name)
    } | _OTHERWISE
