"""How well the title of an entry agrees with one of a paper's."""

from __future__ import annotations

from rapidfuzz import fuzz

from pipeline.match.shortened import is_head, run_of, stem, written_out
from pipeline.model.folding import (
    coined_name,
    content_words,
    folded_title,
    title_digits,
    title_halves,
    title_numbers,
    title_parts,
    title_words,
)
from pipeline.model.title_twins import shared_title

LONG_WORDS, SHORT_WORDS, SHORT_LETTERS = 5, 3, 12
ARTICLES = ("the", "a", "an")
WORTH_WRITING_OUT = 50
"""Titles less alike, in percent, are others, whatever their acronyms mean."""
SHORTEST_CUT = 4
"""A last word of fewer letters is a numeral or a word of its own, not one that lost a letter."""
_ASKING = frozenset("why how what when where which who can does do is are".split())
_KINDS = "length former renamed part named head run slips begun name tail words numbers".split()
FEWEST_BEGUN = 4
"""A beginning of fewer content words says too little of a title."""


def title_scores(typed: str | None, nearest: str, today: str | None) -> dict[str, float | None]:
    """The scores of an entry's title against the nearest of a paper's, as `weighed` has them."""
    if not typed or not nearest:
        return dict.fromkeys(_KINDS)
    name, other = coined_name(typed), coined_name(nearest)
    # Where the folded titles are one, case and spaces must not make a difference.
    numbers = title_digits if same_title(typed, nearest) else title_numbers
    long, full = written_out(typed, nearest)
    return {
        "length": _length(long),
        "former": float(nearest != today),
        "renamed": float(not _same_spelling(typed, today)),
        "part": part_of(typed, nearest),
        "named": _named(typed, nearest),
        "head": is_head(typed, nearest),
        "run": run_of(typed, nearest),
        "slips": _slips(long, full),
        "begun": _begun(long, full),
        "name": float(name == other) if name and other else None,
        "tail": _tail(typed, nearest),
        "words": float(len(content_words(typed))),
        "numbers": float(numbers(typed) == numbers(nearest)),
    }


def title_likeness(a: str | None, b: str) -> float | None:
    """How like two titles are once folded, 0 to 1; a leading article does not count.

    Acronyms are written out where the other title has their words.
    """
    folded = folded_title(a) if a else ""
    if not folded:
        return None
    if same_title(a or "", b):
        return 1.0
    ratio = fuzz.ratio(folded, folded_title(b))
    if a and ratio >= WORTH_WRITING_OUT:
        ratio = max(ratio, fuzz.ratio(*map(folded_title, written_out(a, b))))
    # What is not the same must not be rounded to it.
    return min(round(ratio / 100, 4), 0.9999)


def same_title(typed: str, known: str) -> bool:
    """Whether two titles are one, but for case, marks, TeX, a leading article and `and` for `&`.

    The known one may have lost its last letter, as titles of copied records do.

    >>> same_title("A Proof of It", "Proof of it"), same_title("Proof I", "Proof II")
    (True, False)
    """
    typed_key, known_key = folded_title(typed), folded_title(known)
    if typed_key == known_key:
        return bool(typed_key)
    # Most titles differ by more than an article and a letter, which is quickly seen.
    if abs(len(typed_key) - len(known_key)) > 4:
        return False
    typed_words, known_words = _without_article(typed), _without_article(known)
    if "".join(typed_words) == "".join(known_words):
        return bool(typed_words)
    if typed_words[:-1] != known_words[:-1] or len(typed_words) < LONG_WORDS:
        return False
    last, cut = typed_words[-1], known_words[-1]
    return len(cut) >= SHORTEST_CUT and last[:-1] == cut and last.isalpha()


def part_of(typed: str | None, nearest: str) -> float | None:
    """1 where one title is the other without what stands before or after its colon, else 0."""
    if not typed or not nearest:
        return None
    typed_key, known_key = folded_title(typed), folded_title(nearest)
    return float(typed_key in title_parts(nearest) or known_key in title_parts(typed))


def _named(typed: str, nearest: str) -> float:
    """1 where one title is the other behind a coined name and a colon, else 0."""
    ways = ((typed, nearest), (nearest, typed))
    return float(any(coined_name(a) and title_halves(a)[1] == folded_title(b) for a, b in ways))


def _without_article(title: str) -> list[str]:
    words = [word for word in title_words(title) if word != "and"]
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


def _length(title: str) -> float:
    words = title_words(title)
    if not words or shared_title(words):
        return 0.0
    if len(words) >= LONG_WORDS:
        return 1.0
    return 0.5 if len(words) >= SHORT_WORDS and len(folded_title(title)) >= SHORT_LETTERS else 0.0


def _begun(typed: str, nearest: str) -> float:
    """1 where the typed title is how the other begins, in enough whole words; 0.5 the other way."""
    typed_words, known_words = title_words(typed), title_words(nearest)
    short, long = sorted((typed_words, known_words), key=len)
    if len(short) == len(long) or long[: len(short)] != short:
        return 0.0
    shorter = typed if short is typed_words else nearest
    if len(content_words(shorter)) < FEWEST_BEGUN:
        return 0.0
    return 1.0 if short is typed_words else 0.5


def _tail(typed: str, nearest: str) -> float | None:
    """How like is what stands behind the same words and a colon; None where there are not both."""
    (typed_head, typed_tail), (known_head, known_tail) = map(title_halves, (typed, nearest))
    if not typed_head or typed_head != known_head:
        return None
    return round(fuzz.ratio(typed_tail, known_tail) / 100, 4)


def _slips(typed: str, nearest: str) -> float:
    a, b = content_words(typed), content_words(nearest)
    # "Why Models Forget" is not "Models Forget".
    if _ASKING.intersection(title_words(typed)) != _ASKING.intersection(title_words(nearest)):
        return 0.0
    return float(abs(len(a) - len(b)) <= 1 and 2 * len(a & b) >= len(a) and _same_words(a, b))


def _same_words(a: frozenset[str], b: frozenset[str]) -> bool:
    unmatched = sorted(b - a)
    for word in sorted(a - b):
        slip = next((other for other in unmatched if _slip_apart(word, other)), None)
        if slip is None:
            return False
        unmatched.remove(slip)
    return not unmatched


def _slip_apart(a: str, b: str) -> bool:
    """Whether one word is the other with an ending, or with a slip behind its first two letters.

    What stands before a word turns it into its opposite: supervised and unsupervised.
    """
    short, long = sorted((a, b), key=len)
    ending = long.startswith(short) and (len(short) >= 4 or len(long) - len(short) == 1)
    return (
        ending
        or stem(a) == stem(b)
        or (min(len(a), len(b)) >= 4 and a[:2] == b[:2] and fuzz.ratio(a, b) >= 85)
    )


def _same_spelling(a: str | None, b: str | None) -> bool:
    return (a or "").casefold().split() == (b or "").casefold().split()
