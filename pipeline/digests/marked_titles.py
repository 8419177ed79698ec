"""A title that a line begins with in bold, in italics or in quotation marks.

"Slow Cooking of Models", good        **Slow Cooking** (Lee, Kim)
"Is It Done?": Asking Ovens           -> no title in quotation marks: a title that begins with them
"""

from __future__ import annotations

import re

from pipeline.digests.names import names_in
from pipeline.digests.titles import looks_like_title

_MARKED = re.compile(
    r"\*\*(?P<bold>.{2,800}?)\*\*|__(?P<bold2>.{2,800}?)__|\*(?P<italic>[^*\s][^*]{1,400})\*"
    r"|_(?P<italic2>[^_\s][^_]{1,400})_(?!\w)|[\"“„「『«《]\s?(?P<quoted>[^\"“”」』»》]{2,400})[\"“”」』»》]"
)
_REST = re.compile(r"(?::\s|\s)(?P<words>[^\s(\[–—|·/,][^(\[–—|·]{2,300})")
_PLACE = re.compile(
    r"(?<!\s)\s++[-/]{1,2}\s|https?:|\barxiv\s?:|\d{4}\.\d{4}|\bby\s", re.IGNORECASE
)


def marked_first(text: str) -> re.Match[str] | None:
    """The mark with the title that a text begins with; None where the title goes on behind it.

    >>> [bool(marked_first(f'"Is It Done?"{rest}')) for rest in (": Asking Many Ovens", ": good")]
    [False, True]
    """
    match = _MARKED.match(text)
    return None if match and match["quoted"] and _goes_on(text[match.end() :][:400]) else match


def _goes_on(behind: str) -> bool:
    """Whether what stands behind quoted words is the rest of a title, no names and no remark."""
    rest = _REST.match(behind)
    words = _PLACE.split(rest["words"], maxsplit=1)[0].strip(" .:") if rest else ""
    return looks_like_title(words, words=2) and names_in(words) is None
