"""Whom and what the names, tags and references of papers were found to be. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class Signature:
    """One name in one author list. `position` counts from 1."""

    paper_id: str
    position: int
    name: str


class Elsewhere(NamedTuple):
    """A person's id in another place: `orcid:...`, `s2:...`, who says so, and when it did (UTC)."""

    id: str
    source: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Creator:
    """A person or an organisation, and the signatures that are theirs.

    `ambiguous`: there is a doubt. `doubt` says it in words: another of the name was kept apart
    without proof, thin evidence joined them, or initials that may be somebody else's.
    `confidence`, from 0 to 1, is how likely all signatures are one person's.
    """

    id: str
    kind: Literal["author", "organisation"]
    name: str
    spellings: tuple[str, ...]
    signatures: tuple[Signature, ...]
    ambiguous: bool
    reason: str
    same_as: tuple[Elsewhere, ...] = ()
    confidence: float = 1.0
    doubt: str | None = None


class CitedWork(NamedTuple):
    """The work that a reference was found to be, by id, and how that is known."""

    id: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Citations:
    """What one source says that one paper cites, in printed order. A work may come twice."""

    citing: str
    source: str
    works: tuple[CitedWork, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A cited work that is not among the papers at hand, in its first printed spelling.

    `published` is the first day of the month of its arXiv id, None where it has none.
    """

    id: str
    arxiv_id: str | None
    doi: str | None
    title: str | None
    first_author: str | None
    year: int | None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag in all its spellings; `label` is the latest; `broader` and `related` are tags' ids."""

    id: str
    label: str
    spellings: tuple[str, ...]
    broader: tuple[str, ...]
    related: tuple[str, ...]
    meta: bool


class PersonRule(NamedTuple):
    """The reader's word on who signed as `names`: one person, on `papers` or, for None, on all.

    The first name is the one to show. `place` is where it is written.
    """

    names: tuple[str, ...]
    papers: tuple[str, ...] | None
    orcid: str | None
    place: str


class Moved(NamedTuple):
    """Authors whose signatures are differently shared out than in the build before.

    `before` and `after` are ids of authors: several before are `joined`, several after `parted`.
    `reason` is why those after are who they are.
    """

    kind: Literal["joined", "parted"]
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str


SuggestionKind = Literal["acronym", "co_occurrence", "successor", "typo"]


class Suggestion(NamedTuple):
    """A line that the tags file could have: `tag` becomes an alias of `other`, and why.

    `acronym` and `typo` are known by spelling, `successor` by spelling and time, `co_occurrence`
    by the papers and the other tags that both stand with. Nothing applies it but the reader.
    """

    kind: SuggestionKind
    tag: str
    other: str
    reason: str
