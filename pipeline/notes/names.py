"""What a note's file is called: a name that every system takes, and that no other note has."""

from __future__ import annotations

import re

from pipeline.digests.dates import is_date_line
from pipeline.model.unicode_forms import nfc

MOST_BYTES = 150
"""Of a name without its suffix; file systems take 255, and sync programs add to them."""
_UNSAFE = re.compile(r"[\\/:*?\"<>|#^\[\]%\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)

_SPAN = re.compile(r"(?:19|20)\d\d[-_. ]?(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?|[Ww]\d\d)")
"""A month, a week, or a day without signs between its numbers."""


def file_name(label: str, node_id: str) -> str:
    """A name for the note of a node, without suffix.

    No sign that Windows, macOS, Obsidian's links or Logseq's pages do not take, no name of a
    device, no dot at either end, at most `MOST_BYTES` in UTF-8.

    >>> file_name("GOT: What is OCR 2.0?", "arxiv:2409.01704"), file_name("con", "tag:con")
    ('GOT - What is OCR 2.0', 'tag con')
    >>> file_name("...", "work:0123")
    'work 0123'
    """
    name = nfc(label).replace(": ", " - ")
    name = _shortened(_UNSAFE.sub(" ", name))
    if not name:
        name = _shortened(_UNSAFE.sub(" ", nfc(node_id)))
    # Windows takes `con.tex` for the device, too.
    return f"{node_id.partition(':')[0]} {name}" if _DEVICE.fullmatch(name) else name


def with_id(name: str, node_id: str) -> str:
    """The name with the id of the node, for where another note is called so.

    >>> with_id("Attention", "arxiv:1706.03762")
    'Attention (1706.03762)'
    """
    shown = _UNSAFE.sub(" ", node_id.partition(":")[2] or node_id).strip()
    return f"{name} ({shown})"


def is_diary(stem: str) -> bool:
    """Whether a file is called as a page of a diary: as a day, a week or a month, and no more.

    >>> list(map(is_diary, ["2024_09_03", "2024-09-03 Tuesday", "2024-W36", "Sep 3rd, 2024"]))
    [True, True, True, True]
    >>> list(map(is_diary, ["2024-09-03 DataSculpt", "2409.01524", "20240903-math"]))
    [False, False, False]
    """
    return bool(_SPAN.fullmatch(stem)) or is_date_line(stem.replace("_", "-"))


def comparable(name: str) -> str:
    """A name as systems compare it that know no case and no way of composing letters."""
    return nfc(name).casefold()


def _shortened(name: str) -> str:
    words = " ".join(name.split()).strip(". ")
    cut = words.encode()[:MOST_BYTES].decode("utf-8", "ignore")
    if len(cut) < len(words) and " " in cut:
        cut = cut.rpartition(" ")[0]
    return cut.strip(". -,;")
