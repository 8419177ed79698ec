"""What the sources share that find a paper by its title: whether a work is it, by authors too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.model.folding import family_name, folded_title

SHARED = 0.5
"""So large a part of the first authors must be among those of the work."""
FIRST_AUTHORS = 3


class Titled(NamedTuple):
    """A paper to be found by its title: its id, the folded family names of its first authors."""

    arxiv_id: str
    families: tuple[str, ...]
    title: str


def titled_key(arxiv_id: str, title: str, authors: Sequence[str]) -> str:
    """An arXiv id with the title and the first authors, as one key; `titled` reads it.

    >>> titled_key("2409.01524", "On  Stones", ["Ann Lee", "Bo Kim"])
    '2409.01524 lee kim | On Stones'
    """
    families = filter(None, map(family_name, authors[:FIRST_AUTHORS]))
    return f"{arxiv_id} {' '.join(families)} | {' '.join(title.split())}"


def titled(key: str) -> Titled:
    """What a `titled_key` says."""
    arxiv_id, _, rest = key.partition(" ")
    families, _, title = rest.partition("| ")
    return Titled(arxiv_id, tuple(families.split()), title)


def is_the_paper(key: str, title: str, authors: Iterable[str]) -> bool:
    """Whether a work has the title of the paper of a `titled_key`, and people of it.

    The first author, and half of the first three, must be among the authors of the work: titles
    are used again, also within a team.

    >>> key = titled_key("2401.00001", "On Stones", ["Ann Lee", "Bo Kim"])
    >>> is_the_paper(key, "On stones.", ["A. Lee", "B. Kim"])
    True
    >>> is_the_paper(key, "On Stones", ["Bo Kim", "Cy Fox"])
    False
    """
    paper = titled(key)
    people = set(map(family_name, authors))
    shared = [family in people for family in paper.families]
    same_title = folded_title(title) == folded_title(paper.title) != ""
    return same_title and shared[:1] == [True] and sum(shared) >= SHARED * len(shared)
