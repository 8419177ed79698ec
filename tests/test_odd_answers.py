"""Answers that services have been seen to give, and that once were read wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.model.errors import AnswerError
from pipeline.model.records import Facts
from pipeline.model.services import Answer, Reply, Source
from pipeline.sources import (
    crossref,
    hugging_face,
    inspire,
    openalex,
    opencitations,
    semantic_scholar,
    semantic_scholar_citations,
    semantic_scholar_titles,
)

PAPER = "2401.99999"
ARXIV = {"display_name": "arXiv (Cornell University)", "type": "repository"}


def read(source: Source, key: str, content: object, status: int = 200) -> list[object]:
    """What a source makes of an answer to the question for one key."""
    request = source.ask([key])
    assert request.split_by_key is not None
    written = content if isinstance(content, bytes) else json.dumps(content).encode()
    reply = Reply(status, "application/json", written)
    return list(source.read(Answer(request, request.split_by_key(request, reply))))


def test_a_register_of_dois_is_no_venue() -> None:
    place = f"https://arxiv.org/abs/{PAPER}"
    register = {"display_name": "DataCite API", "type": "metadata"}
    work = {
        "id": "https://openalex.org/W1",
        "doi": f"https://doi.org/10.48550/arxiv.{PAPER}",
        "title": "Invented",
        "locations": [{"landing_page_url": place, "source": s} for s in (ARXIV, register)],
    }
    (facts,) = read(openalex.SOURCE, PAPER, work)
    assert isinstance(facts, Facts)
    assert facts.venue is None
    work["locations"].append({"source": {"display_name": "TACL", "type": "journal"}})  # type: ignore[attr-defined]
    (facts,) = read(openalex.SOURCE, PAPER, work)
    assert isinstance(facts, Facts)
    assert facts.venue == "TACL"


def test_no_match_in_a_list_is_no_such_title() -> None:
    assert read(semantic_scholar_titles.SOURCE, "An Invented Title", {"data": []}) == []
    others: tuple[object, ...] = ({}, {"data": None}, {"data": [{}]})
    for other in others:
        with pytest.raises(AnswerError):
            read(semantic_scholar_titles.SOURCE, "An Invented Title", other)


def test_a_merged_paper_without_our_id_is_the_one_that_its_place_says() -> None:
    merged = {
        "paperId": "x", "externalIds": {"DOI": "10.5555/merged", "CorpusId": 1}, "title": "A",
        "citationCount": 1, "referenceCount": 0, "references": [],
    }  # fmt: skip
    (facts,) = read(semantic_scholar.SOURCE, PAPER, [merged])
    assert isinstance(facts, Facts)
    assert (facts.arxiv_id, facts.doi, facts.references) == (PAPER, "10.5555/merged", ())
    another = {**merged, "externalIds": {"ArXiv": "2401.00001"}}
    with pytest.raises(AnswerError, match="elsewhere"):
        read(semantic_scholar.SOURCE, PAPER, [another])


@pytest.mark.parametrize("file", ["01-openalex-preprint.json", "09-s2-stranger.json"])
def test_the_cases_at_hand_are_read(file: str, shared: Path) -> None:
    said = json.loads((shared / "cases" / "services" / file).read_text(encoding="utf-8"))
    source = openalex.SOURCE if file.startswith("01") else semantic_scholar.SOURCE
    (facts,) = read(source, PAPER, said)
    assert isinstance(facts, Facts)
    assert facts.venue is None


def test_references_and_citations_are_asked_apart_with_few_fields_each() -> None:
    fields = [
        {
            field
            for field in source.ask([PAPER]).url.partition("fields=")[2].split(",")
            if "." in field
        }
        for source in (semantic_scholar.SOURCE, semantic_scholar_citations.SOURCE)
    ]
    assert fields == [
        {"references.externalIds", "references.title", "references.year"},
        {"citations.externalIds"},
    ]


def test_a_nameless_author_costs_itself_and_a_year_in_brackets_is_read() -> None:
    work = {
        "DOI": "10.1/a",
        "author": [{"affiliation": []}, {"given": "Ada", "family": "Green"}],
        "reference": [
            {"DOI": "10.2222/b", "unstructured": "Lee, B. (2019a) A title. X, 12(2001)."}
        ],
    }
    (facts,) = read(crossref.SOURCE, f"{PAPER} 10.1/a", {"message": work})
    assert isinstance(facts, Facts)
    assert [person.name for person in facts.authorships or ()] == ["Ada Green"]
    assert [cited.year for cited in facts.references or ()] == [2019]


def test_at_openalex_and_inspire_too_a_bad_author_or_day_costs_itself() -> None:
    work = {
        "doi": f"https://doi.org/10.48550/arxiv.{PAPER}", "title": "A title",
        "publication_date": "2024-06-31",
        "authorships": [{"author": {"id": None, "display_name": None}, "raw_author_name": ""},
                        {"author": {"display_name": "Ada Green"}}],
    }  # fmt: skip
    paper = {
        "arxiv_eprints": [{"value": PAPER}], "titles": [{"title": "A title"}],
        "authors": [{"full_name": "Green, Ada"}, {"emails": ["x"]}],
    }  # fmt: skip
    for source, answer in ((openalex.SOURCE, work), (inspire.SOURCE, {"metadata": paper})):
        (facts,) = read(source, PAPER, answer)
        assert isinstance(facts, Facts)
        assert (facts.title, facts.authors, facts.published) == ("A title", None, None)
        assert [person.name for person in facts.authorships or ()] == ["Ada Green"]


def test_numbers_that_are_written_as_texts_are_read() -> None:
    work = {
        "doi": f"https://doi.org/10.48550/arxiv.{PAPER}", "title": "A title",
        "cited_by_count": "12",
    }  # fmt: skip
    paper = {
        "paperId": "x", "externalIds": {"ArXiv": PAPER}, "citationCount": "12",
        "references": [{"title": "Cited", "year": "2019"}],
    }  # fmt: skip
    for source, answer in ((openalex.SOURCE, work), (semantic_scholar.SOURCE, [paper])):
        (facts,) = read(source, PAPER, answer)
        assert isinstance(facts, Facts)
        assert facts.citation_count == 12
        assert [cited.year for cited in facts.references or ()] in ([], [2019])


def test_a_404_of_a_service_is_an_unknown_paper_and_a_page_of_another_is_no_answer() -> None:
    said = (b'{"error": "not found"}', b"", b"<!doctype html><title>404 Not Found</title>")
    login = b"<!DOCTYPE html><title>Sign in to the network</title>"
    keys = {inspire.SOURCE: PAPER, openalex.SOURCE: PAPER, hugging_face.SOURCE: PAPER}
    for source, key in {**keys, crossref.SOURCE: f"{PAPER} 10.1/a"}.items():
        assert [read(source, key, content, 404) for content in said] == [[], [], []]
        with pytest.raises(AnswerError):
            read(source, key, login, 404)
    # An unknown DOI has an empty list there.
    with pytest.raises(AnswerError):
        read(opencitations.SOURCE, f"{PAPER} 10.1/a", said[0], 404)
