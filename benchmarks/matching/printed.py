"""What an entry of a list prints: its paper's title, a name for it, or another paper's title.

What a list prints as an entry's id is taken for right, but where the words beside it are those of
another record and not of its own: then the list is wrong. Both are told by the words of records
and of the list alone, whatever the entry is taken for.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from benchmarks.matching.sought import Sought
from pipeline.match.titles import same_title, title_likeness, title_scores, with_name
from pipeline.model.folding import content_words, folded_title
from pipeline.model.records import Entry

LEAST_LIKE = 80.0
"""A title less like that of the linked paper, in percent, is not its own."""
FEWEST_WORDS = 4
"""A title of fewer words that say something is no proof against a link to an unknown paper."""
TITLE_LIKE = 0.8
"""What is less like the title, 0 to 1, and no part of it, is a name that the list has for it."""


def is_list_wrong(hidden: Sought, beside: Sequence[str] = ()) -> bool:
    """Whether an entry's title is that of another record, or its beginning, and not its own's.

    `beside` are the titles that the list prints beside the same id elsewhere: they stand for the
    own title where its record is not known. Half of the entry's words have to be missing there.
    """
    entry, own = hidden.entry, hidden.own
    if own is None and len(content_words(entry.title or "")) < FEWEST_WORDS:
        return False
    if not any(
        _is_unlike(entry.title or "", title) for title in ([own.title or ""] if own else beside)
    ):
        return False
    others = (f.title for f in hidden.found.facts if f.arxiv_id != hidden.arxiv_id and f.title)
    return any(_is_titled(entry, title) for title in others)


def _is_unlike(typed: str, title: str) -> bool:
    words = content_words(typed)
    like = fuzz.ratio(*map(folded_title, (typed, title))) >= LEAST_LIKE
    return not like and 2 * len(words & content_words(title)) <= len(words)


def prints_title(hidden: Sought) -> bool:
    """Whether an entry prints its paper's title, a part of it or its beginning; else a name.

    Where the paper's title is not known, it does.
    """
    if hidden.own is None or not hidden.own.title:
        return True
    known = [hidden.own.title, *hidden.own.former_titles]
    return any(_is_of(hidden.entry, title) for title in known)


def _is_titled(entry: Entry, title: str) -> bool:
    typed = with_name(entry.title, entry.names, title) or ""
    return same_title(typed, title) or title_scores(typed, title, title)["begun"] == 1


def _is_of(entry: Entry, title: str) -> bool:
    typed = with_name(entry.title, entry.names, title) or ""
    scores = title_scores(typed, title, title)
    if scores["numbers"] == 1 and (title_likeness(typed, title) or 0.0) >= TITLE_LIKE:
        return True
    return (scores["part"] or 0.0) >= 0.5 or (scores["begun"] or 0.0) >= 0.5
