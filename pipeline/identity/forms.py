"""The forms of names in a block: all that share a family name and a first initial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.identity.evidence import CoauthorContext
from pipeline.identity.names import PersonName, compatible


class Form(NamedTuple):
    """A name of a block: how many others should bear it, its letters, all names of the block.

    `bare` are initials with a family name, and `tells` says whether being rare can be enough.
    """

    name: PersonName
    expected: float
    letters: int
    block: frozenset[str]
    bare: bool
    tells: bool


class Known(NamedTuple):
    """What the resolution of every name rests on: `forms` by key, `world` the people at large."""

    around: CoauthorContext
    forms: Mapping[str, Form]
    world: int

    def block_of(self, key: str) -> frozenset[str]:
        """All names with the family name and first initial of one; of an organisation, itself."""
        form = self.forms.get(key)
        return form.block if form else frozenset((key,))


class Fitting:
    """Which names can be one person's; what is found once is kept."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self._found: dict[tuple[str, str], bool] = {}

    def of(self, a: str, b: str) -> bool:
        """Whether two names can be one person's, both known as forms unless they are equal."""
        if a == b:
            return True
        fits = self._found.get((a, b))
        if fits is None:
            fits = compatible(self._forms[a].name, self._forms[b].name)
            self._found[a, b] = self._found[b, a] = fits
        return fits

    def all_of(self, ours: frozenset[str], theirs: frozenset[str]) -> bool:
        """Whether no name of some speaks against one of the others."""
        # Two loops, as a generator takes twice as long and millions of pairs are looked at.
        if ours != theirs:
            for a in ours:
                for b in theirs:
                    if not self.of(a, b):
                        return False
        return True


def fullest(keys: Iterable[str], forms: Mapping[str, Form]) -> Form:
    """The form that says most: the one that the fewest others should bear."""
    return min((forms[key] for key in keys), key=lambda form: form.expected)
