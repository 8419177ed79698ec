"""OpenCitations: the references of a published version, as DOIs and arXiv ids without titles.

An empty list is the same as an unknown DOI there, so it says nothing.
https://api.opencitations.net/index/v2
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Facts, Reference, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.json_answers import facts_of_pieces, found_piece, rows, text, work_ids

NAME = "opencitations"
_ADDRESS = "https://api.opencitations.net/index/v2/references/doi:"
_EVIDENCE = "named by OpenCitations"


def _ask(published_keys: Sequence[str]) -> Request:
    (key,) = published_keys
    doi = key.partition(" ")[2]
    return Request(NAME, f"{_ADDRESS}{quote(doi, safe='/')}", (key,), split_by_key=_split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    return found_piece(request, reply, _facts)


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    return facts_of_pieces(answer, NAME, _facts)


def _facts(key: str, record: object) -> Facts | None:
    if record is None:
        raise TypeError("a list was looked for, not null")
    arxiv_id, _, doi = key.partition(" ")
    citations = rows(record)
    if any(doi not in _ids(row.get("citing"), "doi") for row in citations):
        raise ValueError("it is about another work than was asked for")
    references = [_reference(row.get("cited")) for row in citations]
    named_works = tuple(dict.fromkeys(filter(None, references)))
    return Facts(NAME, arxiv_id, references=named_works) if named_works else None


def _reference(cited: object) -> Reference | None:
    dois = [work_ids(doi) for doi in _ids(cited, "doi")]
    printed = [*(normal_arxiv_id(name) for name in _ids(cited, "arxiv")), *(a for a, _ in dois)]
    arxiv_id = next(filter(None, printed), None)
    doi = next((doi for _, doi in dois if doi), None)
    return Reference(None, None, None, arxiv_id, doi, _EVIDENCE) if arxiv_id or doi else None


def _ids(names: object, scheme: str) -> list[str]:
    """The ids of one scheme in a text such as `omid:br/06 doi:10.1145/1 arxiv:2601.17238`."""
    words = (text(names) or "").casefold().split()
    return [word.removeprefix(f"{scheme}:") for word in words if word.startswith(f"{scheme}:")]


SOURCE = Source(
    NAME, _ask, _facts_of_answer, keyed_by="published_doi", gives="references of published papers"
)
