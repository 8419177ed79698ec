"""Whom and what the names, tags and references of papers were found to be. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Signature:
    """One name in one author list. `position` counts from 1."""

    paper_id: str
    position: int
    name: str


@dataclass(frozen=True, slots=True)
class Creator:
    """A person or an organisation, and the signatures that are theirs.

    `ambiguous`: another of the name was kept apart without proof, or thin evidence joined them.
    """

    id: str
    kind: Literal["author", "organisation"]
    name: str
    spellings: tuple[str, ...]
    signatures: tuple[Signature, ...]
    ambiguous: bool
    reason: str
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference of one paper: the work that it was found to be, who says so, and how."""

    citing: str
    cited: str
    source: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Work:
    """A cited work that is not among the papers at hand, in its first printed spelling."""

    id: str
    arxiv_id: str | None
    doi: str | None
    title: str | None
    first_author: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag in all its spellings; `label` is the latest; `broader` and `related` are tags' ids."""

    id: str
    label: str
    spellings: tuple[str, ...]
    broader: tuple[str, ...]
    related: tuple[str, ...]
    meta: bool
