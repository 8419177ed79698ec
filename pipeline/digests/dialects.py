"""Other ways to mark up a text (reStructuredText, AsciiDoc, MediaWiki, references) as Markdown.

A line for a line: `[title][1]` gets the address that `[1]: https://...` gives, a title that is
underlined becomes a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pipeline.digests.fields import field_of
from pipeline.digests.titles import looks_like_title

_DEFINITION = re.compile(r"\s{0,3}\[(\^?[^\[\]]{1,60})\]:\s+<?(https?://[^\s<>]{1,2000})>?\s*")
_NOTED_TITLE = re.compile(
    r"(?P<mark>\s{0,12}(?:[-*+]|\d{1,3}[.)])\s+)(?P<title>[^\[\]\n]{8,200})\[(?P<note>\^[^\[\]\s]{1,20})\]"
)
"""A title in a list, and the footnote that is its link."""
_REFERENCE = re.compile(r"\[([^\[\]]{1,400})\]\[([^\[\]]{0,60})\]|\[(\^[^\[\]]{1,60})\](?![:(\[])")
_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}")
_LEVELS = {"=": "#", "-": "##", "~": "###"}
_EQUALS = re.compile(r"(={1,5})\s+(\S.*)")
_WIKI_LINK = re.compile(r"\[(https?://[^\s\[\]]{1,2000})\s+([^\[\]]{1,400})\]")
_TIDDLY_LINK = re.compile(r"\[\[([^\[\]|]{1,400})\|(https?://[^\s\[\]]{1,2000})\]\]")
_RST_LINK = re.compile(r"`([^`<>]{1,400}?)\s*<(https?://[^\s<>]{1,2000})>`__?")
_ADOC_LINK = re.compile(
    r"(?:link:|(?<![(<\[\w:/]))(https?://[^\s\[\]()]{1,2000})\[([^\[\]]{1,400})\](?!\()"
)
_BLOCK_TITLE = re.compile(r"\.(?=[^\s.])(.{2,300})")
_BLOCK_MARK = re.compile(r"(?:\*{4,}|={4,}|-{4,}|_{4,}|\.{4,}|\+{4,})\s*")
"""A block's title and its edges: https://docs.asciidoctor.org/asciidoc/latest/blocks/delimited/"""
_RST_PLACE = re.compile(r"\.\.\s_([^:`]{1,80}):\s+(https?://\S{1,2000})\s*")
_RST_NAME = re.compile(r"`([^`<>\n]{1,80})`_(?!_)")
_RST_FIELD = re.compile(r":([A-Za-z][\w -]{0,30}):\s+(\S.*)")
_SCHOLAR = re.compile(r"\[(?:PDF|HTML|BOOK|CITATION|B|C)\]\s+(?=[^\s(:\[])")
"""How Google Scholar marks a title."""
_MOST_TITLE_CHARACTERS = 300
_LONGEST = 20_000


def plain_markdown(lines: Sequence[str | None], start: int) -> Sequence[str | None]:
    """The lines in Markdown from index `start` on; themselves where they hold no other markup."""
    if not any(line and _may_be_other(line) for line in islice(lines, start, None)):
        return lines
    places = {
        match[1].casefold(): match[2]
        for line in lines
        if line
        and line.lstrip().startswith(("[", ".. _"))
        and (match := _DEFINITION.fullmatch(line) or _RST_PLACE.fullmatch(line))
    }
    return (*lines[:start], *_converted(lines[start:], places))


def _may_be_other(line: str) -> bool:
    first = line[:1]
    return (
        first in "=:~."
        or (first == "-" and line.startswith("---"))
        or "[http" in line
        or "|http" in line
        or "`_" in line
        or "link:" in line
        or "]: " in line
        or _SCHOLAR.match(line) is not None
    )


