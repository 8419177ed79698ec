"""Titles that a reader wrote shorter: acronyms for words, a name alone, an end that was cut off."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from pipeline.model.folding import (
    content_of,
    content_words,
    folded_title,
    title_digits,
    title_words,
)

FEWEST_BEFORE_CUT, SHORTEST_CUT = 3, 2
"""So many words stand before a last one that a copied record cut, and so many letters are left."""
FEWEST_FURTHER = 2
"""Of fewer further words of a title it cannot be told how many a text has."""
ACRONYM = re.compile(r"(?<![\w'’.-])([A-Z](?:[a-z]?[A-Z]){1,5})s?(?![\w'’])")
_IN_BRACKETS = re.compile(r"(?:(?<!\s)\s++)?\((?=[^()\s]*[A-Z][^()\s]*[A-Z])[A-Za-z-]{2,12}\)")
_GROUP_BEFORE = re.compile(r"^\[[^\[\]]{1,40}\]\s*+(?=\S)")
_WORD = re.compile(r"[A-Za-z]+")
_HEAD = re.compile(r"(?:(?<!\s)\s++)?[:?,(;]\s*|\s[-–—]++\s")
_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ies", "ed", "es", "ly", "s", "e", "y")
_FEWEST_LETTERS = 4


@lru_cache(maxsize=8192)
def written_out(typed: str, known: str) -> tuple[str, str]:
    """Two titles, the acronyms of each written out where the other has the words.

    An acronym in brackets and a group's name in brackets before the title are left out, and a last
    word that the known title has the beginning of is made whole.

    >>> written_out("Planning with LLMs", "Planning with Large Language Models (LLMs)")
    ('Planning with Large Language Models', 'Planning with Large Language Models')
    >>> written_out("Memory Layers at Scale", "Memory Layers at Sca")
    ('Memory Layers at Scale', 'Memory Layers at Scale')
    """
    bare, known_bare = map(_without_brackets, (typed, known))
    typed_full, known_full = _with_words_of(bare, known_bare), _with_words_of(known_bare, bare)
    return (typed_full, typed_full) if _is_cut(typed_full, known_full) else (typed_full, known_full)


def _without_brackets(title: str) -> str:
    return _IN_BRACKETS.sub("", _GROUP_BEFORE.sub("", title)).strip() or title


def _with_words_of(title: str, other: str) -> str:
    if not ACRONYM.search(title):
        return title
    words = _WORD.findall(other)
    initials = "".join(word[0] for word in words).lower()

    def words_for(match: re.Match[str]) -> str:
        first = initials.find(match[1].lower())
        return match[0] if first < 0 else " ".join(words[first : first + len(match[1])])

    return ACRONYM.sub(words_for, title)


def _is_cut(whole: str, cut: str) -> bool:
    *words, whole_last = title_words(whole) or [""]
    *same_words, cut_last = title_words(cut) or [""]
    if len(words) < FEWEST_BEFORE_CUT or words != same_words:
        return False
    long_enough = SHORTEST_CUT <= len(cut_last) < len(whole_last) and cut_last + "s" != whole_last
    return long_enough and whole_last.startswith(cut_last) and whole_last.isalpha()


def is_head(typed: str, nearest: str) -> float:
    """1 where a title is what stands before the first mark of another, numbers and all, else 0.

    >>> is_head("TableRAG", "TableRAG: Tables at Scale"), is_head("Table", "Table, Chair")
    (1.0, 1.0)
    """
    head, *rest = _HEAD.split(nearest, maxsplit=1)
    same = bool(rest) and rest[0] != "" and folded_title(head) == folded_title(typed)
    return float(same and title_digits(head) == title_digits(typed))


@lru_cache(maxsize=8192)
def run_of(typed: str, nearest: str) -> float:
    """How many content words a title has, where another has them all together in order; else 0.

    Endings do not count. The numbers of the title have to be in the other.

    >>> run_of("Chart Generation by Agents", "Plotto: A Model of Chart Generation by Agents")
    3.0
    >>> run_of("Chart Generation by Agents", "Agents for Chart Generation")
    0.0
    """
    typed_full, known_full = written_out(typed, nearest)
    if not _stems(typed_full) <= _stems(known_full):
        return 0.0
    run, words = _content_in_order(typed_full), _content_in_order(known_full)
    run_words = len(run)
    if not run_words or Counter(title_digits(typed)) - Counter(title_digits(nearest)):
        return 0.0
    places = range(len(words) - run_words + 1)
    return float(run_words) if any(words[at : at + run_words] == run for at in places) else 0.0


def _content_in_order(title: str) -> list[str]:
    content = content_words(title)
    return [stem(word) for word in title_words(title) if word in content]


def told_of(text: str | None, typed: str, nearest: str) -> float | None:
    """The share of what another title says beyond a typed one that a text says too, 0 to 1.

    None where there is no text, or too little beyond. Endings of words do not count.
    """
    if not text:
        return None
    further = _stems(nearest) - _stems(typed)
    if len(further) < FEWEST_FURTHER:
        return None
    return round(len(further & _stems(text)) / len(further), 4)


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, content_of(title_words(text))))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without its ending, if enough is left: `scaling` and `scaled` are `scal`."""
    ending = next((e for e in _ENDINGS if word.endswith(e)), "")
    return word[: -len(ending)] if ending and len(word) - len(ending) >= _FEWEST_LETTERS else word
