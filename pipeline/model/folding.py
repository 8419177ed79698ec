r"""What two spellings of one title or one name have in common.

Folding happens here and nowhere else, so that no two stages (and no two engines) can fold
differently. A folded text is for comparing, never for showing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

from pipeline.model.tex_signs import characters_as_words, signs_as_words
from pipeline.model.unicode_forms import nfkc

_GREEK = {
    0x3B1 + offset: name
    for offset, name in enumerate(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
        "sigma sigma tau upsilon phi chi psi omega".split()
    )
}
_TEX_ACCENT = re.compile(r"\\(?:[`'^\"~=.]|[uvHcdbkr](?=[\s{]))\s*\{?\s*(\\?[A-Za-z])\s*\}?")
_TEX_STYLE = re.compile(
    r"\\(?:text(?:bf|it|rm|sc|sf|tt|up)?|emph|math(?:bf|it|rm|cal|bb|sf|tt|frak)|rm|bf|it|sc|tt"
    r"|mbox|operatorname|left|right|,|;|!|:|\s)(?![A-Za-z])"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_PLUS = re.compile(r"(?<=\w)\++(?!\w)")
_WITHOUT_TEX_MARKS = str.maketrans("", "", "$^{}")
_ROMAN = re.compile(r"(?<![\w.])(?:I{2,3}|I?V|VI{1,3}|IX|XI{0,3}|X?IV|XVI{0,3})(?![\w])")
_FEWEST_IN_PART = 4
_COLON = re.compile(r":\s|\s[-–—]+\s|\?\s")
_FUNCTION_WORDS = frozenset(
    "a an and are as at be by can do does for from how in into is it its of on or our than that "
    "the their through to towards toward using via we what when where which who why with".split()
)
_LETTER = re.compile(r"(?<![\w.'’$^_{\\-])(?:[B-HJ-UWYZ]|(?<=Part )A)(?![\w.'’$^_}-])")
_COUNTED = {
    word: str(number % 10 or 10)
    for number, word in enumerate(
        "one two three four five six seven eight nine ten "
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
        1,
    )
}
_LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789"
_DROPPED = bytes(set(range(256)).difference(_LETTERS))
_WORD = re.compile(r"[a-z0-9]+")
_NO_FAMILY = frozenset(("", "jr", "sr", "ii", "iii", "iv"))
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
# What is not ASCII, with what stands before it: that may carry its accent, and nothing more does.
_FOREIGN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])\d{1,2}(?:,\d{1,2})*$|[*†‡§¶‖]+")


@lru_cache(maxsize=65536)
def folded_title(title: str) -> str:
    r"""A title's letters and digits alone, `[a-z0-9]*`: no case, accents, TeX, spaces or marks.

    >>> folded_title(r"S$^3$c-Math: Schr\"odinger's $\alpha$") == folded_title(
    ...     "S^3cMath: Schrödinger’s α")
    True
    """
    return folded_text(title)


def folded_text(text: str) -> str:
    """A text folded as a title is, and not remembered: for what is long, or asked once."""
    return _letters(_plain(text))


def title_words(title: str) -> list[str]:
    """The folded words of a title, in order.

    >>> title_words("Qwen2.5-Math: Step-by-Step")
    ['qwen2', '5', 'math', 'step', 'by', 'step']
    """
    return _WORD.findall(_plain(title))


@lru_cache(maxsize=8192)
def content_words(title: str) -> frozenset[str]:
    """The folded words of a title that say what it is about: none of its articles and the like.

    >>> sorted(content_words("On the Limits of Scaling"))
    ['limits', 'scaling']
    """
    return content_of(title_words(title))


def content_of(words: Iterable[str]) -> frozenset[str]:
    """Those of folded words that say what a title is about."""
    return frozenset(words) - _FUNCTION_WORDS


@lru_cache(maxsize=8192)
def title_parts(title: str) -> frozenset[str]:
    """What stands before and after the first colon or dash of a title, folded, if words enough.

    >>> title_parts("LIME: Less Is More for the Evaluation of Models")
    frozenset({'lessismorefortheevaluationofmodels'})
    """
    parts = _COLON.split(title, maxsplit=1)
    return frozenset(
        folded_title(part)
        for part in (parts if len(parts) == 2 else [])
        if len(content_words(part)) >= _FEWEST_IN_PART
    )


@lru_cache(maxsize=8192)
def title_halves(title: str) -> tuple[str, str]:
    """What stands before and after the first colon or dash of a title, folded; else two empty.

    >>> title_halves("Knots: A Survey"), title_halves("Knots")
    (('knots', 'asurvey'), ('', ''))
    """
    head, *tail = map(folded_title, _COLON.split(title, maxsplit=1))
    return (head, tail[0]) if head and tail and tail[0] else ("", "")


@lru_cache(maxsize=8192)
def title_numbers(title: str) -> tuple[str, ...]:
    """What parts of a series differ in, sorted: numbers, versions, numerals, letters, a `++`.

    >>> title_numbers("Part 2.2, on GPT-4"), title_numbers("Surface laminations II")
    (('2.2', '4'), ('2',))
    >>> title_numbers("Two Theorems, Part B")
    ('2', 'b')
    """
    text = nfkc(html.unescape(title))
    roman = [str(_roman_value(match[0])) for match in _ROMAN.finditer(text)]
    letters = [match[0].casefold() for match in _LETTER.finditer(text)]
    words = [_COUNTED[word] for word in title_words(title) if word in _COUNTED]
    return tuple(sorted([*_NUMBER.findall(text), *roman, *letters, *words, *_PLUS.findall(text)]))


@lru_cache(maxsize=8192)
def title_digits(title: str) -> tuple[str, ...]:
    """The numbers of a title that are written in digits, and each `+` behind a word, sorted.

    >>> title_digits("Part 2.1"), title_digits("Part 21"), title_digits("Sorter+: Part 2")
    (('2.1',), ('21',), ('+', '2'))
    """
    text = nfkc(html.unescape(title)).translate(_WITHOUT_TEX_MARKS)
    return tuple(sorted([*_NUMBER.findall(text), *_PLUS.findall(text)]))


def coined_name(title: str) -> str | None:
    """The folded name that a title gives its subject: one word before a colon. Else None.

    >>> coined_name("DataSculpt: Crafting Data"), coined_name("A survey: part one")
    ('datasculpt', None)
    """
    head, colon, _ = title.partition(":")
    return folded_title(head) or None if colon and len(head.split()) == 1 else None


@lru_cache(maxsize=65536)
def folded_name(name: str) -> str:
    """A person's name as letters alone: no case, accents, dots, hyphens, spaces or footnote marks.

    >>> folded_name("Ming-Yu Liu*") == folded_name("Mingyu  liu")
    True
    """
    if name.isascii() and name.isalpha():
        return name.lower()
    return _letters(_plain(_FOOTNOTE.sub("", name.strip())))


def family_name(name: str) -> str:
    """The folded last word of a name, Jr. and numerals left out: the family name as most print it.

    >>> family_name("Sammy Davis Jr."), family_name("Quoc V. Le")
    ('davis', 'le')
    """
    for word in reversed(_plain(name).split()):
        letters = _letters(word)
        if letters not in _NO_FAMILY:
            return letters
    return ""


def _letters(plain: str) -> str:
    return plain.encode().translate(None, _DROPPED).decode()


def _plain(text: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    if "\\" in text:
        text = _TEX_ACCENT.sub(r"\1", text)
        text = _TEX_STYLE.sub("", text)
        text = signs_as_words(text)
    return (text if text.isascii() else _FOREIGN.sub(_latin, text)).lower()


def _latin(run: re.Match[str]) -> str:
    return _latin_of(run[0])


@lru_cache(maxsize=65536)
def _latin_of(run: str) -> str:
    """What a run of other letters, with the Latin letter before it, is in Latin ones."""
    text = nfkc(characters_as_words(run)).casefold().translate(_GREEK)
    return text if text.isascii() else anyascii(text).casefold()


def _roman_value(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(
        -value if value < next_value else value
        for value, next_value in zip(values, following, strict=True)
    )
