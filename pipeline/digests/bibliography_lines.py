"""Bibliographies in paragraphs, each reference an item of a list.

**Lee, A., & Kim, B.** (2024). "Slow Cooking". *J Heat* 3.    - Lee, A., & Kim, B. (2024). "Slow...

**Ng, C.** (2023). "Fast Cooking". *J Heat* 2.                - Ng, C. (2023). "Fast Cooking"...
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.digests.reference_styles import styled_reference

_BOLD_NAMES = re.compile(
    r"(?P<sign>\s{0,12}(?:[-*+]\s{1,4}|\d{1,3}[.)]\s{1,4}|\[\d{1,4}\]\s{1,4})?)"
    r"(?:\*\*|__)(?P<names>[^*_]{3,400})(?:\*\*|__)(?P<year>[.,:]?\s{0,3}\(?(?:19|20)\d\d.*)"
)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CHARACTERS = 1_500
_SIGNS = frozenset(" \t-*+#>|[(<!$`0123456789")


def with_references_as_items(lines: Sequence[str | None]) -> Sequence[str | None]:
    """The lines, as many as there were: names in bold before a year stand without their marks.

    Paragraphs of one line that are references, one under the other, are items of a list. Headings
    may stand between them; one with other words below it stays the paragraph that it is.
    """
    plain = [_with_plain_names(line) for line in lines]
    alone = [at for at, line in enumerate(plain) if line and _is_reference(plain, at)]
    if len(alone) < 2:
        return plain
    paragraphs = [at for at, line in enumerate(plain) if line and not _is_between(line)]
    following = set(pairwise(paragraphs))
    for above, below in pairwise(alone):
        if (above, below) in following:
            plain[above], plain[below] = _as_item(plain[above]), _as_item(plain[below])
    return plain


def _with_plain_names(line: str | None) -> str | None:
    """A reference whose authors are in bold, without these marks; any other line as it is."""
    if not line or ("**" not in line and "__" not in line) or len(line) > _CHARACTERS:
        return line
    match = _BOLD_NAMES.fullmatch(line)
    text = f"{match['names']}{match['year']}" if match else ""
    return f"{match['sign']}{text}" if match and styled_reference(text) else line


def _is_reference(lines: Sequence[str | None], at: int) -> bool:
    """Whether a line is a paragraph of its own that begins with authors, a year and a title."""
    line = lines[at] or ""
    if line[:1] in _SIGNS or len(line) > _CHARACTERS or not _ANY_YEAR.search(line):
        return False
    around = (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])
    if any(other and not _is_between(other) for other in around):
        return False
    styled = styled_reference(line)
    return styled is not None and styled.title is not None


def _is_between(line: str) -> bool:
    """Whether a line is a heading, a rule or blank."""
    text = line.strip()
    return not text or text.startswith("#") or not text.strip("-*_= ")


def _as_item(line: str | None) -> str | None:
    return line if line is None or line.startswith("- ") else f"- {line}"
