"""What a graph still lacks, and what would bring it: one line for the end of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean
from typing import NamedTuple

import pyarrow.compute as pc

from pipeline.build.first_replies import SOMETHING_ELSE
from pipeline.fetch.hosts import GROUPS, asking_s, pace_s
from pipeline.model.counting import counted
from pipeline.model.errors import INSECURE, KEY_HELPS, NO_CONNECTION, RESTING, SENT_AWAY
from pipeline.model.records import Paper
from pipeline.model.tables import Build
from pipeline.settings.keys import VARIABLES
from pipeline.sources import (
    SERVICES,
    TITLE_SEARCHES,
    WORK_SEARCHES,
    WORKS,
    catalogue,
    eprint,
    openalex,
    semantic_scholar,
)

USUAL_REFERENCES = 30
"""Works in a reference list, where none is known to tell how long these are."""
_SERVICES = {s.name for s in (*SERVICES, *TITLE_SEARCHES, *WORKS, *WORK_SEARCHES)}
NO_NETWORK = "There is no network, so nobody could be asked"
_SILENT = ("failed", "not asked")
_WHY_NOBODY = {
    (NO_CONNECTION,): (NO_NETWORK, "build again with a network"),
    (SOMETHING_ELSE, INSECURE, SENT_AWAY): (
        "Something else, a sign-in page or a filter, answered in the place of every service",
        "sign in to this network, or take another, and build again",
    ),
}
"""What is said, and what helps, where no service can be reached, by the reasons of keys."""


class Means(NamedTuple):
    """What a run had: the services that a key is set for, and whether nobody was to be asked."""

    keys: frozenset[str] = frozenset()
    offline: bool = False


def wanting(built: Build, means: Means) -> str | None:
    """What is missing, how many edges to expect of it, and what would bring it; None if nothing.

    >>> from pipeline.model.tables import EDGES, NODES
    >>> empty = (NODES.schema().empty_table(), EDGES.schema().empty_table())
    >>> wanting(Build(*empty, (), (), (), (), (), 0), Means()) is None
    True
    """
    read = [paper for paper in built.papers if paper.entries and paper.arxiv_id]
    bare = [
        paper for paper in read if not any(listed.references for listed in paper.reference_lists)
    ]
    undecided = sum(match.verdict == "undecided" for match in built.matches)
    missing = [
        *_of_references(bare, read),
        *_of_entries(undecided),
        *_of_names(built),
        *_of_people(_refused_keyless(built, openalex.NAME, means)),
    ]
    if not missing:
        return None
    ways = "; ".join(_ways(built, len(bare), undecided, means))
    nobody = _no_answer(built, means)
    why = f"{nobody[0]}. " if nobody else ""
    help_or_none = f"To bring it: {ways}." if ways else "Nobody who was asked has it."
    return f"{why}Missing: {_listed(missing)}. {help_or_none}"


def _of_references(bare: Sequence[Paper], read: Sequence[Paper]) -> Iterator[str]:
    if bare:
        list_lengths = [len(listed.references) for p in read for listed in p.reference_lists]
        edges = round(len(bare) * mean(filter(None, list_lengths))) if any(list_lengths) else 0
        edges = edges or len(bare) * USUAL_REFERENCES
        about = counted(edges, "edge")
        yield f"references of {len(bare):,} of {counted(len(read), 'paper')} (about {about})"


def _of_entries(undecided: int) -> Iterator[str]:
    if undecided:
        yield f"the ids of {counted(undecided, 'entry', 'entries')}"


def _of_names(built: Build) -> Iterator[str]:
    """The works that nobody was asked about yet, or whose service gave no answer."""
    unknown = {result.key for result in built.told if result.state == "unknown"}
    is_paper, title, is_read = (pc.field(name) for name in ("kind", "title", "in_digest"))
    is_bare = (pc.coalesce(title, "") == "") & ~pc.coalesce(is_read, False)
    bare = built.nodes.filter((is_paper == "paper") & is_bare).select(["arxiv_id", "doi"])
    nameless = sum(unknown.isdisjoint(row.values()) for row in bare.to_pylist())
    if nameless:
        yield f"the names of {counted(nameless, 'cited work')}"


def _of_people(refused: int) -> Iterator[str]:
    if refused:
        yield f"people and venues of {counted(refused, 'paper')}"


def _refused_keyless(built: Build, service: str, means: Means) -> int:
    """Of how many keys a service told nothing as it refused those who have no key of their own."""
    if service in means.keys or means.offline:
        return 0
    silent = [t.reason or "" for t in built.told if t.source == service and t.state in _SILENT]
    refused = any(KEY_HELPS in reason or RESTING in reason for reason in silent)
    return len(silent) if refused else 0


def _listed(parts: Sequence[str]) -> str:
    """A sentence's list.

    >>> _listed(["a"]), _listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def nobody_answered(built: Build) -> bool:
    """Whether services were to be asked, and none of them could be reached."""
    return _no_answer(built, Means()) is not None


def _no_answer(built: Build, means: Means) -> tuple[str, str] | None:
    """Why no service said anything, if none did, and what would help."""
    if means.offline:
        return "Nobody was asked", "build without --offline"
    asked = [result for result in built.told if result.source in _SERVICES and not result.kept]
    for reasons, words in _WHY_NOBODY.items():
        if asked and all(any(each in (told.reason or "") for each in reasons) for told in asked):
            return words
    return None


def _ways(built: Build, bare: int, undecided: int, means: Means) -> Iterator[str]:
    if nobody := _no_answer(built, means):
        yield nobody[1]
        return
    scholar = semantic_scholar.SOURCE
    refused = _refused_keyless(built, scholar.name, means)
    if bare and refused:
        requests = counted(-(-refused // scholar.max_keys), "request")
        yield f"a Semantic Scholar key, {VARIABLES[scholar.name][0]} ({requests})"
    if _refused_keyless(built, openalex.NAME, means):
        yield f"an OpenAlex key, {VARIABLES[openalex.NAME][0]} (free; people and venues)"
    if bare and eprint.NAME not in built.sources:
        arxiv = next(group for group in GROUPS if group.name == "arxiv")
        minutes = -(-asking_s(bare, pace_s(arxiv, arxiv.gap_s)) // 60)
        yield f"--references-from-source ({counted(bare, 'request')}, {minutes:.0f} min)"
    if undecided and catalogue.NAME not in built.sources:
        yield "`digest-graph catalogue build` (all of arXiv on disk)"
    if any(told.state in _SILENT for told in built.told):
        yield "build again later, which goes on"
