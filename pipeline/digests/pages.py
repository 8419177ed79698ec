"""Web pages, newsletters and mails in HTML as Markdown: their text without what frames it.

<h2><a href="https://arxiv.org/abs/2401.00001">A Title</a></h2>     ## [A Title](https://arxiv...)
<p><em>Ann Lee, Bo Kim</em></p>                                      *Ann Lee, Bo Kim*
<ul><li>said of it</li></ul>                                         - said of it

Menus, footers, scripts and what is hidden are left out; a table that only lays out the page is no
table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from pipeline.digests import markdown
from pipeline.digests.dates import day_heading, is_date_line
from pipeline.digests.names import names_in
from pipeline.digests.page_writer import PageWriter, Place
from pipeline.model.records import Text

_PAGE = re.compile(
    r"\s*(?:<\?xml[^<>]{0,300}\?>\s*)?(?:<!--[^<>]{0,500}-->\s*)?"
    r"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_NO_LINE = ("#", "|", "-", "```", "> ")
_LONGEST = 600
_LONGEST_DATE = 60
_LINES_ABOVE_DATE = 6


def is_page(text: Text) -> bool:
    """Whether a text is HTML as a whole."""
    start = "\n".join(line or "" for line in text.lines[:20])[:4_000].lstrip("\ufeff")
    return _PAGE.match(start) is not None


def page_as_markdown(text: Text) -> Text:
    """What a page shows, each line with the one of the file that it begins on."""
    writer = PageWriter()
    root = root_of_page("\n".join(line or "" for line in text.lines))
    if root is not None:
        title, body = root.find(".//title"), _main(root)
        if title is not None and next(body.iter("h1", "h2"), None) is None:
            writer.heading(title)
        writer.walk(body, Place(), 0)
        writer.end(Place())
    lines = _dated(text.file, writer.lines)
    kept = [at for at in range(len(lines)) if not _is_gap(lines, at)]
    return Text(
        text.file, tuple(lines[at] for at in kept), tuple(writer.numbers[at] for at in kept)
    )


def _dated(file: str, lines: Sequence[str]) -> Sequence[str]:
    """The lines, with the date of the page below its title as a heading: it begins no digest."""
    dates = (
        at for at, line in enumerate(lines) if len(line) <= _LONGEST_DATE and is_date_line(line)
    )
    at, another = next(dates, None), next(dates, None)
    if at is None or another is not None or at > _LINES_ABOVE_DATE or lines[at].startswith("#"):
        return lines
    stated = day_heading(file, at + 1, lines[at])
    if stated is None or stated.day is None:
        return lines
    return [*lines[:at], f"## {stated.day.isoformat()}", *lines[at + 1 :]]


def root_of_page(source: str) -> Any | None:
    """The outermost element of a page; None where there is none."""
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _main(root: Any) -> Any:
    """The element that holds what a page is about."""
    for name in ("main", "article"):
        of_name = root.findall(f".//{name}")
        if len(of_name) == 1:
            return of_name[0]
    body = root.find(".//body")
    return root if body is None else body


def _is_gap(lines: Sequence[str], at: int) -> bool:
    """Whether a blank line stands only between a title, its authors and its link.

    Editors make each line that is written a paragraph.
    """
    if lines[at] or not 0 < at < len(lines) - 1 or lines[at - 1].startswith(_NO_LINE):
        return False
    below = lines[at + 1]
    if _is_link(below):
        return not _is_link(lines[at - 1])
    is_named = names_in(markdown.unmarked(below)) is not None if len(below) < _LONGEST else False
    return is_named and at + 3 < len(lines) and not lines[at + 2] and _is_link(lines[at + 3])


def _is_link(line: str) -> bool:
    return "http" in line and markdown.is_labels(line) and markdown.is_paper_link(line)
