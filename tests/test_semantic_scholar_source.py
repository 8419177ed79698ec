"""Semantic Scholar, by id and by title: what is sent, what counts as an answer, what is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import soon_done

from pipeline.model.errors import AnswerError
from pipeline.model.records import Authorship, Facts, Reference, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request
from pipeline.sources import semantic_scholar, semantic_scholar_titles

BATCH, MATCH = semantic_scholar.SOURCE, semantic_scholar_titles.SOURCE
UNKNOWN = b'{"error":"Title match not found"}\n'


def paper(arxiv_id: str | None, **more: object) -> dict[str, Any]:
    ids = {"CorpusId": 1} if arxiv_id is None else {"ArXiv": arxiv_id}
    return {"paperId": "f00", "externalIds": ids, "title": "A  title", **more}


def cut(request: Request, held: object, status: int = 200) -> Payloads:
    assert request.split_by_key is not None
    content = held if isinstance(held, bytes) else json.dumps(held).encode()
    return request.split_by_key(request, Reply(status, "application/json", content))


def facts_of(**more: object) -> Facts:
    request = BATCH.ask(["2409.00001"])
    (facts,) = BATCH.read(Answer(request, cut(request, [paper("2409.00001", **more)])))
    assert isinstance(facts, Facts)
    return facts


def recorded(shared: Path, name: str) -> dict[str, Any]:
    file = shared / "fixtures" / "semantic_scholar_bodies" / f"{name}.json"
    held: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return held


def test_ids_are_posted_in_their_one_form_and_the_fields_stand_in_the_address() -> None:
    request = BATCH.ask(["arXiv:2409.01524v2", "hep-th/9901001", "2409.01524", "abc"])
    assert request.url.startswith("https://api.semanticscholar.org/graph/v1/paper/batch?")
    assert json.loads(request.body or b"") == {"ids": ["ARXIV:2409.01524", "ARXIV:hep-th/9901001"]}
    fields = parse_qs(urlsplit(request.url).query)["fields"][0].split(",")
    assert {"references.externalIds", "references.title", "referenceCount"} < set(fields)
    assert len(fields) == len(set(fields))
    assert BATCH.max_keys == 500


def test_the_answer_is_in_the_order_of_the_ids_with_holes_for_the_unknown() -> None:
    request = BATCH.ask(["2409.00001v1", "2409.00002", "abc", "hep-th/9901001"])
    pieces = cut(request, [paper("2409.00001"), None, paper("hep-th/9901001")])
    assert [(key, piece is not None) for key, piece in pieces] == [
        ("2409.00001v1", True),
        ("2409.00002", False),
        ("abc", False),
        ("hep-th/9901001", True),
    ]
    found = list(BATCH.read(Answer(request, pieces)))
    assert [f.arxiv_id for f in found if isinstance(f, Facts)] == ["2409.00001", "hep-th/9901001"]


NO_ANSWERS: dict[str, object] = {
    "a web page": b"<html><body>502</body></html>",
    "cut short": b'[{"paperId": "f00", "externalIds"',
    "nothing": b"",
    "too few": [paper("2409.00001")],
    "too many": [paper("2409.00001"), None, None],
    "no list": {"data": []},
    "another id": [paper("2409.00001"), paper("2409.00009")],
    "the other order": [paper("2409.00002"), paper("2409.00001")],
    "no arXiv ids": [paper(None), paper(None)],
    "other fields": [{"paperId": "f00"}, None],
    "no paper": [paper("2409.00001"), "x"],
    "nested too deep to be kept": [paper("2409.00001", x=json.loads("[" * 400 + "]" * 400)), None],
    "nested too deep to be read": b"[" * 10**6,
    "a long number": b"[" + b"9" * 10**6 + b", x]",
}


@pytest.mark.parametrize("held", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_cannot_be_the_answer_is_refused(held: object) -> None:
    request = BATCH.ask(["2409.00001", "2409.00002"])
    with pytest.raises(AnswerError) as caught:
        cut(request, held)
    assert caught.value.url == request.url


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, {"error": "Response would exceed maximum size...."}),
        (429, {"message": "Too Many Requests. Please wait", "code": "429"}),
        (403, {"message": "Forbidden"}),
    ],
)
def test_a_refusal_is_told_in_the_words_of_the_service(status: int, said: dict[str, str]) -> None:
    with pytest.raises(AnswerError, match=next(iter(said.values()))[:20]) as caught:
        cut(BATCH.ask(["2409.00001"]), said, status)
    assert caught.value.status == status


def test_a_batch_is_not_lost_where_one_paper_of_many_is_known_under_another_id() -> None:
    keys = [f"2409.{n:05}" for n in range(1, 501)]
    request = BATCH.ask(keys)
    papers = [paper(key) for key in keys]
    papers[7] = paper("2301.00001")
    found = list(BATCH.read(Answer(request, cut(request, papers))))
    assert [n for n, record in enumerate(found) if isinstance(record, Skip)] == [7]
    papers[8:13] = [paper("2301.00001")] * 5
    with pytest.raises(AnswerError, match="not asked for"):
        cut(request, papers)
    papers[7:13] = [paper(keys[8]), paper(keys[7]), *map(paper, keys[9:13])]
    with pytest.raises(AnswerError, match="elsewhere"):
        cut(request, papers)


def test_references_and_citations_are_read_with_their_ids() -> None:
    cited = {
        "paperId": None,
        "externalIds": {"ArXiv": "1706.03762v5", "DOI": "10.48550/arXiv.1706.03762"},
        "title": "Attention",
        "year": 2017,
        "authors": [{"authorId": None, "name": "A. Vaswani"}, {"authorId": "2", "name": "B"}],
    }
    by_doi = {"externalIds": {"DOI": "10.48550/ARXIV.2301.00001"}, "year": "2023", "authors": None}
    published: object = {"externalIds": {"DOI": "10.1/x"}, "year": 20233, "authors": []}
    nothing = {"paperId": None, "externalIds": None, "title": None}
    facts = facts_of(references=[cited, by_doi, published, None, nothing], citations=[cited])
    evidence = "Semantic Scholar"
    attention = Reference("Attention", "A. Vaswani", 2017, "1706.03762", None, evidence)
    assert facts.references == (
        attention,
        Reference(None, None, 2023, "2301.00001", None, evidence),
        Reference(None, None, None, None, "10.1/x", evidence),
    )
    assert facts.citations == (attention,)


KNOWN = [{"title": "Known", "externalIds": None}]


@pytest.mark.parametrize(
    ("listed", "count", "known", "complete"),
    [
        (KNOWN, 1, 1, True),
        (KNOWN, 2, 1, False),
        (KNOWN, None, 1, False),
        ([*KNOWN, None], 2, 1, False),
        ([], 0, 0, False),
        ([], None, 0, False),
        ([], 3, None, False),
        ([None], 1, None, False),
        (None, 3, None, False),
        ("x", 3, None, False),
    ],
)
def test_a_list_that_is_withheld_is_not_a_list_of_none(
    listed: object, count: int | None, known: int | None, complete: bool
) -> None:
    facts = facts_of(references=listed, referenceCount=count)
    assert (None if facts.references is None else len(facts.references)) == known
    assert facts.references_complete is complete
    assert facts_of().references is None
    cited = facts_of(citations=listed, citationCount=count)
    assert (None if cited.citations is None else len(cited.citations)) == known
    assert cited.citation_count == count
    assert facts_of(citationCount=-1).citation_count is None


def test_authors_keep_the_ids_of_the_service() -> None:
    people = [{"authorId": "1741101", "name": "O. Etzioni"}, {"authorId": None, "name": "B"}, None]
    facts = facts_of(authors=[*people, {"authorId": "3", "name": None}])
    assert facts.authors == ("O. Etzioni", "B")
    assert facts.authorships == (Authorship("O. Etzioni", ("s2:1741101",)), Authorship("B"))
    assert (facts_of(authors=[]).authors, facts_of(authors=None).authorships) == (None, None)


def test_arxiv_itself_is_no_venue_and_its_doi_no_published_one() -> None:
    facts = facts_of(venue="arXiv.org")
    assert (facts.venue, facts.doi, facts.title) == (None, None, "A title")
    ids = {"ArXiv": "2409.00001", "DOI": "10.48550/arXiv.2409.00001"}
    assert facts_of(externalIds=ids, venue="").doi is None
    facts = facts_of(externalIds={**ids, "DOI": "10.18653/v1/N19-1423"}, venue="NAACL")
    assert (facts.venue, facts.doi) == ("NAACL", "10.18653/v1/N19-1423")


def test_a_recorded_batch_is_cut_where_the_ids_are_those_that_were_asked(shared: Path) -> None:
    papers = json.loads(recorded(shared, "test_get_papers_not_found_warning_0")["body"])
    keys = [f"2409.{n:05}" for n in range(1, len(papers) + 1)]
    request = BATCH.ask(keys)
    with pytest.raises(AnswerError, match="not asked for"):
        cut(request, papers)
    for key, held in zip(keys, papers, strict=True):
        if held:
            held["externalIds"]["ArXiv"] = key
    found = list(BATCH.read(Answer(request, cut(request, papers))))
    assert [f.arxiv_id for f in found if isinstance(f, Facts)] == keys[1:]
    assert all(isinstance(f, Facts) and f.authorships and f.title for f in found)


def test_recorded_references_are_read_every_one(shared: Path) -> None:
    held = json.loads(recorded(shared, "test_get_paper_references_0")["body"])
    cited = [item["citedPaper"] for item in held["data"]]
    facts = facts_of(references=cited, referenceCount=len(cited))
    assert len(facts.references or ()) == len(cited) > 0
    assert facts.references_complete


def test_a_title_is_asked_for_alone_and_without_hyphens() -> None:
    request = MATCH.ask(["S\u00b3c-Math: Step\u2010by-Step\n \ud800", "Another"])
    query = parse_qs(urlsplit(request.url).query)
    assert query["query"] == ["S3c Math: Step by Step"]
    assert len(request.keys) == MATCH.max_keys == 1
    assert len(MATCH.ask(["말" * 5000]).url) < 3000
    assert MATCH.ask(()).keys == ()


def test_a_match_becomes_facts_only_where_it_is_on_arxiv() -> None:
    request = MATCH.ask(["A title"])
    for arxiv_id, known in (("2409.00001", ["2409.00001"]), (None, [])):
        pieces = cut(request, {"data": [paper(arxiv_id, matchScore=109.5)]})
        found = list(MATCH.read(Answer(request, pieces)))
        assert [f.arxiv_id for f in found if isinstance(f, Facts)] == known
        assert all(f.source == "semantic_scholar_titles" for f in found if isinstance(f, Facts))


def test_a_title_without_match_is_unknown_and_any_other_404_is_refused(shared: Path) -> None:
    request = MATCH.ask(["A title"])
    assert cut(request, UNKNOWN, 404) == (("A title", None),)
    other = recorded(shared, "test_not_found_0")
    for body, status in ((other["body"].encode(), 404), (b"<html>", 404), (UNKNOWN, 200)):
        with pytest.raises(AnswerError):
            cut(request, body, status)


@pytest.mark.parametrize("held", [{"data": None}, {"data": ["x"]}, [], {}])
def test_a_match_of_another_shape_is_refused(held: object) -> None:
    with pytest.raises(AnswerError, match="no match"):
        cut(MATCH.ask(["A title"]), held)


def test_the_recorded_match_is_refused_without_ids_and_read_with_them(shared: Path) -> None:
    held = json.loads(recorded(shared, "test_search_paper_match_title_0")["body"])
    request = MATCH.ask(["mining association rules between"])
    with pytest.raises(AnswerError):
        cut(request, held)
    held["data"][0]["externalIds"] = {"ArXiv": "2409.00001"}
    (facts,) = MATCH.read(Answer(request, cut(request, held)))
    assert isinstance(facts, Facts)
    assert facts.title == "Mining association rules between sets of items in large databases"


WHOLE = json.dumps([paper("2409.00001", references=KNOWN, authors=[{"name": "B"}])]).encode()
ODD: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
WORK = st.fixed_dictionaries(dict.fromkeys(("externalIds", "title", "year", "authors"), ODD))
NAMES = ["title", "venue", "authors", "references", "citations", "referenceCount", "citationCount"]


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_answers_are_refused_or_read_and_never_an_error(data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(WHOLE))] * 2)))
    content = WHOLE[:start] + data.draw(st.binary(max_size=20)) + WHOLE[end:]
    for source, asked in ((BATCH, "2409.00001"), (MATCH, "A title")):
        request = source.ask([asked])
        try:
            pieces = cut(request, content, data.draw(st.sampled_from([200, 404, 500])))
        except AnswerError:
            pieces = ((asked, content),)
        with soon_done():
            assert len(list(source.read(Answer(request, pieces)))) <= 1


@given(st.dictionaries(st.sampled_from(NAMES), ODD | st.lists(WORK, max_size=3)))
@settings(max_examples=60)
def test_a_field_of_another_type_counts_as_not_known(fields: dict[str, Any]) -> None:
    content = json.dumps([paper("2409.00001", **fields)], ensure_ascii=False)
    request = BATCH.ask(["2409.00001"])
    pieces = cut(request, content.encode("utf-8", "replace"))
    (facts,) = BATCH.read(Answer(request, pieces))
    assert isinstance(facts, Facts)
    assert facts.title is None or facts.title.strip()
