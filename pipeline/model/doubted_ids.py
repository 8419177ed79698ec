"""References whose printed arXiv id is another paper's: how their evidence says so."""

from __future__ import annotations

import re

_SAID = "named by title: the id printed beside it, {}, is another paper's"
_PATTERN = re.compile(re.escape(_SAID).replace(r"\{\}", r"(\S+)"))


def doubt(arxiv_id: str) -> str:
    """The evidence of a reference that prints this id, and is named by its title."""
    return _SAID.format(arxiv_id)


def doubted_id(evidence: str | None) -> str | None:
    """The id that was not believed, if the evidence of a reference tells of one.

    >>> doubted_id(doubt("2401.00001")), doubted_id("printed in the paper's source")
    ('2401.00001', None)
    """
    printed = _PATTERN.search(evidence or "")
    return printed[1] if printed else None
