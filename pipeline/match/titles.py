"""How well the title of an entry agrees with one of a paper's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from pipeline.match.shortened import is_head, run_of, stem, written_out
from pipeline.model.folding import (
    coined_name,
    content_of,
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
        "numbers": _same_kind(typed, nearest) if numbers(typed) == numbers(nearest) else 0.0,
    }


def with_name(typed: str | None, names: Sequence[str], known: str) -> str | None:
    """A typed title, behind the one of the reader's names that the known title begins with.

    >>> with_name("Sorting Stones", ("StoneSort",), "StoneSort: Sorting Stones")
    'StoneSort: Sorting Stones'
    >>> with_name("Sorting Stones", ("StoneSort",), "PebbleSort: Sorting Stones")
    'Sorting Stones'
    """
    coined = coined_name(known) if typed and names else None
    if coined is None or folded_title(typed or "").startswith(coined):
        return typed
    named = next((name for name in names if folded_title(name) == coined), None)
    return f"{named}: {typed}" if named else typed


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
    # What lost an `s` is a title in the singular as often.
    lost = last[:-1] == cut and last.isalpha() and not last.endswith("s")
    return lost and len(cut) >= SHORTEST_CUT


def part_of(typed: str | None, nearest: str) -> float | None:
    """1 where a title is what stands before or after the other's colon, else 0.

    The other way round it is 1 where a coined name stands before the colon, else 0.5: who prints
    more than a record has did not shorten its title.
    """
    if not typed or not nearest:
        return None
    typed_key, known_key = folded_title(typed), folded_title(nearest)
    if typed_key in title_parts(nearest):
        return 1.0
    if known_key not in title_parts(typed):
        return 0.0
    return 1.0 if _named(typed, nearest) == 1 else 0.5


def _same_kind(typed: str, nearest: str) -> float:
    """1 where both titles or none are those of a comment, a reply, an erratum; else 0.5."""
    return 1.0 if shared_title(title_words(typed)) == shared_title(title_words(nearest)) else 0.5


def _named(typed: str, nearest: str) -> float:
    """1 where a title is the other behind a coined name and a colon, 0.5 the other way round."""
    if coined_name(typed) and title_halves(typed)[1] == folded_title(nearest):
        return 1.0
    named = coined_name(nearest) and title_halves(nearest)[1] == folded_title(typed)
    return 0.5 if named else 0.0


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
    """1 where two titles have the same words but for a letter typed wrong, else 0.

    0.5 where endings, small words or the order differ too: so the same people write the next one.
    """
    typed_words, known_words = map(_said_once, (typed, nearest))
    # "Why Models Forget" is not "Models Forget".
    if _ASKING.intersection(typed_words) != _ASKING.intersection(known_words):
        return 0.0
    typed_content, known_content = map(_content_in_order, (typed_words, known_words))
    pairs = _slip_pairs(Counter(typed_content), Counter(known_content))
    if pairs is None or 2 * len(pairs) > len(typed_content):
        return 0.0
    spelled = [pairs.get(word, word) for word in typed_content]
    mistyped = not any(map(_is_ending, pairs, pairs.values()))
    same_small = _small_words(typed_words) == _small_words(known_words)
    return 1.0 if mistyped and same_small and spelled == known_content else 0.5


def _said_once(title: str) -> list[str]:
    """The words of a title, without a name before its colon that the rest says in full."""
    head, colon, tail = title.partition(":")
    said_again = colon and content_words(head) <= content_words(tail)
    return _without_article(tail if said_again else title)


def _content_in_order(words: Sequence[str]) -> list[str]:
    content = content_of(words)
    return [word for word in words if word in content]


def _small_words(words: Sequence[str]) -> list[str]:
    content = content_of(words)
    small = [word for word in words if word not in content and word not in ARTICLES]
    return small[1:] if words[:1] in (["towards"], ["toward"]) else small


def _slip_pairs(typed: Counter[str], known: Counter[str]) -> dict[str, str] | None:
    """Each word of one title that the other has with a slip; None where words are left over."""
    unmatched = sorted((known - typed).elements())
    pairs: dict[str, str] = {}
    for word in sorted((typed - known).elements()):
        slip = next((other for other in unmatched if _slip_apart(word, other)), None)
        if slip is None:
            return None
        unmatched.remove(slip)
        pairs[word] = slip
    return None if unmatched else pairs


def _is_ending(a: str, b: str) -> bool:
    """Whether one word is the other with an ending: a plural is another title as often."""
    short, long = sorted((a, b), key=len)
    further = long.startswith(short) and long != short + short[-1]
    return stem(a) == stem(b) or further


def _slip_apart(a: str, b: str) -> bool:
    """Whether one word is the other with an ending, or with one letter typed wrong.

    That letter is none of the first two: what stands before a word turns it into its opposite, as
    in supervised and unsupervised. Two letters do as well: quantitative and qualitative.
    """
    short, long = sorted((a, b), key=len)
    ending = long.startswith(short) and (len(short) >= 4 or len(long) - len(short) == 1)
    mistyped = len(short) >= 4 and a[:2] == b[:2] and OSA.distance(a, b, score_cutoff=1) <= 1
    return ending or stem(a) == stem(b) or mistyped


def _same_spelling(a: str | None, b: str | None) -> bool:
    return (a or "").casefold().split() == (b or "").casefold().split()
