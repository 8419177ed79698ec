"""`evidence.jsonl`: all that was weighed, an object a line, for `explain` and for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import orjson

from pipeline.model.identities import Creator
from pipeline.model.records import Match, Paper
from pipeline.model.tables import Build, BuildFile


def _pieces(build: Build) -> Iterator[bytes]:
    records = chain(
        map(_of_match, build.matches),
        map(_of_paper, build.papers),
        (_of_person(person) for person in build.creators if person.kind == "author"),
    )
    for record in records:
        yield orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def _of_match(match: Match) -> dict[str, Any]:
    return {
        "about": "entry",
        "file": match.entry.file,
        "line_start": match.entry.line_start,
        "line_end": match.entry.line_end,
        "date": match.entry.date,
        "title": match.entry.title,
        "authors": match.entry.authors,
        "arxiv_id": match.arxiv_id,
        "verdict": match.verdict,
        "confidence": match.confidence,
        "decided_by": match.decided_by,
        "reason": match.reason,
        "checked": match.checked,
        "candidates": match.candidates,
    }


def _of_paper(paper: Paper) -> dict[str, Any]:
    return {
        "about": "paper",
        "id": paper.id,
        "arxiv_id": paper.arxiv_id,
        "title": paper.title,
        "entries": [f"{entry.file}:{entry.line_start}" for entry in paper.entries],
        "decided": paper.decided,
        "disagreements": paper.disagreements,
        "references": max((len(r.references) for r in paper.reference_lists), default=None),
        "references_complete": any(listed.complete for listed in paper.reference_lists),
    }


def _of_person(person: Creator) -> dict[str, Any]:
    return {
        "about": "author",
        "id": person.id,
        "name": person.name,
        "spellings": person.spellings,
        "ambiguous": person.ambiguous,
        "confidence": person.confidence,
        "doubt": person.doubt,
        "reason": person.reason,
        "papers": [signature.paper_id for signature in person.signatures],
        "same_as": [elsewhere._asdict() for elsewhere in person.same_as],
    }


BUILD_FILE = BuildFile("evidence.jsonl", _pieces)
