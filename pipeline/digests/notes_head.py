"""What the text of a card begins with that is no note: who wrote its paper, and its link alone.

Ann Lee, Bo Kim
https://arxiv.org/abs/2401.00001

Good, and slow.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.digests.author_line import names_of_line
from pipeline.digests.content_roles import is_lone_link

_LINES = 2


class CardText(NamedTuple):
    """The authors and the links that a text begins with, and what is left of it."""

    authors: tuple[str, ...]
    links: tuple[str, ...]
    rest: str


def card_text(text: str) -> CardText:
    """The text, parted; all of it is left where it begins with no names.

    One name alone counts where a link stands right below it.
    """
    lines = text.strip().split("\n")
    names = names_of_line(lines[0].strip()) if lines[0].strip() else None
    if names is None or names.after:
        return CardText((), (), text)
    linked = len(lines) > 1 and is_lone_link(lines[1].strip())
    if not linked and len(names.names) < _LINES:
        return CardText((), (), text)
    links = (lines[1].strip(),) if linked else ()
    return CardText(names.names, links, "\n".join(lines[1 + len(links) :]).strip())
