"""What a line of a list is to those before it: a new entry, more of one, or prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.digests import markdown
from pipeline.digests.front_matter import Field
from pipeline.digests.heads import head_of_line, leads_to_paper
from pipeline.digests.labels import fields_of_line, is_link_line, link_of_line
from pipeline.digests.lines import Line
from pipeline.digests.prose import links
from pipeline.digests.titles import is_section_name, looks_like_title

_BOLD_LINE = re.compile(r"(?:\*\*|__)(?=\S).{2,800}?(?:\*\*|__)[\s.:：]*(?P<rest>.*)")
_NOBODY = Field(None, "", "", 0)


def place_of(line: Line, block: Sequence[Line], run: Sequence[Line], *, titles: bool) -> str:
    """What a line is to the lines before it: `entry`, `below` a title, `more`, `prose`, `frame`."""
    first = block[0] if block else None
    inside = first is not None and (line.depth > first.depth or not line.parted)
    if line.kind in ("head", "row", "rule"):
        return "more" if line.kind == "rule" and inside else "frame"
    if line.kind == "record":
        return "more" if block else "entry"
    if line.kind == "code":
        return "more" if inside else "prose"
    if markdown.is_contents(line.body):
        return "frame"
    if line.kind == "item":
        place = _place_of_item(line, block, titles=titles)
        labelled = bool(fields_of_line(line.body) or is_link_line(line.body))
        titled = place == "entry" and labelled and run and looks_like_title(run[-1].body)
        return "below" if titled else place
    return _place_of_text(line, block, run, inside=inside, titles=titles)


def _place_of_item(line: Line, block: Sequence[Line], *, titles: bool) -> str:
    first = block[0] if block else None
    head = head_of_line(line.body)
    labels = is_link_line(line.body) or bool(fields_of_line(line.body))
    if first and first.kind != "item":
        known = any(markdown.ids_in(other.body) for other in block)
        own = (head.title or known) and markdown.is_paper_link(line.body) and not labels
        link = line.body.startswith("http") and known
        alone = head.stands and not head.url and not head.rest.strip(markdown.EDGES + ".*_")
        titled = known and alone and looks_like_title(head.title or "")
        return "entry" if own or link or titled else "more"
    if first and line.depth > first.depth:
        above = head_of_line(first.body)
        named = len((head.title or "").split()) > 2 and markdown.is_paper_link(line.body)
        own = head.stands and (named or not (links(first.body) or labels))
        return "entry" if own and head.title != above.title else "more"
    beside = all(each.name == "elsewhere" for each in fields_of_line(line.body) or [_NOBODY])
    if beside and not markdown.is_paper_link(line.body):
        return "prose"
    told = leads_to_paper(line.body) or (titles and looks_like_title(line.body))
    return "entry" if told else "prose"


def _place_of_text(
    line: Line, block: Sequence[Line], run: Sequence[Line], *, inside: bool, titles: bool
) -> str:
    bold = _is_bold(line) and not is_section_name(markdown.unmarked(line.body))
    if bold or (titles and not line.quoted and looks_like_title(line.body)):
        return "entry"
    body = line.body[:4000]
    labelled = bool(fields_of_line(body) or is_link_line(body))
    if not markdown.is_paper_link(body) and not body.startswith(("http://", "https://")):
        return "more" if inside or (block and (labelled or line.quoted)) else "prose"
    if block and _goes_on(line, block, inside=inside, labelled=labelled):
        return "more"
    lone = link_of_line(body) is not None or bool(fields_of_line(body))
    title_above = run and not line.parted and looks_like_title(run[-1].body, words=2)
    return "below" if lone and title_above else "entry"


def _goes_on(line: Line, block: Sequence[Line], *, inside: bool, labelled: bool) -> bool:
    """Whether a line with a link is of the entry above it: its first link, or none of its own."""
    known = {each for other in block for each in markdown.ids_in(other.body)}
    above = markdown.without_badges(block[0].body)
    bare = not known and not links(above)
    if line.quoted or (labelled and bare):
        return True
    labels = all(markdown.is_label(each.label) for each in markdown.markdown_links(line.body))
    if bare and not line.parted and labels and head_of_line(above).stands:
        return True
    nested = inside and block[0].kind == "item" and line.depth > block[0].depth
    return nested or (known >= set(markdown.ids_in(line.body)) and (inside or labelled))


def _is_bold(line: Line) -> bool:
    match = _BOLD_LINE.fullmatch(line.body[:2000]) if line.body.startswith(("**", "__")) else None
    return (
        match is not None
        and not fields_of_line(line.body)
        and not (match["rest"] and not (links(match["rest"]) or match["rest"][:1] in '(["“'))
    )


def are_titles(lines: Sequence[Line]) -> bool:
    """Whether lines are a list of titles and nothing else: no links, each written as one."""
    said = [line for line in lines if line.kind in ("item", "text")]
    if not said or len(said) < len(lines) or any("://" in line.body for line in said):
        return False
    return len(said) > 1 and all(looks_like_title(line.body) for line in said)
