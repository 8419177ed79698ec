"""A number with its noun, as it is told."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun, which is `plural`, or with an `s`, where it is not one.

    >>> counted(1, "node"), counted(2_000, "entry", "entries"), counted(0, "edge")
    ('1 node', '2,000 entries', '0 edges')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def known_references(number: int) -> str:
    """How many references are known.

    >>> known_references(1), known_references(40)
    ('1 reference is known', '40 references are known')
    """
    return f"{counted(number, 'reference')} {'is' if number == 1 else 'are'} known"
