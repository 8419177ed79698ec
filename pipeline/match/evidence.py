"""How well one paper agrees with an entry, each kind of evidence on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from pipeline.folding import family_name, folded_name, folded_title, title_numbers
from pipeline.ids import month_of
from pipeline.records import Candidate, Entry, Facts


def weighed(entry: Entry, facts: Facts) -> Candidate:
    """A paper as a candidate for an entry, with these scores, each None where it cannot be taken:

    - `title`: likeness of the folded titles, 0 to 1; the nearest of current and former counts
    - `former`: 1 where that nearest title is a former one, else 0
    - `renamed`: 1 where the entry's title is not spelled as today's, case left out, else 0
    - `numbers`: 1 where the numbers, versions and Roman numerals of the titles are the same, else 0
    - `authors`: share of names in common, 0 to 1, of the longer list (the shorter, if one is cut)
    - `months`: from the id's month to the entry's; below 0 the note is older than the paper
    - `abstract`: share of the entry's three-word runs that the paper's abstract has, 0 to 1
    """
    titles = [title for title in (facts.title, *facts.former_titles) if title]
    likeness = [_likeness(entry.title, title) for title in titles]
    best = max(range(len(titles)), key=lambda index: (likeness[index] or 0.0, -index), default=0)
    nearest = titles[best] if titles else ""
    weighable = bool(entry.title and titles)
    scores = {
        "title": likeness[best] if titles else None,
        "former": float(nearest != facts.title) if weighable else None,
        "renamed": float(not _same_spelling(entry.title, facts.title)) if weighable else None,
        "numbers": _same_numbers(entry.title, nearest) if weighable else None,
        "authors": _author_overlap(entry, facts),
        "months": _months_between(entry, facts),
        "abstract": _containment(entry.abstract, facts.abstract),
    }
    return Candidate(
        arxiv_id=facts.arxiv_id,
        title=facts.title or nearest,
        known_as=nearest,
        source=facts.source,
        scores=scores,
    )


def _likeness(a: str | None, b: str) -> float | None:
    folded = folded_title(a) if a else ""
    return round(fuzz.ratio(folded, folded_title(b)) / 100, 4) if folded else None


def _same_spelling(a: str | None, b: str | None) -> bool:
    return (a or "").casefold().split() == (b or "").casefold().split()


def _same_numbers(a: str | None, b: str) -> float:
    return float(title_numbers(a or "") == title_numbers(b))


def _author_overlap(entry: Entry, facts: Facts) -> float | None:
    if not entry.authors or not facts.authors:
        return None
    lists = [names for names in (facts.authors, facts.former_authors) if names]
    complete = entry.authors_complete
    return max(round(_overlap(entry.authors, names, complete), 4) for names in lists)


def _overlap(printed: Sequence[str], known: Sequence[str], complete: bool) -> float:
    unused = [*known]
    shared = 0
    for name in printed:
        match = next((other for other in unused if _compatible(name, other)), None)
        if match is not None:
            unused.remove(match)
            shared += 1
    length = max if complete else min
    return shared / length(len(printed), len(known))


def _compatible(a: str, b: str) -> bool:
    if folded_name(a) == folded_name(b):
        return True
    if family_name(a) != family_name(b):
        return False
    first_a, first_b = a.split(maxsplit=1)[0].rstrip("."), b.split(maxsplit=1)[0].rstrip(".")
    initial = min(len(first_a), len(first_b)) == 1
    return initial and first_a[:1].casefold() == first_b[:1].casefold()


def _months_between(entry: Entry, facts: Facts) -> float | None:
    if entry.date is None:
        return None
    return float(entry.date.year * 12 + entry.date.month - 1 - month_of(facts.arxiv_id))


def _containment(a: str | None, b: str | None) -> float | None:
    if not a or not b:
        return None
    runs_a, runs_b = _three_word_runs(a), _three_word_runs(b)
    return round(len(runs_a & runs_b) / len(runs_a), 4) if runs_a else None


def _three_word_runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))
