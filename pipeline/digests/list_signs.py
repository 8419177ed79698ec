"""Whether lines are a list of papers: what their items, rows and paragraphs lead to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.digests import markdown
from pipeline.digests.cited import cited_in
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.names import SENTENCE
from pipeline.digests.prose import links
from pipeline.digests.titles import looks_like_title

LEADS_OF_LIST = 2
_ENDED = re.compile(r"[^\W\d_)\]][.。!?]$")


def is_list(lines: Sequence[Line]) -> bool:
    """Whether most of the outermost items, rows and paragraphs name a paper each."""
    leads: set[str] = set()
    units = 0
    depth = min((line.depth for line in lines if line.kind == "item"), default=0)
    for line in lines:
        if line.kind == "item" and line.depth > depth + 1:
            continue
        if line.kind in ("item", "row", "text") and not line.quoted:
            units += not markdown.is_contents(line.body) and not fields_of_line(line.body)
            leads |= _lead_of(line)
    return len(leads) >= LEADS_OF_LIST and len(leads) * 2 >= units


def _lead_of(line: Line) -> set[str]:
    """What a line leads to, if it names a paper: its first id, else its first link."""
    body = line.body[:4000]
    ids = markdown.ids_in(body)
    if not ids and "://" not in body:
        return _signed_title(line)
    labels = body.startswith("[") and is_link_line(body)
    if fields_of_line(body) or labels:
        return set()
    head = head_of_line(body) if line.kind == "item" else None
    stands = line.kind == "row" or (head and head.stands) or _is_short_of_links(body)
    if not stands and not _is_reference(body):
        return set()
    if ids:
        return {ids[0]}
    urls = links(markdown.without_badges(body))
    return {urls[0]} if urls and ((head and head.title) or markdown.is_paper_link(body)) else set()


def _signed_title(line: Line) -> set[str]:
    """The title of an item that says who wrote the paper: `Slow Cooking (Lee et al., 2024)`."""
    if line.kind != "item" or not line.body.rstrip(".,; ").endswith((")", "）", "*", "_")):
        return set()
    head = head_of_line(line.body[:4000])
    signed = head.title if head.stands and head.authors else None
    return {signed} if signed and looks_like_title(signed) else set()


def _is_reference(body: str) -> bool:
    """Whether a line is a printed reference: `Ann Lee, Bo Kim, "Slow Cooking," 2401.00011.`"""
    cited = cited_in(markdown.unmarked(body))
    return cited is not None and cited.authors is not None


def _is_short_of_links(body: str) -> bool:
    """Whether a line begins or ends with its link, as those of lists do, and is no sentence."""
    plain = markdown.unmarked(body)
    edges = f"{body[:40]} {body[-120:]}" if len(plain) <= 250 else body[:40]
    linked = bool(links(edges) or markdown.ids_in(edges))
    lead = re.split(r"\[|https?://|\(", body, maxsplit=1)[0]
    is_sentence = len(lead.split()) > 2 and _ENDED.search(plain) is not None
    return linked and not is_sentence and not SENTENCE.search(plain)
