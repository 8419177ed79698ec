"""Titles of copied records that lost or doubled their last letters, and who has them whole."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.damaged_titles import MOST_LOST, is_damage_of
from pipeline.model.records import Facts


def with_whole_title(chosen: Facts, said: Sequence[Facts], of_reader: str) -> Facts:
    """The facts whose title is taken: the chosen, or the first that has its title whole.

    That is the same title with the letter that the chosen one lost, or without the one that it
    doubled, whoever says so. Where the chosen one is known to be damaged, it may have lost up to
    four letters, and it is also the title of any other source but `of_reader`, which may be a
    nickname.
    """
    others = [facts for facts in said if facts.title and facts is not chosen]
    most_lost = MOST_LOST if chosen.title_damaged else 1
    title = chosen.title or ""
    mended = next((f for f in others if is_damage_of(title, f.title or "", most_lost)), None)
    if mended is None and chosen.title_damaged:
        trusted = (f for f in others if f.source != of_reader and not f.title_damaged)
        return next(trusted, chosen)
    return mended or chosen
