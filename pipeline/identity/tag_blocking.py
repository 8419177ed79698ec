"""Blocking: the few pairs of tags that are worth comparing, out of all pairs.

Each function gives every pair that its comparison can accept, and not many more, so that the
time grows with the number of tags and not with its square.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

from pipeline.identity.tag_spellings import spelled_out
from pipeline.model.succession import follows

MOST_TAGS_OF_ENTRY = 64
"""An entry with more tags says nothing of which two of them belong together."""

MOST_LETTERS = 60
"""A longer tag is a sentence; nobody looks for slips in it."""

TagPairs = Iterator[tuple[str, str]]


def acronym_pairs(short: Iterable[str], long: Mapping[str, Sequence[str]]) -> TagPairs:
    """Each short tag with those longer ones whose first two words begin with letters of it."""
    by_letters: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, words in long.items():
        if all(words[:2]):
            by_letters[words[0][0], words[1][0]].append(key)
    for key in short:
        for letter in sorted(set(key[1:])):
            yield from ((key, other) for other in by_letters.get((key[0], letter), ()))


def slip_pairs(keys: Iterable[str]) -> TagPairs:
    """Pairs that may be one letter apart, digits and first letter not counted.

    By deletion neighbourhoods: https://doi.org/10.1145/1963190.1963191
    """
    by_rest: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in keys:
        if len(key) > MOST_LETTERS:
            continue
        digits = "".join(filter(str.isdigit, key))
        letters = [at for at in range(1, len(key)) if not key[at].isdigit()]
        for rest in {key, *(key[:at] + key[at + 1 :] for at in letters)}:
            by_rest[digits, rest].append(key)
    seen = {pair for near in by_rest.values() for pair in combinations(sorted(near), 2)}
    yield from sorted(seen)


def successor_pairs(
    words: Mapping[str, Sequence[str]], last: Mapping[str, date], first: Mapping[str, date]
) -> TagPairs:
    """A tag and each whose words begin with the same letters and that begins within its year."""
    by_letters: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in sorted(first.keys() & last.keys(), key=lambda key: (first[key], key)):
        by_letters[tuple(word[0] for word in spelled_out(words[key]))].append(key)
    for keys in by_letters.values():
        begins = [first[key] for key in keys]
        for old in keys:
            for new in keys[bisect_right(begins, last[old]) :]:
                if not follows(last[old], first[new]):
                    break
                yield old, new


def tags_beside(
    entries: Iterable[Sequence[str]], counted: frozenset[str]
) -> dict[str, Counter[str]]:
    """How many entries bear each of the `counted` tags and each other one."""
    tags_of: dict[str, Counter[str]] = {key: Counter() for key in counted}
    for keys in entries:
        if len(keys) <= MOST_TAGS_OF_ENTRY:
            for key in counted.intersection(keys):
                tags_of[key].update(other for other in keys if other != key)
    return tags_of


def cosine_pairs(vectors: Mapping[str, Mapping[str, float]], least: float) -> TagPairs:
    """The pairs whose cosine can be `least` or more, each once.

    By prefix filtering: two such vectors share one of the rarest entries that hold more than
    1 - least² of the square of either's length (https://doi.org/10.1145/1242572.1242591).
    """
    holders: dict[str, list[str]] = defaultdict(list)
    for key, weights in vectors.items():
        for feature in weights:
            holders[feature].append(key)
    seen: set[tuple[str, str]] = set()
    for key, weights in vectors.items():
        enough = (1 - least**2) * math.fsum(weight**2 for weight in weights.values())
        weight_seen = 0.0
        for feature in sorted(weights, key=lambda feature: (len(holders[feature]), feature)):
            seen |= {(min(key, o), max(key, o)) for o in holders[feature] if o != key}
            weight_seen += weights[feature] ** 2
            if weight_seen > enough:
                break
    yield from sorted(seen)
