"""The first link to a paper in a text, apart from what stands before it and behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.digests import markdown
from pipeline.digests.labels import is_link_line
from pipeline.digests.lines import Line
from pipeline.model.ids import has_four_digits

BEHIND = " .,;:)]>*_-–—"
_LINK = re.compile(
    r"(?<![(\[<])[(\[<]*(?:arxiv\s?:\s?)?(?:https?://[^\s<>()\[\]]+|\b\d{4}\.\d{4,5}(?:v\d\d?)?"
    r"|\b[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7})[)\]>]*",
    re.IGNORECASE,
)


class LinkInText(NamedTuple):
    """A text apart: what stands before its first link to a paper, that link, and what follows."""

    before: str
    link: str
    said: str


def linked_text(text: str) -> LinkInText | None:
    """The text apart at its first link to a paper; None where it has none."""
    link = next((x for x in markdown.markdown_links(text) if markdown.is_paper_link(x.url)), None)
    if link:
        title = "" if markdown.is_label(link.label) else f"[{link.label}]"
        url = f"[link]({link.url})" if title else text[link.start : link.end]
        return LinkInText(text[: link.start] + title, url, text[link.end :].lstrip(BEHIND))
    is_possible = "://" in text or has_four_digits(text)
    match = _LINK.search(text) if is_possible else None
    if match is None or not markdown.is_paper_link(match[0]):
        return None
    return LinkInText(
        text[: match.start()], match[0].strip("()[]<> "), text[match.end() :].lstrip(BEHIND)
    )


def is_above_link(below: Line | None) -> bool:
    """Whether the line below is a link to a paper and nothing else."""
    return (
        below is not None
        and below.kind == "text"
        and not below.parted
        and is_link_line(below.body)
        and markdown.is_paper_link(below.body)
    )
