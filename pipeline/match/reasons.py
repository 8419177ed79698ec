"""Decisions in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor

from pipeline.match.chance import LIST_GOES_ON_MONTHS
from pipeline.model.counting import counted
from pipeline.model.records import Candidate, Entry


def why(candidate: Candidate) -> str:
    """What speaks for a candidate, kind by kind."""
    scores = candidate.scores
    title = scores["title"]
    kind = "former title" if scores["former"] else "title"
    agreeing = []
    if title is not None:
        likeness = f"the same {kind}" if title == 1 else f"{kind} {floor(title * 100)}% alike"
        today = f' (today "{candidate.title}")' if scores["renamed"] else ""
        agreeing.append(f"{likeness}{today}")
    if scores["authors"] is not None:
        agreeing.append(f"{scores['authors']:.0%} of the authors")
    if scores["abstract"] is not None:
        agreeing.append(f"{scores['abstract']:.0%} of the abstract")
    if scores["months"] is not None:
        apart = (
            f"{scores['months']:+.0f} {'month' if abs(scores['months']) == 1 else 'months'} from"
            if scores["months"]
            else "in"
        )
        agreeing.append(f"{apart} the id's month")
    return ", ".join(agreeing)


def why_not(scores: Mapping[str, float | None]) -> str:
    """What speaks against a candidate, the weightiest first; where nothing does, what is unknown.

    A kind of evidence that cannot be taken (None) speaks neither for nor against.
    """
    against = "; ".join((*_against_title(scores), *_against_the_rest(scores)))
    if against:
        return against
    if all(scores.get(kind) is None for kind in ("authors", "abstract")):
        return "nothing, but neither authors nor abstract can be compared"
    return "nothing"


def _against_title(scores: Mapping[str, float | None]) -> Iterator[str]:
    title = scores.get("title")
    if title is None:
        yield "no title to compare"
        return
    if scores.get("numbers") == 0:
        yield "the numbers differ"
    elif scores.get("numbers") == 0.5:
        yield "one is a comment, a reply, an erratum or the like"
    if title < 1 and scores.get("part"):
        yield "only a part of the title"
    elif title < 1 and not scores.get("slips"):
        yield f"another title, {floor(title * 100)}% alike"
    elif scores.get("length") == 0:
        yield "so short a title could be another's"


def _against_the_rest(scores: Mapping[str, float | None]) -> Iterator[str]:
    authors, abstract, months = (scores.get(kind) for kind in ("authors", "abstract", "months"))
    if authors is not None and authors < 0.5:
        yield f"only {authors:.0%} of the authors" if authors else "none of the authors"
    if abstract is not None and abstract < 0.6:
        another = abstract < 0.15
        yield "the abstract is another" if another else f"only {abstract:.0%} of the abstract"
    if months is not None and not -1 <= months <= 2:
        yield f"{counted(round(abs(months)), 'month')} apart"
    beyond = scores.get("beyond") or 0
    if months is None and beyond > LIST_GOES_ON_MONTHS:
        yield f"{counted(round(beyond), 'month')} newer than all others of its list"


def what_is_lacking(entry: Entry, candidates: Sequence[Candidate]) -> str:
    """Why no candidate is accepted, with what speaks for the nearest and what against it."""
    if not entry.title:
        return "the entry prints neither a title nor an arXiv id"
    near = [c for c in candidates if (c.scores["title"] or 0) >= 0.7 or (c.scores["authors"] or 0)]
    if not near:
        return "no known paper has a title or authors like these"
    return f"too little evidence; the nearest is {near[0].arxiv_id}: {why(near[0])}"
