"""Hugging Face papers: the code repository that readers linked, and their upvotes.

Most papers are not indexed there, and a 404 says no more than that.
https://huggingface.co/docs/hub/api
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.json_answers import count, facts_of_pieces, fields, only_piece, text

NAME = "hugging_face"
_ADDRESS = "https://huggingface.co/api/papers/"


def _ask(arxiv_ids: Sequence[str]) -> Request:
    (arxiv_id,) = arxiv_ids
    return Request(NAME, f"{_ADDRESS}{arxiv_id}", (arxiv_id,), split_by_key=_split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    return only_piece(request, reply, _facts)


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    return facts_of_pieces(answer, NAME, _facts)


def _facts(arxiv_id: str, record: object) -> Facts:
    paper = fields(record)
    if text(paper.get("id")) != arxiv_id:
        raise ValueError("it is another paper than was asked for")
    repository = text(paper.get("githubRepo"))
    linked = repository is not None and repository.startswith(("https://", "http://"))
    return Facts(
        NAME,
        arxiv_id,
        repository=repository if linked else None,
        upvotes=count(paper.get("upvotes")),
    )


SOURCE = Source(NAME, _ask, _facts_of_answer, gives="code and upvotes")
