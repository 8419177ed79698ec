"""The paper's own source at arXiv: the references that it prints, which no index may have.

Only the items of its bibliography are kept of a source, never the source itself. A paper that
sent a PDF, or whose TeX has no bibliography, is silent about references, not without any.
https://info.arxiv.org/help/bulk_data.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from pipeline.model.errors import AnswerError
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.json_answers import fields, is_unknown, listed, parsed, text

if TYPE_CHECKING:
    from pipeline.sources.eprint_unpacking import Unpacked

# What reads TeX is loaded where there is some: its patterns take longer to make than a small build.
NAME = "eprint"
_ADDRESS = "https://export.arxiv.org/src/"


def _ask(arxiv_ids: Sequence[str]) -> Request:
    (arxiv_id,) = arxiv_ids
    return Request(NAME, f"{_ADDRESS}{arxiv_id}", (arxiv_id,), split_by_key=_split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    from pipeline.sources.eprint_unpacking import unpacked

    (arxiv_id,) = request.keys
    if is_unknown(reply):
        return ((arxiv_id, None),)
    if reply.status != 200:
        raise AnswerError(request.url, f"answered {reply.status}", reply.status)
    try:
        source = unpacked(reply.content)
    except ValueError as error:
        reason = f"what came back is no source: {error}"
        raise AnswerError(request.url, reason, reply.status) from error
    return ((arxiv_id, json.dumps(_kept(source)).encode()),)


def _kept(source: Unpacked) -> dict[str, object]:
    """What is kept of a source: the items of its bibliography, or why there are none."""
    from pipeline.sources.eprint_bibliographies import bibliography

    if source.over_bound:
        return {"over_bound": source.over_bound}
    list_printed = bibliography(source.files)
    if list_printed is None:
        return {"no_bibliography": "TeX without one" if source.files else "a PDF alone"}
    payload: dict[str, object] = {
        "kind": list_printed.kind,
        "whole": list_printed.whole,
        "items": list_printed.items,
    }
    return payload | ({"records": list_printed.records} if list_printed.records else {})


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    for arxiv_id, payload in answer.payloads:
        if payload is None:
            continue
        try:
            yield _facts(arxiv_id, payload)
        except (ValueError, TypeError) as error:
            yield Skip("sources", f"{NAME}/{arxiv_id}", f"no references from the source: {error}.")


def _facts(arxiv_id: str, payload: bytes) -> Facts:
    from pipeline.sources.eprint_references import READERS, references_of

    stored = fields(parsed(payload))
    if "over_bound" in stored:
        raise ValueError(f"it is over a bound, {text(stored['over_bound'])}")
    if "no_bibliography" in stored:
        return Facts(NAME, arxiv_id)
    items = [item for item in listed(stored.get("items")) if isinstance(item, str)]
    records = [r if isinstance(r, str) else None for r in listed(stored.get("records"))]
    kind = text(stored.get("kind"))
    if not items or kind is None or kind not in READERS:
        raise ValueError("it has neither a bibliography nor says that there is none")
    items_and_records = zip_longest(items, records[: len(items)])
    works_of_items = [
        tuple(references_of(kind, (item,), (record,))) for item, record in items_and_records
    ]
    references = tuple(reference for works in works_of_items for reference in works)
    whole = stored.get("whole") is True and all(works_of_items)
    return Facts(NAME, arxiv_id, references=references or None, references_complete=bool(whole))


SOURCE = Source(NAME, _ask, _facts_of_answer, gives="references that papers print")
