"""How spellings of tags can be alike: cut short, in another form, one letter apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from pipeline.model.folding import title_words

_VOWEL = re.compile(r"[aeiouy]")
_START = 3


def cut_from(acronym: str, words: Sequence[str]) -> bool:
    """Whether an acronym is made of the beginnings of all the words: `vit`, `vision transformer`.

    >>> cut_from("vit", ["vision", "transformer"]), cut_from("lm", ["large", "model", "zoo"])
    (True, False)
    """
    if not words:
        return not acronym
    return any(
        words[0].startswith(acronym[:length]) and cut_from(acronym[length:], words[1:])
        for length in range(1, len(acronym) + 1)
    )


def akin(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two tags have the same words, in another form or cut short.

    >>> akin(["text2img"], ["text", "to", "image"]), akin(["gpt", "3"], ["gpt", "4"])
    (True, False)
    """
    a, b = spelled_out(a), spelled_out(b)
    return len(a) == len(b) and all(map(_same_word, a, b))


def spelled_out(words: Sequence[str]) -> list[str]:
    """The words of a tag, with the `to` that a 2 between letters stands for."""
    return re.sub(r"(?<=[a-z])2(?=[a-z])", " to ", " ".join(words)).split()


def _same_word(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    shared = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(short))
    if a == b or any(character.isdigit() for character in a + b):
        return a == b
    if shared >= 5 and shared >= 0.6 * len(long):
        return True
    # What is cut short keeps its first letter and then leaves out vowels first: img, txt.
    letters = iter(long)
    cut = all(letter in letters for letter in short) and not _VOWEL.search(short[1:])
    return cut and short[0] == long[0] and len(short) >= 3 and len(long) <= 2 * len(short)


def one_slip(a: str, b: str) -> bool:
    """Whether one letter was missed, doubled, swapped or mistaken, not the first and no digit."""
    if abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    digits = [[c for c in word if c.isdigit()] for word in (a, b)]
    return digits[0] == digits[1] and OSA.distance(a, b, score_cutoff=1) == 1


def phrases(text: str, most_words: int = 4) -> dict[str, str]:
    """The runs of words of a text, folded as tags are, each with its words."""
    words = title_words(text)
    return {"".join(run): "-".join(run) for run in _runs(words, range(len(words)), most_words)}


@lru_cache(maxsize=8192)
def phrases_of_title(title: str | None) -> frozenset[str]:
    """The runs of words of a title, which many tags ask for; none where there is no title."""
    return frozenset(phrases(title or ""))


def printed_of(keys: Iterable[str], texts: Iterable[str], most_words: int = 4) -> set[str]:
    """The keys, folded as tags are, that are a run of at most so many words in one of the texts."""
    wanted = set(keys)
    # Only where a word begins as a key does can a run be that key.
    starts = {key[:letters] for key in wanted for letters in range(1, _START + 1)}
    printed: set[str] = set()
    for text in texts if wanted else ():
        words = title_words(text)
        places = [i for i, word in enumerate(words) if word[:_START] in starts]
        printed |= wanted.intersection(map("".join, _runs(words, places, most_words)))
    return printed


def _runs(words: list[str], places: Sequence[int], most_words: int) -> Iterator[list[str]]:
    lengths = range(1, most_words + 1)
    return (words[i : i + n] for n in lengths for i in places if i + n <= len(words))


def singular(word: str) -> set[str]:
    """A word, and what it is without an s at its end."""
    return {word, word.removesuffix("s")}
