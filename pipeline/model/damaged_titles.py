"""Titles as copies of arXiv's records damage them: what can be mended, and what is noticed."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.model.folding import title_words

_YEAR_BEFORE = re.compile(r"\[(?:19|20)\d\d(?:[./-]\d{1,2}){0,2}\]\s*(?=\S)")
_LINK_BEHIND = re.compile(
    r"(?:(?<!\s)\s++)?(?:\[[^\[\]]{0,40}\]\s*+){0,5}\[\[[^\[\]]{0,40}\]\(https?://[^\s()]*\)\]?$"
)
_URL_BEHIND = re.compile(r"(?<![\s,.\]])[\s,.\]]*+\(?+https?://\S*+$")
_FILE_BEHIND = re.compile(r"(?<=\w)\.pdf$", re.IGNORECASE)
_FEWEST_WORDS, _SHORTEST_WORD = 4, 4
_RARE, _MORE_OFTEN = 3, 200
_ENDINGS = "abcdefghijklmnopqrstuvwxyz"


def mended_title(title: str) -> str:
    """A title without the year, the links or the copy of itself that a list put to it.

    >>> mended_title("[2024.07] Robot Hands [IL] [[project](https://a.github.io/b)]")
    'Robot Hands'
    >>> mended_title("Scaling Laws for Models Scaling Laws for Models"), mended_title("[1, 2]-sets")
    ('Scaling Laws for Models', '[1, 2]-sets')
    >>> mended_title("[Robot Hands](https://a.org/b)"), mended_title("Hands, https://a.org/b.pdf")
    ('Robot Hands', 'Hands')
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


def has_damaged_end(title: str, titles_with: Callable[[str], int]) -> bool:
    """Whether the last letter of a title was lost or doubled, by how many titles have a word.

    The last word is rare, and the word with one letter more or less is very common. Titles that
    end in TeX, a sign or a capital letter are left alone.

    >>> often = {"generation": 9_000, "generatio": 1}
    >>> has_damaged_end("Networks for Scene Graph Generatio", lambda word: often.get(word, 0))
    True
    """
    if "\\" in title or not title.endswith(tuple(_ENDINGS)):
        return False
    words = title_words(title)
    if len(words) < _FEWEST_WORDS or len(words[-1]) < _SHORTEST_WORD or not words[-1].isalpha():
        return False
    last = words[-1]
    seen = titles_with(last)
    if seen > _RARE:
        return False
    other = [last + letter for letter in _ENDINGS]
    if last[-1] == last[-2]:
        other.append(last[:-1])
    return any(titles_with(word) >= _MORE_OFTEN * max(seen, 1) for word in other)


def is_damage_of(title: str, whole: str) -> bool:
    """Whether a title is another with its last letter lost or doubled.

    A lost `s` cannot be told from a title in the singular.

    >>> is_damage_of("Scene Graph Generatio", "Scene Graph Generation")
    True
    >>> is_damage_of("Small Stones I", "Small Stones II"), is_damage_of("Of a Net", "Of a Nets")
    (False, False)
    """
    if not title or not whole or title == whole:
        return False
    lost = whole[:-1] == title and whole[-1].islower() and whole[-1] != "s"
    doubled = title[:-1] == whole and title[-1] == whole[-1] and title[-1].islower()
    shorter = title if lost else whole
    return (lost or doubled) and len(shorter.split()[-1]) >= _SHORTEST_WORD
