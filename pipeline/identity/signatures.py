"""The signatures of papers, with what each says of who signs: ids, co-authors, place in the list.

Everything else works on numbers of papers and places in their lists, as a million signatures are
many.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.identity.names import PersonName, person_name
from pipeline.model.folding import folded_name
from pipeline.model.identities import PersonRule
from pipeline.model.organisations import is_organisation
from pipeline.model.records import Authorship, Paper

MOST_CO_AUTHORS = 40
"""Of a longer list so many are looked at: the same ones of a collaboration, paper after paper."""
READER = "overrides"
OF_READER = "said:"
_JOINING = ("orcid:", "dblp:", "inspire:", "s2:", "openalex:", OF_READER)


DBLP_DIGITS = 4
_MARK = re.compile(r"[\d*†‡§¶‖]\s*$")
_ENDING_DIGITS = re.compile(r"\d{1,3}$")
_NOBODY: frozenset[str] = frozenset()
_NO_IDS: Mapping[int, Mapping[str, str]] = {}


class SignatureRef(NamedTuple):
    """One signature: the number of its paper, its place in the list (from 0), and the name."""

    paper: int
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class AuthoredPaper:
    """A paper's authors: their keys, those looked at as co-authors, the list's order, their ids.

    `fields` are its categories and venue. `ordered` says that places mean something: the list
    does not just follow the alphabet. `ids` are by place (from 0): each with the first source that
    gives it.
    """

    id: str
    title: str
    year: int | None
    fields: tuple[str, ...]
    keys: tuple[str, ...]
    looked_at: frozenset[str]
    ordered: bool
    ids: Mapping[int, Mapping[str, str]]


def listed(papers: Iterable[Paper], rules: Sequence[PersonRule] = ()) -> list[AuthoredPaper]:
    """The author lists of papers, by paper id, so that no result hangs on the order of papers.

    What the reader says of a name on one paper goes before what is said of the name anywhere.
    """
    ruled: dict[tuple[str | None, str], tuple[str, ...]] = {}
    for number, rule in enumerate(rules):
        ids = (f"{OF_READER}{number}", *([rule.orcid] if rule.orcid else []))
        for paper_id in rule.papers or (None,):
            for name in rule.names:
                ruled.setdefault((paper_id, name_key(name)), ids)
    return sorted((_listed(paper, ruled) for paper in papers), key=lambda paper: paper.id)


def joining_ids(ids: Iterable[str]) -> frozenset[str]:
    """The ids that join signatures or part them."""
    return frozenset(person_id for person_id in ids if person_id.startswith(_JOINING))


@lru_cache(maxsize=1 << 20)
def name_key(text: str) -> str:
    """What the signatures of one name have in common; of a name without letters, itself."""
    return folded_name(text) if is_organisation(text) else person_name(text).key or text.strip()


def _listed(paper: Paper, ruled: Mapping[tuple[str | None, str], tuple[str, ...]]) -> AuthoredPaper:
    texts = paper.authors or ()
    keys = tuple(map(name_key, texts))
    names = list(map(person_name, texts))
    return AuthoredPaper(
        id=paper.id,
        title=paper.title or "",
        year=paper.year,
        fields=(*(paper.categories or ()), *([paper.venue] if paper.venue else [])),
        keys=keys,
        looked_at=_looked_at(keys),
        ordered=_ordered(names),
        ids=_ids(paper, keys, names, ruled),
    )


def _looked_at(keys: Sequence[str]) -> frozenset[str]:
    if len(keys) <= MOST_CO_AUTHORS:
        # A copy of a set is half as large as one that grew.
        return frozenset(set(keys)) if keys else _NOBODY
    return frozenset(sorted(set(keys), key=_drawn)[:MOST_CO_AUTHORS])


@lru_cache(maxsize=1 << 16)
def _drawn(key: str) -> bytes:
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest()


def _ordered(names: Sequence[PersonName]) -> bool:
    families = [name.family for name in names]
    return len(families) > 1 and (len(families) == 2 or families != sorted(families))


def _ids(
    paper: Paper,
    keys: Sequence[str],
    names: Sequence[PersonName],
    ruled: Mapping[tuple[str | None, str], tuple[str, ...]],
) -> Mapping[int, Mapping[str, str]]:
    ids_of_place: dict[int, dict[str, str]] = defaultdict(dict)
    for place, key in enumerate(keys if ruled else ()):
        ids_by_reader = ruled.get((paper.id, key)) or ruled.get((None, key), ())
        ids_of_place[place].update(dict.fromkeys(ids_by_reader, READER))
    for place, number in _numbers(paper.authors or (), names):
        person_id = f"dblp:{keys[place]} {number}"
        ids_of_place[place][person_id] = paper.decided.get("authors", "digest")
    for source, authorships in paper.authorships:
        for place, authorship in _aligned(keys, authorships):
            for person_id in authorship.ids:
                ids_of_place[place].setdefault(person_id, source)
    said = {place: dict(sorted(ids.items())) for place, ids in ids_of_place.items() if ids}
    return said or _NO_IDS


def _numbers(texts: Sequence[str], names: Sequence[PersonName]) -> Iterator[tuple[int, str]]:
    """The numbers that tell people of one name apart, by place.

    They have four digits at DBLP. Fewer are footnote marks, if another name of the list has one.
    """
    marked = [place for place, text in enumerate(texts) if _MARK.search(text)]
    for place, name in enumerate(names):
        if name.number and len(name.number) == DBLP_DIGITS:
            yield place, name.number
        elif marked == [place] and (digits := _ENDING_DIGITS.search(texts[place])):
            yield place, digits[0].zfill(DBLP_DIGITS)


def _aligned(
    keys: Sequence[str], authorships: Sequence[Authorship]
) -> Iterator[tuple[int, Authorship]]:
    """Each authorship with the place that it is of: by its name, else by place if lists are equal.

    Where a name stands twice in a list, or is not found in one of another length, it is left out.
    """
    named = [name_key(authorship.name) for authorship in authorships]
    for place, (key, authorship) in enumerate(zip(named, authorships, strict=True)):
        if keys.count(key) == 1 and named.count(key) == 1:
            yield keys.index(key), authorship
        elif len(named) == len(keys) and _same_family(keys[place], key):
            yield place, authorship


def _same_family(a: str, b: str) -> bool:
    """Whether two keys end alike: a list in step names the same people, if in other forms."""
    return a[-3:] == b[-3:]
