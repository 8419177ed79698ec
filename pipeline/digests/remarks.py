"""What the first line of an entry says behind its title."""

from __future__ import annotations

import re

from pipeline.digests import markdown
from pipeline.digests.heads import FirstLine
from pipeline.digests.leads import FRAME
from pipeline.model.cut_lists import behind_list
from pipeline.model.web_addresses import WIDE_MARKS

_LOOSE_ID = re.compile(
    r"\(?(?:arXiv:)?\d{4}\.\d{4,5}(?:v\d\d?)?(?:\)\s*[–—:-]*|[.,;:](?=\s))\s*", re.IGNORECASE
)
_LINK_BEHIND = re.compile(
    rf"\s*[(\[<]{{0,2}}https?://[^\s<>()\[\]{WIDE_MARKS}]+[)\]>]{{0,2}}(?:[:,;.]\s+|\s|$)"
)
"""The link right behind a title, which is its paper's."""
_SMILEY = re.compile(r"[:;=]['-]?[()]")
_BY_ALONE = re.compile(r"^[\s,(–—-]{0,4}(?:by|von|par|por|di|av|door)(?=[\s.,)]*$|\s+#)")
"""What is left of `by Ann Lee` without the names."""


def remark_of(head: FirstLine, arxiv_id: str | None) -> str:
    """What follows the title and is neither authors, venue nor the name of a link; else empty."""
    own_link = _LINK_BEHIND.match(head.rest[:2000]) if not head.url else None
    rest = head.rest[own_link.end() :] if own_link else head.rest
    text = markdown.flat(rest, frozenset([arxiv_id or "-"]))
    if head.authors and head.authors.names[0] in text:
        before, after = text.split(head.authors.names[0], maxsplit=1)
        last = head.authors.names[-1]
        after = behind_list(last, after.rpartition(last)[2])
        text = f"{before.strip(FRAME)} {after.strip(FRAME)}"
    text = _BY_ALONE.sub("", markdown.unmarked(text))
    text = text[match.end() if (match := _LOOSE_ID.match(text)) else 0 :].strip(FRAME)
    plain = _SMILEY.sub("", text)
    is_open = plain.rfind("(") > plain.rfind(")")
    return f"{text})" if is_open else text if any(map(str.isalnum, text)) else ""
