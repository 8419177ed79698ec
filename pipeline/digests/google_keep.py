"""Notes of Google Keep as Takeout exports them, a JSON file each, as notes of a vault.

{"title": "A Title", "textContent": "https://arxiv.org/abs/2401.00001 good", "labels":
 [{"name": "nlp"}], "createdTimestampUsec": 1706170000000000, "isTrashed": false}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pipeline.digests.titles import stated_title
from pipeline.digests.vault_notes import VaultNote, text_of_note
from pipeline.model.records import Skip, Text

_NOTE = re.compile(r'\s*\{[^\0]*"(?:userEdited|created)TimestampUsec"\s*:\s*\d')
_SAID = re.compile(r'"(?:textContent|listContent|textContentHtml)"\s*:')
TRASHED = "a note in Keep's trash. It was passed over; take it back there and export again."


def keep_note(text: Text) -> Text | Skip | None:
    """The note that a text is; a skip where it was thrown away, None for any other text."""
    source = "\n".join(line or "" for line in text.lines)
    if not _SAID.search(source) or not _NOTE.match(source):
        return None
    try:
        kept = json.loads(source)
    except (ValueError, RecursionError):
        return None
    if kept.get("isTrashed") is True:
        return Skip("digests", text.file, TRASHED)
    labels = (label.get("name") for label in _objects(kept, "labels"))
    note = VaultNote(
        number=1,
        title=str(kept.get("title") or ""),
        day=_day(kept.get("createdTimestampUsec") or kept.get("userEditedTimestampUsec")),
        tags=[label for label in labels if isinstance(label, str)],
        link=None,
        lines=[(1, line) for line in _said(kept)],
    )
    return text_of_note(text.file, note)


def _said(kept: Mapping[str, Any]) -> Iterator[str]:
    """The words of a note, points with their boxes, and the pages that it shows besides."""
    said = str(kept.get("textContent") or "")
    points, shown = [*_objects(kept, "listContent")], [*_objects(kept, "annotations")]
    pages = [(str(x.get("url") or ""), str(x.get("title") or "")) for x in shown]
    yield from (_named(line, pages) for line in said.split("\n"))
    for point in points:
        yield f"- [{'x' if point.get('isChecked') is True else ' '}] {point.get('text') or ''}"
    words = said + "".join(str(point.get("text")) for point in points)
    yield from ("", *(link for link, _ in pages if link and link not in words))


def _named(line: str, pages: Sequence[tuple[str, str]]) -> str:
    """A line with its link as that of the title behind it, where the page is called so."""
    for link, called in pages:
        title = stated_title(called)[0]
        if not (link and title and line.startswith(link)):
            continue
        between, found, behind = line.removeprefix(link).partition(title)
        if found and not re.search(r"\w", between):
            return f"[{title}]({link}){behind}"
    return line


def _objects(kept: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    values = kept.get(key)
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, Mapping))


def _day(microseconds: Any) -> str:
    try:
        return datetime.fromtimestamp(int(microseconds) / 1_000_000, UTC).date().isoformat()
    except (ValueError, TypeError, OverflowError, OSError):
        return ""
