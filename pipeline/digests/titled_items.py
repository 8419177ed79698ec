"""Items whose link stands alone below their words, as if it stood behind them on one line.

- Seismic inversion with learned priors      - Seismic inversion with learned priors https://arxiv...
  url:: https://arxiv.org/abs/2401.00001
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.prose import links
from pipeline.digests.titles import looks_like_title

_MOST_BELOW = 30


def with_links_behind(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, the one link below an item joined to it where its words are a title so.

    Those written as titles are, which need no link behind them to be known, stay as they are.
    """
    joined = [*lines]
    moved: set[int] = set()
    for at, line in enumerate(lines):
        if line.kind != "item" or not _may_be_title(line):
            continue
        place = _place_of_link(lines, at)
        if place is None:
            continue
        body = f"{line.body} {_target(lines[place])}"
        if head_of_line(body).title:
            joined[at] = line._replace(body=body, text=f"{line.text} {_target(lines[place])}")
            joined[place - 1] = joined[place - 1]._replace(end=lines[place].last)
            moved.add(place)
    return [line for at, line in enumerate(joined) if at not in moved] if moved else lines


def _may_be_title(line: Line) -> bool:
    body = line.body
    known = looks_like_title(body, words=2) or "://" in body or markdown.is_paper_link(body)
    return not known and not fields_of_line(body) and not body.endswith((":", "："))


def _place_of_link(lines: Sequence[Line], at: int) -> int | None:
    """Where the link of an item is: below it or its authors, the only one further in than it."""
    below = [*_further_in(lines, at)]
    place = at + 1
    while place - at <= len(below) and _is_of_authors(lines[place]):
        place += 1
    if place - at > len(below) or not _is_link(lines[place]):
        return None
    own_ids = set(markdown.ids_in(lines[place].body))
    others = [line for line in below if line.kind != "code" and line is not lines[place]]
    several = any(_is_link(line) and set(markdown.ids_in(line.body)) - own_ids for line in others)
    return None if several else place


def _further_in(lines: Sequence[Line], at: int) -> Iterator[Line]:
    for line in lines[at + 1 : at + _MOST_BELOW]:
        if line.parted or line.quoted or line.depth <= lines[at].depth:
            return
        yield line


def _is_of_authors(line: Line) -> bool:
    fields = fields_of_line(line.body)
    return any(field.name == "authors" for field in fields) or bool(names_of_line(line.body))


def _is_link(line: Line) -> bool:
    """Whether a line is the link of a paper and nothing else, with or without a label."""
    alone = is_link_line(line.body) or bool(fields_of_line(line.body))
    return alone and markdown.is_paper_link(line.body) and len(_places(line)) == 1


def _places(line: Line) -> Sequence[str]:
    return [*links(line.body)] or [f"arXiv:{arxiv_id}" for arxiv_id in markdown.ids_in(line.body)]


def _target(line: Line) -> str:
    return _places(line)[0]
