"""The Markdown that the elements of a web page are written as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pipeline.digests import markdown

_DROPPED = frozenset(
    "script style nav footer aside noscript template svg math iframe select button textarea input "
    "object head title dialog audio video canvas".split()
)
_FRAMES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu"))
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_PARAGRAPHS = frozenset(
    "p ul ol dl table blockquote pre h1 h2 h3 h4 h5 h6 figure article section".split()
)
"""What a browser leaves room above and below of."""
_BLOCKS = _PARAGRAPHS | frozenset(
    "div main header li dt dd tr td th thead tbody tfoot caption hr figcaption details summary "
    "center address body fieldset form".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
"""A heading of the sixth level is small print below one of another."""
_EMPHASIS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "code": "`"}
_LAYOUT = ("table", "h1", "h2", "h3", "h4", "hr", "blockquote", "pre")
"""What stands in the cells of a table that lays out a page."""
_MOST_DEPTH = 100


@dataclass(slots=True)
class Place:
    """What stands before the words of a block: before the first line, and before those below."""

    first: str = ""
    below: str = ""


class PageWriter:
    """The lines of Markdown, and the line of the file that each begins on."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.numbers: list[int] = []
        self._parts: list[str] = []
        self._line = 0
        self._is_apart = False

    def heading(self, title: Any) -> None:
        """The title of a page, as a heading of its own."""
        self._say(title.text, title)
        self.end(Place("# "), apart=True)

    def walk(self, element: Any, place: Place, depth: int) -> None:
        """What an element shows. Elements that lie too deep are their words alone."""
        self._say(element.text, element)
        for child in element:
            if isinstance(child.tag, str) and not _is_hidden(child):
                if depth > _MOST_DEPTH:
                    self._say(" ".join(child.itertext()), child)
                else:
                    self._child(child, place, depth + 1)
            self._say(child.tail, child)

    def end(self, place: Place, *, apart: bool = False) -> None:
        """Ends the block that is open; `apart`: room is left below it."""
        lines = [" ".join(line.split()) for line in "".join(self._parts).split("\n")]
        while lines and not lines[0]:
            del lines[0]
        # An empty line, as editors write it: `<div><br></div>`.
        apart = apart or (not lines and "\n" in self._parts)
        for line in lines if any(lines) else ():
            self._add(f"{place.first}{line}" if line else "", self._line)
            place.first = place.below
        self._is_apart = self._is_apart or apart
        self._parts = []

    def _add(self, line: str, number: int) -> None:
        if self._is_apart and self.lines and self.lines[-1]:
            self.lines.append("")
            self.numbers.append(self.numbers[-1])
        self._is_apart = False
        self.lines.append(line)
        self.numbers.append(max(number, self.numbers[-1] if self.numbers else 1))

    def _say(self, words: str | None, element: Any) -> None:
        if not words:
            return
        if not any(part.strip() for part in self._parts):
            self._line = element.sourceline or 1
        # Runs of spaces are one, also at the ends.
        self._parts.append(" ".join(f"\0{words}\0".split()).replace("\0", ""))

    def _child(self, child: Any, place: Place, depth: int) -> None:
        name = child.tag
        if name == "br":
            self._parts.append("\n")
        elif name in _BLOCKS:
            apart = name in _PARAGRAPHS
            self.end(place, apart=apart)
            self._block(name, child, place, depth)
            self._is_apart = self._is_apart or apart
        elif name == "a":
            self._link(child, place, depth)
        else:
            start = len(self._parts)
            self.walk(child, place, depth)
            is_bold = name == "span" and _BOLD.search(child.get("style", ""))
            self._enclose(start, "**" if is_bold else _EMPHASIS.get(name, ""))

    def _enclose(self, start: int, mark: str, end: str | None = None) -> None:
        """Puts marks around what was said since `start`, not around the spaces at its ends."""
        said = "".join(self._parts[start:])
        words = " ".join(said.split(" "))
        inner = words.strip()
        if not mark or not inner or "\n" in inner or (end is None and mark in inner):
            return
        lead = said[: len(said) - len(said.lstrip())]
        trail = said[len(said.rstrip()) :]
        self._parts[start:] = [f"{lead}{mark}{inner}{mark if end is None else end}{trail}"]

    def _block(self, name: str, block: Any, place: Place, depth: int) -> None:
        if name == "hr":
            self._is_apart = True
            self._add("---", block.sourceline or 1)
            self._is_apart = True
        elif name == "pre":
            self._code(block)
        elif name == "table" and (rows := _rows(block)):
            self._table(rows)
        else:
            inner = _inner(name, place)
            self.walk(block, inner, depth)
            self.end(inner)

    def _code(self, block: Any) -> None:
        number = block.sourceline or 1
        lines = "".join(block.itertext()).strip("\n").split("\n")
        for at, line in enumerate(["```", *lines, "```"]):
            self._add(line.rstrip(), number + min(at, len(lines) - 1))

    def _table(self, rows: list[list[Any]]) -> None:
        for at, row in enumerate(rows):
            self._add(f"| {' | '.join(map(_cell, row))} |", row[0].sourceline or 1)
            if at == 0 and all(cell.tag == "th" or _is_bold(cell) for cell in row):
                self._add("|" + "---|" * len(row), row[0].sourceline or 1)

    def _link(self, anchor: Any, place: Place, depth: int) -> None:
        start, address = len(self._parts), _address(anchor.get("href", ""))
        is_card = any(element.tag in _BLOCKS for element in anchor.iterdescendants())
        self.walk(anchor, place, depth)
        if address and is_card:
            self.end(place)
            self._say(address, anchor)
            self.end(place)
        elif address:
            label = "".join(self._parts[start:]).translate(_BRACKETS).replace("\n", " ")
            self._parts[start:] = [label]
            self._enclose(start, "[", f"]({address})")


