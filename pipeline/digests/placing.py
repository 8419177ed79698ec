"""What a line of a list is to those before it: a new entry, more of one, or prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.digests import markdown
from pipeline.digests.bylines import RECALLS, named_paper
from pipeline.digests.front_matter import Field
from pipeline.digests.header import is_title_alone
from pipeline.digests.heads import head_of_line, leads_to_paper
from pipeline.digests.labels import fields_of_line, is_link_line, link_of_line
from pipeline.digests.lines import Line, is_counted
from pipeline.digests.names import SENTENCE, names_in
from pipeline.digests.prose import links
from pipeline.digests.titles import is_section_name, looks_like_title

_BOLD_LINE = re.compile(r"(?:\*\*|__)(?=\S).{2,800}?(?:\*\*|__)[\s.:：]*(?P<rest>.*)")
_WORDS_OF_TITLE = range(3, 40)
_WORDS_OF_LEAD = 2
_NOBODY = Field(None, "", "", 0)


class Block:
    """The lines of an entry so far, and the arXiv ids that they print."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.lines: list[Line] = []
        self.ids: set[str] = set()
        for line in lines:
            self.add(line)

    def add(self, line: Line) -> None:
        """One line more."""
        self.lines.append(line)
        self.ids.update(markdown.ids_in(line.body))

    @property
    def first(self) -> Line | None:
        """The line that opened it; None where there is none."""
        return self.lines[0] if self.lines else None


def place_of(line: Line, block: Block, above: Line | None, *, titles: bool) -> str:
    """What a line is to the lines before it: `entry`, `below` a title, `more`, `prose`, `frame`.

    `above` is the line of prose right before it, if there is one.
    """
    first = block.first
    inside = first is not None and (line.depth > first.depth or not line.parted)
    if line.kind in ("head", "row", "rule"):
        return "more" if line.kind == "rule" and inside else "frame"
    if line.kind == "record":
        return "more" if first else "entry"
    if line.kind == "code":
        return "more" if inside else "prose"
    if markdown.is_contents(line.body):
        return "frame"
    if line.kind == "item":
        place = _place_of_item(line, block, titles=titles)
        labelled = bool(fields_of_line(line.body) or is_link_line(line.body))
        titled = place == "entry" and labelled and above and looks_like_title(above.body)
        return "below" if titled else place
    return _place_of_text(line, block, above, inside=inside, titles=titles)


def begins_above_link(line: Line, block: Block, below: Line) -> bool:
    """Whether a line is the title of the next entry, whose link stands alone on the line below."""
    first = block.first
    alone = link_of_line(below.body) is not None and not below.parted and below.kind == "text"
    fresh = alone and bool(block.ids) and not block.ids >= set(markdown.ids_in(below.body))
    follows_text = first is not None and first.kind == "text" and line.depth <= first.depth
    return fresh and follows_text and line.kind == "text" and looks_like_title(line.body, words=3)


def _place_of_item(line: Line, block: Block, *, titles: bool) -> str:
    first = block.first
    head = head_of_line(line.body)
    labels = is_link_line(line.body) or bool(fields_of_line(line.body))
    if first and first.kind != "item":
        has_ids = bool(block.ids)
        is_own = (head.title or has_ids) and markdown.is_paper_link(line.body) and not labels
        link = line.body.startswith("http") and has_ids
        alone = head.stands and not head.url and not head.rest.strip(markdown.EDGES + ".*_")
        titled = has_ids and alone and looks_like_title(head.title or "")
        return "entry" if is_own or link or titled else "more"
    if first and line.depth > first.depth:
        above = head_of_line(first.body)
        is_named = len((head.title or "").split()) > 2 and named_paper(line.body)
        is_own = head.stands and (is_named or not (links(first.body) or labels))
        return "entry" if is_own and head.title != above.title else "more"
    is_elsewhere = all(
        field.name == "elsewhere" for field in fields_of_line(line.body) or [_NOBODY]
    )
    if is_elsewhere and not markdown.is_paper_link(line.body):
        return "prose"
    is_paper = leads_to_paper(line.body) or titles
    return "entry" if is_paper else "prose"


