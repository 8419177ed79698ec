"""Lines that note-taking programs write for themselves: no words of the reader, so left blank.

Logseq keeps properties below a block (`id:: …`, `hl-page:: 3`), Joplin's export a block of keys at
the end of each note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_PROPERTY = re.compile(
    r"\s*(?:id:: [0-9a-f-]{36}|collapsed:: (?:true|false)|heading:: (?:true|\d)"
    r"|(?:hl|card|logseq|ls|query)[-.][\w.-]{1,40}::.*|background-color:: ?\S*"
    r"|(?:todo|doing|done|now|later|waiting|canceled):: \d{13})\s*"
)
_JOPLIN_KEY = re.compile(r"[a-z_]{2,30}:(?: .*)?")
_JOPLIN_ID = re.compile(r"id: [0-9a-f]{32}")
_JOPLIN_NOTE = re.compile(r"type_: 1\s*")
_MOST_KEYS = 60


def without_program_lines(lines: Sequence[str | None]) -> Sequence[str | None]:
    """The lines, blank those of programs; the title of a note of Joplin as its heading.

    >>> without_program_lines(["- A thought", "  id:: 64b4848c-1974-4bec-b702-35d3c0bdebff"])
    ('- A thought', '')
    """
    if any(line and "::" in line for line in lines):
        lines = tuple(
            "" if line and "::" in line and _PROPERTY.fullmatch(line) else line for line in lines
        )
    start = _joplin_keys(lines)
    if start is None:
        return lines
    title = f"# {lines[0]}" if (lines[0] or "").strip() else lines[0]
    return (title, *lines[1:start], *[""] * (len(lines) - start))


def _joplin_keys(lines: Sequence[str | None]) -> int | None:
    """Where the keys begin that Joplin writes at the end of a note; None where there are none."""
    end = len(lines)
    while end and not (lines[end - 1] or "").strip():
        end -= 1
    if not end or not _JOPLIN_NOTE.fullmatch(lines[end - 1] or ""):
        return None
    start = end
    while start > max(1, end - _MOST_KEYS) and _JOPLIN_KEY.fullmatch(lines[start - 1] or ""):
        start -= 1
    return start if start < end and _JOPLIN_ID.fullmatch(lines[start] or "") else None
