"""How well one paper agrees with an entry, each kind of evidence on its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.model.folding import (
    coined_name,
    content_words,
    family_name,
    folded_name,
    folded_title,
    title_digits,
    title_numbers,
    title_parts,
    title_words,
)
from pipeline.model.ids import month_of
from pipeline.model.organisations import is_organisation
from pipeline.model.records import Candidate, Entry, Facts

LONG_WORDS, SHORT_WORDS, SHORT_LETTERS = 5, 3, 12
SHARED_TITLES = frozenset(
    "comment comments reply response discussion rejoinder erratum corrigendum correction addendum "
    "editorial preface introduction".split()
)
"""What a title begins with that says little more than the title of another paper."""
FEWEST_RUNS = 12
"""An abstract of fewer three-word runs is no evidence."""
LEAST_IN_COMMON = (0.5, 1.0, 0.1, 0.05)
"""Of `title`, `part`, `authors` and `abstract`: a paper below all of these is no candidate."""


def weighed(entry: Entry, facts: Facts) -> Candidate | None:
    """A paper as a candidate for an entry; None where it has nothing in common with it.

    A paper whose id the entry prints is one all the same. These are its scores, each None where
    it cannot be taken:

    - `title`: likeness of the folded titles, 0 to 1; the nearest of current and former counts
    - `length`: how much an equal title says: 1 for five words or more, 0.5 for three, else 0, as
      for a comment or a reply, whose title others may bear too
    - `words`: how many content words the entry's title has
    - `former`: 1 where that nearest title is a former one, else 0
    - `renamed`: 1 where the entry's title is not spelled as today's, case left out, else 0
    - `part`: 1 where one title is the other without what stands before or after its colon, else 0
    - `slips`: 1 where the titles have the same words but for typing slips and endings, else 0
    - `name`: 1 where both titles begin with the same coined name and a colon, 0 where with two
      names, None where one begins with none
    - `numbers`: 1 where the numbers, versions and numerals of the titles are the same, else 0
    - `authors`: share of people in common, 0 to 1, of the longer list (the shorter, if one is
      cut); of organisations, where one list names nobody else
    - `people`: how many people are in common
    - `months`: from the id's month to the entry's; below 0 the note is older than the paper
    - `abstract`: share of the entry's three-word runs that the paper's abstract has, 0 to 1
    """
    titles = [title for title in (facts.title, *facts.former_titles) if title]
    likeness = [_likeness(entry.title, title) for title in titles]
    best = max(range(len(titles)), key=lambda index: (likeness[index] or 0.0, -index), default=0)
    nearest = titles[best] if titles else ""
    authors, people = _authors_in_common(entry, facts)
    title = likeness[best] if titles else None
    abstract = _containment(entry.abstract, facts.abstract)
    common = (title, _part(entry.title, nearest), authors, abstract)
    if entry.arxiv_id != facts.arxiv_id and not _in_common(common):
        return None
    scores = {
        "title": title,
        **_of_titles(entry.title, nearest, facts.title),
        "authors": authors,
        "people": people,
        "months": _months_between(entry, facts),
        "abstract": abstract,
    }
    return Candidate(
        arxiv_id=facts.arxiv_id,
        title=facts.title or nearest,
        known_as=nearest,
        source=facts.source,
        scores=scores,
    )


def _in_common(scores: Sequence[float | None]) -> bool:
    reached = zip(scores, LEAST_IN_COMMON, strict=True)
    return any(score is not None and score >= least for score, least in reached)


def _part(typed: str | None, nearest: str) -> float | None:
    if not typed or not nearest:
        return None
    one, other = folded_title(typed), folded_title(nearest)
    return float(one in title_parts(nearest) or other in title_parts(typed))


def _of_titles(typed: str | None, nearest: str, today: str | None) -> dict[str, float | None]:
    if not typed or not nearest:
        return dict.fromkeys(
            ("former", "renamed", "part", "slips", "name", "numbers", "length", "words")
        )
    name, other = coined_name(typed), coined_name(nearest)
    # Where the folded titles are one, case and spaces must not make a difference.
    numbers = title_digits if folded_title(typed) == folded_title(nearest) else title_numbers
    return {
        "length": _length(typed),
        "former": float(nearest != today),
        "renamed": float(not _same_spelling(typed, today)),
        "part": _part(typed, nearest),
        "slips": _slips(typed, nearest),
        "name": float(name == other) if name and other else None,
        "words": float(len(content_words(typed))),
        "numbers": float(numbers(typed) == numbers(nearest)),
    }


def _length(title: str) -> float:
    words = title_words(title)
    if not words or words[0] in SHARED_TITLES:
        return 0.0
    if len(words) >= LONG_WORDS:
        return 1.0
    return 0.5 if len(words) >= SHORT_WORDS and len(folded_title(title)) >= SHORT_LETTERS else 0.0


def _slips(typed: str, nearest: str) -> float:
    a, b = content_words(typed), content_words(nearest)
    return float(abs(len(a) - len(b)) <= 1 and 2 * len(a & b) >= len(a) and _same_words(a, b))


def _same_words(a: frozenset[str], b: frozenset[str]) -> bool:
    left = sorted(b - a)
    for word in sorted(a - b):
        other = next((other for other in left if _slip_apart(word, other)), None)
        if other is None:
            return False
        left.remove(other)
    return not left


def _slip_apart(a: str, b: str) -> bool:
    """Whether one word is the other with an ending, or with a slip behind its first two letters.

    What stands before a word turns it into its opposite: supervised and unsupervised.
    """
    short, long = sorted((a, b), key=len)
    ending = long.startswith(short) and (len(short) >= 4 or len(long) - len(short) == 1)
    return ending or (min(len(a), len(b)) >= 4 and a[:2] == b[:2] and fuzz.ratio(a, b) >= 85)


def _likeness(a: str | None, b: str) -> float | None:
    folded = folded_title(a) if a else ""
    return round(fuzz.ratio(folded, folded_title(b)) / 100, 4) if folded else None


def _same_spelling(a: str | None, b: str | None) -> bool:
    return (a or "").casefold().split() == (b or "").casefold().split()


def _authors_in_common(entry: Entry, facts: Facts) -> tuple[float | None, float | None]:
    lists = [names for names in (facts.authors, facts.former_authors) if names]
    if not entry.authors or not lists:
        return None, None
    found = [_overlap(entry.authors, names, entry.authors_complete) for names in lists]
    return max(found, key=lambda pair: pair[0] or 0.0)


def _overlap(
    printed: Sequence[str], known: Sequence[str], complete: bool
) -> tuple[float | None, float | None]:
    a, b = (_people(tuple(names)) for names in (printed, known))
    if not a or not b:
        # A team may sign with its name, and its report be known under its members.
        same = {folded_name(name) for name in printed} & {folded_name(name) for name in known}
        return (1.0, 0.0) if same else (None, None)
    shared = _people_in_common(a, b)
    length = (max if complete else min)(len(a), len(b))
    return round(shared / length, 4), float(shared)


@lru_cache(maxsize=4096)
def _people(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if not is_organisation(name)]


def _people_in_common(a: Sequence[str], b: Sequence[str]) -> int:
    left, right = Counter(map(folded_name, a)), Counter(map(folded_name, b))
    same = left & right
    short = any(map(_begins_with_initial, a))
    unused: dict[str, list[str]] = {}
    for name in b:
        comparable = short or _begins_with_initial(name)
        if comparable and same[folded_name(name)] < right[folded_name(name)]:
            unused.setdefault(family_name(name), []).append(name)
    shared = same.total()
    for name in a if unused else ():
        others = unused.get(family_name(name), []) if folded_name(name) not in same else []
        match = next((other for other in others if _initials_agree(name, other)), None)
        if match is not None:
            others.remove(match)
            shared += 1
    return shared


def _begins_with_initial(name: str) -> bool:
    return name[1:2] in (".", " ", "")


def _initials_agree(a: str, b: str) -> bool:
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
    if min(len(runs_a), len(runs_b)) < FEWEST_RUNS:
        return None
    return round(len(runs_a & runs_b) / len(runs_a), 4)


@lru_cache(maxsize=4096)
def _three_word_runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(zip(words, words[1:], words[2:], strict=False))