_BRACKETS = str.maketrans("[]", "()")


def _is_hidden(element: Any) -> bool:
    return (
        element.tag in _DROPPED
        or element.get("role", "") in _FRAMES
        or element.get("hidden") is not None
        or _UNSEEN.search(element.get("style", "")) is not None
    )


def _inner(name: str, place: Place) -> Place:
    """The place of what stands in a block."""
    if name in _HEADINGS:
        return Place("#" * int(name[1:]) + " ")
    if name == "li":
        return Place(f"{place.below}- ", f"{place.below}  ")
    return Place(f"{place.below}> ", f"{place.below}> ") if name == "blockquote" else place


def _rows(table: Any) -> list[list[Any]]:
    """The cells of each row of a table of data; none of one that lays out the page."""
    if table.get("role") in ("presentation", "none"):
        return []
    if any(next(table.iterdescendants(name), None) is not None for name in _LAYOUT):
        return []
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    cells = [cell for row in rows for cell in row]
    paragraphs = any(len(cell.findall(".//p")) > 1 for cell in cells)
    return rows if len(rows) > 1 and not paragraphs and min(map(len, rows)) > 1 else []


def _is_bold(cell: Any) -> bool:
    inner = [child for child in cell if child.tag in ("b", "strong")]
    return len(inner) == 1 and "".join(inner[0].itertext()).strip() == _words(cell)


def _words(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _cell(cell: Any) -> str:
    if len(cell) > 1 and all(child.tag == "span" and not child.tail for child in cell):
        return ", ".join(map(_words, cell)).replace("|", "\\|")
    writer = PageWriter()
    place = Place()
    writer.walk(cell, place, 0)
    writer.end(place)
    return "<br>".join(filter(None, writer.lines)).replace("|", "\\|")


def _address(href: str) -> str:
    """Where a link leads on the web, also through a page that counts readers; blank for others."""
    href = "".join(href.split()).replace("<", "%3C").replace(">", "%3E")
    href = f"https:{href}" if href.startswith("//") else href
    if not href.lower().startswith(("http://", "https://")):
        return ""
    if "%3a%2f%2f" not in href.lower() and href.count("://") < 2:
        return href
    try:
        values = [value for _, value in parse_qsl(urlsplit(href).query)]
    except ValueError:
        return href
    return next((v for v in values if v.startswith("http") and markdown.is_paper_link(v)), href)