def _converted(lines: Sequence[str | None], places: Mapping[str, str]) -> Iterator[str | None]:
    used: set[str] = set()
    above: str | None = ""
    block = ""
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        if line is None or len(line) > _LONGEST:
            yield line
        elif above and _is_underline(line, above):
            yield ""
        elif line[:1] == "." and below and _BLOCK_MARK.fullmatch(below):
            yield f"**{line[1:].strip()}**" if _BLOCK_TITLE.fullmatch(line) else line
            block = below.strip()
        elif block and line.strip() == block:
            # Its first edge stands right below the title.
            block = block if (above or "").startswith(".") else ""
            yield ""
        elif below and _is_underline(below, line) and not (above or "").strip():
            yield f"{_LEVELS[below.strip()[0]]} {line.strip()}"
        else:
            yield _line(line, places, used, is_under=bool((above or "").strip()))
        above = line


def _is_underline(line: str, title: str) -> bool:
    """Whether a line underlines the title above it, and is no rule between texts."""
    mark, words = line.strip(), title.strip()
    if not words or not _UNDERLINE.fullmatch(mark) or words.startswith(("|", "-", "#", ">")):
        return False
    long = len(mark) >= 0.8 * len(words) or mark[0] == "="
    return long and len(words) <= _MOST_TITLE_CHARACTERS and not words.endswith((".", "。", ":"))


def _line(line: str, places: Mapping[str, str], used: set[str], *, is_under: bool) -> str:
    heading = _EQUALS.fullmatch(line.rstrip()) if line.startswith("=") else None
    if heading:
        line = f"{'#' * len(heading[1])} {heading[2].removesuffix(heading[1]).rstrip()}"
    field = _RST_FIELD.fullmatch(line) if line.startswith(":") else None
    if field and field_of(field[1]) not in (None, "aside", "elsewhere"):
        return f"{field[1]}: {field[2]}"
    if line.startswith(": ") and is_under:
        line = f"  - {line[2:]}"
    if line.startswith("["):
        line = _SCHOLAR.sub("", line)
    if "http" in line:
        for form, linked in (
            (_WIKI_LINK, r"[\2](\1)"), (_ADOC_LINK, r"[\2](\1)"), (_RST_LINK, r"[\1](\2)")
        ):  # fmt: skip
            line = form.sub(linked, line)
        if "[[" in line:
            line = _TIDDLY_LINK.sub(r"[\1](\2)", line)
    line = line.removesuffix(" +")
    if places and "`_" in line:
        line = _RST_NAME.sub(lambda match: _named_place(match, places, used), line)
    defined = _DEFINITION.fullmatch(line) or _RST_PLACE.fullmatch(line) if places else None
    if defined:
        return "" if defined[1].casefold() in used else line
    return _with_references(line, places, used) if places else line


def _with_references(line: str, places: Mapping[str, str], used: set[str]) -> str:
    """A line whose references have the addresses they stand for, a title before one as its link."""
    noted = _NOTED_TITLE.match(line) if "[^" in line else None
    place = places.get(noted["note"].casefold()) if noted else None
    if noted and place and looks_like_title(noted["title"], words=2):
        used.add(noted["note"].casefold())
        line = f"{noted['mark']}[{noted['title'].strip()}]({place}){line[noted.end() :]}"
    return _REFERENCE.sub(lambda match: _resolved(match, places, used), line)


def _named_place(match: re.Match[str], places: Mapping[str, str], used: set[str]) -> str:
    place = places.get(match[1].casefold())
    if place is None:
        return match[0]
    used.add(match[1].casefold())
    return f"[{match[1]}]({place})"


def _resolved(match: re.Match[str], places: Mapping[str, str], used: set[str]) -> str:
    name = (match[3] or match[2] or match[1]).casefold()
    place = places.get(name)
    if place is None:
        return match[0]
    used.add(name)
    if not match[3]:
        return f"[{match[1]}]({place})"
    of_heading = match.string.startswith("#")
    return f" [{'link' if of_heading else match[3].lstrip('^')}]({place})"
