"""Titles as copies of arXiv's records damage them: what can be mended, and what is noticed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence

from pipeline.model.folding import title_words

_YEAR_BEFORE = re.compile(
    r"\[(?:(?:19|20)\d\d(?:[./-]\d{1,2}){0,2}|[A-Z][A-Za-z]{0,8}[A-Z][A-Za-z]{0,8}[ '’]{1,2}"
    r"(?:20)?\d\d)\]\s*(?=\S)"
)
_LINK_BEHIND = re.compile(
    r"(?:(?<!\s)\s++)?(?:\[[^\[\]]{0,40}\]\s*+){0,5}\[\[[^\[\]]{0,40}\]\(https?://[^\s()]*\)\]?$"
)
_URL_BEHIND = re.compile(r"(?<![\s,.\]])[\s,.\]]*+\(?+https?://\S*+$")
_FILE_BEHIND = re.compile(r"(?<=\w)\.pdf$", re.IGNORECASE)
_FEWEST_WORDS, _SHORTEST_WORD, _SHORTEST_CUT = 4, 4, 3
_OFTEN_ENOUGH = 3
"""So often ends a cut word of three letters titles."""
_COMMON, _MORE_COMMON, _SHARE_AT_END = 200, 20, 0.8
MOST_LOST = 4
"""Copied records lost up to so many letters (`Spac`, `Kern`, `Datas`)."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def mended_title(title: str) -> str:
    """A title without the year or venue, the links or the copy of itself that a list put to it.

    >>> mended_title("[2024.07] Robot Hands [IL] [[project](https://a.github.io/b)]")
    'Robot Hands'
    >>> mended_title("Scaling Laws for Models Scaling Laws for Models"), mended_title("[1, 2]-sets")
    ('Scaling Laws for Models', '[1, 2]-sets')
    >>> mended_title("[Robot Hands](https://a.org/b)"), mended_title("Hands, https://a.org/b.pdf")
    ('Robot Hands', 'Hands')
    >>> mended_title("[RSS 25] Robot Hands"), mended_title("[OIII] 5007 in Galaxies")
    ('Robot Hands', '[OIII] 5007 in Galaxies')
    """
    mended = _YEAR_BEFORE.sub("", title, count=1)
    for behind in (_LINK_BEHIND, _URL_BEHIND, _FILE_BEHIND):
        mended = behind.sub("", mended)
    if mended.startswith("[") and "]" not in mended:
        mended = mended[1:]
    half = len(mended) // 2
    if mended[:half].strip(" :") == mended[half:].strip(" :") and len(mended[:half].split()) > 2:
        mended = mended[:half].strip(" :")
    return mended.strip() or title


def end_word(title: str) -> str | None:
    """The folded last word of a title, where it can tell that the title was cut; else None.

    Titles of few words, or that end in TeX, a sign, a number or a capital letter, cannot.

    >>> end_word("Networks for Scene Graph Generatio"), end_word("Of Nets"), end_word("By an LLM")
    ('generatio', None, None)
    """
    if "\\" in title or not title.endswith(tuple(_LETTERS)):
        return None
    words = title_words(title)
    long_enough = len(words) >= _FEWEST_WORDS and len(words[-1]) >= _SHORTEST_CUT
    return words[-1] if long_enough and words[-1].isalpha() else None


def damaged_words(at_end: Mapping[str, int], titles_with: Callable[[str], int]) -> frozenset[str]:
    """Those of the last words of titles that are common ones, cut or with the last letter doubled.

    `at_end` is how many titles end in each, `titles_with` how many have a word anywhere. A word
    that was cut stands nowhere but at the end, and the whole one is far more common. A lost `s`
    cannot be told from a word in the singular.

    >>> counts = {"generation": 9_000, "generatio": 2, "spac": 100, "spaces": 12_000, "tran": 4}
    >>> sorted(damaged_words({**counts, "tran": 1}, lambda word: counts.get(word, 0)))
    ['generatio', 'spac']
    """
    common = sorted(word for word in at_end if titles_with(word) >= _COMMON)
    return frozenset(
        word
        for word, ending in at_end.items()
        if ending >= _SHARE_AT_END * titles_with(word)
        and (len(word) >= _SHORTEST_WORD or ending >= _OFTEN_ENOUGH)
        and _common_word(word, common, titles_with) >= _MORE_COMMON * titles_with(word)
    )


def _common_word(word: str, common: Sequence[str], titles_with: Callable[[str], int]) -> int:
    """How many titles have the common word that a word is a damage of; 0 where none is."""
    first, last = bisect_right(common, word), bisect_left(common, word + "{")
    whole = [w for w in common[first:last] if len(w) - len(word) <= MOST_LOST and w != word + "s"]
    if word[-1:] == word[-2:-1] and titles_with(word[:-1]) >= _COMMON:
        whole.append(word[:-1])
    return max(map(titles_with, whole), default=0)


def is_damage_of(title: str, whole: str, most_lost: int = 1) -> bool:
    """Whether a title is another with its last letter lost or doubled, or `most_lost` letters lost.

    A lost `s` cannot be told from a title in the singular.

    >>> is_damage_of("Scene Graph Generatio", "Scene Graph Generation")
    True
    >>> is_damage_of("Small Stones I", "Small Stones II"), is_damage_of("Of a Net", "Of a Nets")
    (False, False)
    """
    if not title or not whole or title == whole:
        return False
    letters = whole[len(title) :]
    lost = whole.startswith(title) and letters.islower() and letters.isalpha() and letters != "s"
    doubled = title[:-1] == whole and title[-1] == whole[-1] and title[-1].islower()
    shorter = title if lost else whole
    damaged = (lost and len(letters) <= most_lost) or doubled
    return damaged and len(shorter.split()[-1]) >= _SHORTEST_WORD