def _place_of_text(
    line: Line, block: Block, above: Line | None, *, inside: bool, titles: bool
) -> str:
    bold = _is_bold(line) and not is_section_name(markdown.unmarked(line.body))
    if bold or (titles and not line.quoted):
        return "entry"
    body = line.body[:4000]
    if (
        markdown.is_paper_link(body)
        and is_counted(line)
        and block.first
        and is_counted(block.first)
    ):
        return "entry"
    labelled = bool(fields_of_line(body) or is_link_line(body))
    if not markdown.is_paper_link(body) and not body.startswith(("http://", "https://")):
        return "more" if inside or (block.lines and (labelled or line.quoted)) else "prose"
    if _goes_on(line, block, inside=inside, labelled=labelled):
        return "more"
    if block.ids and not labelled and (_is_remark(body) or RECALLS.match(body)):
        return "more"
    lone = link_of_line(body) is not None or bool(fields_of_line(body))
    return "below" if lone and above and _is_title_above(above, line) else "entry"


def _is_title_above(above: Line, line: Line) -> bool:
    """Whether a line of prose is the title of what is linked below: a paragraph of its own too."""
    if not line.parted:
        return looks_like_title(above.body, words=2)
    return above.kind == "text" and above.parted and looks_like_title(above.body)


def titled_lines(above: Sequence[Line], line: Line) -> tuple[Line, ...]:
    """A line of prose that may be a title, with the authors on the line below it."""
    is_below = len(above) == 1 and not line.parted and looks_like_title(above[0].body)
    return (*above, line) if is_below and names_in(markdown.unmarked(line.body)) else (line,)


def _is_remark(body: str) -> bool:
    """Whether a line that links a paper speaks of it in the midst of other words."""
    if named_paper(body):
        return False
    before = re.split(r"https?://|\[|\(", body, maxsplit=1)[0]
    words = len(before.split())
    return words > _WORDS_OF_LEAD and (SENTENCE.search(body) is not None or before[:1].islower())


def _goes_on(line: Line, block: Block, *, inside: bool, labelled: bool) -> bool:
    """Whether a line with a link is of the entry above it: its first link, or none of its own."""
    first = block.first
    if first is None:
        return False
    above = markdown.without_badges(first.body)
    bare = not block.ids and not links(above)
    if line.quoted or (labelled and bare):
        return True
    labels = all(markdown.is_label(link.label) for link in markdown.markdown_links(line.body))
    if bare and not line.parted and labels and head_of_line(above).stands:
        return True
    nested = inside and first.kind == "item" and line.depth > first.depth
    return nested or (block.ids >= set(markdown.ids_in(line.body)) and (inside or labelled))


def _is_bold(line: Line) -> bool:
    match = _BOLD_LINE.fullmatch(line.body[:2000]) if line.body.startswith(("**", "__")) else None
    return (
        match is not None
        and not fields_of_line(line.body)
        and not (match["rest"] and not (links(match["rest"]) or match["rest"][:1] in '(["“'))
    )


def are_titles(lines: Sequence[Line]) -> bool:
    """Whether lines are a list of titles and nothing else: no links, most written as titles are."""
    texts = [line for line in lines if line.kind in ("item", "text")]
    if not texts or len(texts) < len(lines) or any("://" in line.body for line in texts):
        return False
    # What stands behind bullets is as often a plan, which has fewer capitals.
    in_lines = all(line.kind == "text" for line in texts)
    written = sum(looks_like_title(line.body, words=4 if in_lines else 3) for line in texts)
    mostly = 2 * written >= len(texts) if in_lines else 3 * written >= 2 * len(texts)
    if not mostly or len(texts) < 2:
        return False
    plain = len(texts) > 2 and all(map(_may_be_title, texts))
    return plain or all(looks_like_title(line.body) for line in texts)


def _may_be_title(line: Line) -> bool:
    """Whether a line is some words that begin with a capital or a number, and no sentence."""
    words = line.body.split()
    return (
        line.depth == 0
        and _WORDS_OF_TITLE.start <= len(words) < _WORDS_OF_TITLE.stop
        and is_title_alone(line.body)
        and re.match(r"[\"“'(\[]*[^\W_a-z]", line.body) is not None
    )
