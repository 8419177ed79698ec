"""Simple rules for comparison: an entry and the papers found for it to an id, by titles alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from pipeline.model.folding import folded_title
from pipeline.model.records import Entry, Facts

RATIO = 90.0
CHUNK = 100_000
Rule = Callable[[Entry, Sequence[Facts]], str | None]


def same_text(title: str) -> str:
    """A title without case and double spaces."""
    return " ".join(title.casefold().split())


def without_digit_words(title: str) -> str:
    """A title's words but for those that begin with a digit: what litstudy compares titles by.

    >>> without_digit_words("GPT-4 in 2023") == without_digit_words("GPT in 2024")
    True
    """
    words = re.findall(r"\w+", title.casefold())
    return " ".join(word for word in words if not word[0].isdigit())


def first_equal(key: Callable[[str], str]) -> Rule:
    """A rule: the first paper whose title has the same key."""

    def chosen(entry: Entry, facts: Sequence[Facts]) -> str | None:
        wanted = key(entry.title or "")
        equal = (f.arxiv_id for f in facts if any(key(t) == wanted for t in _titles(f)))
        return next(equal, None) if wanted else None

    return chosen


def nearest(entry: Entry, facts: Sequence[Facts]) -> str | None:
    """The paper whose title is nearest by rapidfuzz's ratio, if that is at least 0.9."""
    title = same_text(entry.title or "")
    scored = [
        (max((fuzz.ratio(title, same_text(t)) for t in _titles(f)), default=0.0), f.arxiv_id)
        for f in facts
    ]
    score, arxiv_id = max(scored, default=(0.0, None))
    return arxiv_id if title and score >= RATIO else None


def first_hit(entry: Entry, facts: Sequence[Facts]) -> str | None:
    """The first hit of the title search, whatever it is."""
    return facts[0].arxiv_id if entry.title and facts else None


SIMPLE_RULES: Mapping[str, Rule] = {
    "exact title": first_equal(same_text),
    "exact folded title": first_equal(folded_title),
    "rapidfuzz ratio >= 0.9": nearest,
    "equal without words of digits (litstudy)": first_equal(without_digit_words),
    "first hit of the title search": first_hit,
}
"""By name. The first two differ in accents, TeX, hyphens and other marks."""


def near_in_all(
    entries: Sequence[Entry], titles: Mapping[str, Sequence[str]]
) -> Iterator[list[tuple[float, str]]]:
    """For each entry every paper whose title is at least 0.9 like its own, the nearest first.

    Compares each title with each, without a search before.
    """
    asked = [same_text(entry.title or "") for entry in entries]
    ids = [arxiv_id for arxiv_id, known in titles.items() for _ in known]
    texts = [same_text(title) for known in titles.values() for title in known]
    hits: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for first in range(0, len(texts), CHUNK):
        scores = process.cdist(
            asked, texts[first : first + CHUNK], scorer=fuzz.ratio, score_cutoff=RATIO, workers=-1
        )
        for row, column in np.argwhere(scores > 0):
            hits[int(row)].append((float(scores[row, column]), ids[first + int(column)]))
    for row, title in enumerate(asked):
        yield sorted(hits[row], reverse=True) if title else []


def _titles(known: Facts) -> list[str]:
    return [title for title in (known.title, *known.former_titles) if title]
