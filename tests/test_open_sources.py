"""The sources that answer one paper in JSON: what they are believed, and what they are not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patience import soon_done

from pipeline.model.errors import AnswerError
from pipeline.model.ids import published_key
from pipeline.model.records import Authorship, Facts, Reference, Skip
from pipeline.model.services import Answer, Reply, Source
from pipeline.sources import crossref, hugging_face, inspire, openalex, opencitations

PAPER = "2409.01524"
PUBLISHED = published_key(PAPER, "10.1162/Coli_a_1")
ARXIV = {"display_name": "arXiv (Cornell University)", "type": "repository"}
OPENALEX = {
    "doi": "https://doi.org/10.1162/coli_a_1",
    "title": "A Paper\nof Ours",
    "publication_date": "2024-09-03",
    "cited_by_count": 0,
    "authorships": [
        {
            "raw_author_name": "Gross, Ann",
            "author": {
                "id": "https://openalex.org/A5",
                "display_name": "A. Gross",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
            },
            "institutions": [{"display_name": "University of Reading"}],
        },
        {"author": {"id": None, "display_name": "Bo", "orcid": None}},
    ],
    "topics": [{"display_name": "Topic Modeling"}],
    "primary_location": {"source": {"display_name": "CL", "type": "journal"}},
    "locations": [{"landing_page_url": "http://arxiv.org/abs/2409.01524", "source": ARXIV}],
}
OPENCITATIONS = [
    {"citing": "omid:br/1 doi:10.1162/coli_a_1", "cited": "omid:br/2 doi:10.1145/1.2 openalex:W2"},
    {"citing": "omid:br/1 doi:10.1162/coli_a_1", "cited": "omid:br/3 arxiv:2301.00001"},
    {"citing": "doi:10.1162/coli_a_1", "cited": "omid:br/4 doi:10.48550/arxiv.2301.00002"},
    {"citing": "doi:10.1162/coli_a_1", "cited": "omid:br/5 pmid:12"},
]
INSPIRE = {
    "id": "1",
    "metadata": {
        "arxiv_eprints": [{"value": PAPER, "categories": ["hep-th"]}],
        "titles": [{"title": "A Paper"}],
        "authors": [
            {
                "full_name": "Gross, Ann",
                "ids": [{"schema": "ORCID", "value": "0000-0002-1825-0097"}],
            }
        ],
        "citation_count": 3,
        "dois": [{"value": "10.1162/Coli_a_1"}],
        "publication_info": [{"journal_title": "JHEP"}],
        "references": [
            {
                "reference": {
                    "arxiv_eprint": "hep-th/9711200",
                    "dois": ["10.1023/A:1026654312961"],
                    "title": {"title": "Large things"},
                    "authors": [{"full_name": "Malda, J.M."}],
                    "publication_info": {"year": 1998},
                }
            },
            {"reference": {"misc": ["private communication"]}},
        ],
    },
}
CROSSREF = {
    "status": "ok",
    "message": {
        "DOI": "10.1162/Coli_a_1",
        "container-title": ["Computational Linguistics"],
        "is-referenced-by-count": 7,
        "reference-count": 2,
        "author": [
            {"given": "Ann", "family": "Gross", "ORCID": "http://orcid.org/0000-0002-1825-0097"},
            {"name": "The Team", "affiliation": [{"name": "University of Reading"}]},
        ],
        "reference": [
            {
                "key": "1",
                "DOI": "10.1145/1.2",
                "article-title": "T",
                "year": "2019a",
                "author": "Li",
            },
            {"key": "2", "unstructured": "B. Tan. Words. arXiv:2301.00001, 2023."},
        ],
    },
}
HUGGING_FACE = {"id": PAPER, "upvotes": 66, "githubRepo": "https://github.com/a/b", "title": "A"}

GOOD: dict[str, tuple[Source, str, Any]] = {
    "openalex": (openalex.SOURCE, PAPER, OPENALEX),
    "opencitations": (opencitations.SOURCE, PUBLISHED, OPENCITATIONS),
    "inspire": (inspire.SOURCE, PAPER, INSPIRE),
    "crossref": (crossref.SOURCE, PUBLISHED, CROSSREF),
    "hugging_face": (hugging_face.SOURCE, PAPER, HUGGING_FACE),
}


def asked(source: Source, key: str, status: int, content: bytes) -> list[Facts | Reference | Skip]:
    """What is read of a reply, after the cut; AnswerError where the cut refuses it."""
    request = source.ask((key,))
    assert request.split_by_key
    pieces = request.split_by_key(request, Reply(status, "application/json", content))
    assert [name for name, _ in pieces] == [key]
    return list(source.read(Answer(request, pieces)))


def told(name: str, change: Callable[[Any], object] = lambda said: None) -> Facts:
    source, key, good = GOOD[name]
    said = json.loads(json.dumps(good))
    change(said)
    (facts,) = asked(source, key, 200, json.dumps(said).encode())
    assert isinstance(facts, Facts)
    assert (facts.source, facts.arxiv_id) == (name, PAPER)
    return facts


def test_openalex_tells_people_venue_topics_and_never_references() -> None:
    facts = told(
        "openalex", lambda said: said.update(referenced_works=[], referenced_works_count=0)
    )
    ann = Authorship(
        "Ann Gross", ("openalex:A5", "orcid:0000-0002-1825-0097"), ("University of Reading",)
    )
    assert facts.authorships == (ann, Authorship("Bo"))
    assert (facts.title, facts.authors) == ("A Paper of Ours", ("Ann Gross", "Bo"))
    assert (facts.venue, facts.doi, facts.published) == ("CL", "10.1162/coli_a_1", date(2024, 9, 3))
    assert (facts.citation_count, facts.topics) == (0, ("Topic Modeling",))
    assert facts.references is None


def test_a_preprint_that_is_not_merged_has_neither_venue_nor_published_doi() -> None:
    def unmerged(said: Any) -> None:
        said["doi"] = f"https://doi.org/10.48550/arxiv.{PAPER}"
        said["primary_location"] = said["locations"].pop()

    facts = told("openalex", unmerged)
    assert (facts.venue, facts.doi) == (None, None)


def test_opencitations_tells_ids_without_titles() -> None:
    ids = [(r.arxiv_id, r.doi) for r in told("opencitations").references or ()]
    assert ids == [(None, "10.1145/1.2"), ("2301.00001", None), ("2301.00002", None)]


def test_an_empty_list_of_opencitations_is_unknown_not_none() -> None:
    assert asked(opencitations.SOURCE, PUBLISHED, 200, b"[]") == []


def test_inspire_tells_references_and_says_where_the_list_has_a_hole() -> None:
    facts = told("inspire")
    ids = ("hep-th/9711200", "10.1023/a:1026654312961")
    cited = Reference("Large things", "J.M. Malda", 1998, *ids, "named by INSPIRE")
    assert facts.references == (cited,)
    assert not facts.references_complete
    assert told("inspire", lambda said: said["metadata"]["references"].pop()).references_complete
    assert (facts.citation_count, facts.venue, facts.doi) == (3, "JHEP", "10.1162/coli_a_1")
    assert facts.authorships == (Authorship("Ann Gross", ("orcid:0000-0002-1825-0097",)),)


def test_crossref_tells_what_the_publisher_deposited() -> None:
    facts = told("crossref")
    first, second = facts.references or ()
    assert (first.doi, first.title, first.first_author, first.year) == (
        "10.1145/1.2",
        "T",
        "Li",
        2019,
    )
    assert (second.arxiv_id, second.doi, second.title) == ("2301.00001", None, None)
    assert facts.references_complete
    assert (facts.venue, facts.citation_count) == ("Computational Linguistics", 7)
    ann = Authorship("Ann Gross", ("orcid:0000-0002-1825-0097",))
    assert facts.authorships == (ann, Authorship("The Team", (), ("University of Reading",)))


def test_a_reference_list_that_was_not_deposited_is_not_an_empty_one() -> None:
    silent = told("crossref", lambda said: said["message"].pop("reference"))
    assert (silent.references, silent.references_complete) == (None, False)
    assert told("inspire", lambda said: said["metadata"].pop("references")).references is None


def test_hugging_face_tells_the_repository_only_where_it_is_a_link() -> None:
    facts = told("hugging_face")
    assert (facts.repository, facts.upvotes) == ("https://github.com/a/b", 66)
    scripted = told("hugging_face", lambda said: said.update(githubRepo="javascript:alert(1)"))
    assert scripted.repository is None


def test_the_recorded_shapes_are_read(shared: Path) -> None:
    papers = json.loads((shared / "fixtures/hf_papers/daily_papers_excerpt.json").read_bytes())
    paper = papers[0]["paper"]
    (facts,) = asked(hugging_face.SOURCE, paper["id"], 200, json.dumps(paper).encode())
    assert isinstance(facts, Facts)
    assert (facts.repository, facts.upvotes) == (paper["githubRepo"], paper["upvotes"])
    rows = json.loads((shared / "fixtures/opencitations_v2/references_example.json").read_bytes())
    key = published_key(PAPER, "10.1145/3535511.3535541")
    (cited,) = asked(opencitations.SOURCE, key, 200, json.dumps(rows[:1]).encode())
    assert isinstance(cited, Facts)
    assert [reference.doi for reference in cited.references or ()] == ["10.1145/3452383.3452391"]


@pytest.mark.parametrize("name", GOOD)
def test_any_other_status_is_no_answer(name: str, shared: Path) -> None:
    source, key, good = GOOD[name]
    observed = json.loads((shared / "fixtures/errors_observed/observed.json").read_bytes())
    statuses = {e["status"] for e in observed.values() if isinstance(e, dict)} - {404}
    for status in {*statuses, 202, 301, 401, 500}:
        with pytest.raises(AnswerError):
            asked(source, key, status, json.dumps(good).encode())


@pytest.mark.parametrize("name", GOOD)
def test_what_cannot_be_the_answer_is_refused(name: str) -> None:
    source, key, good = GOOD[name]
    whole = json.dumps(good).encode()
    other = json.dumps(good).replace("2409.01524", "2409.01525").replace("oli_a_1", "oli_a_2")
    pages = (b"<!DOCTYPE html><html>Rate exceeded</html>", b"", b"null", b"{}", b'"x"', b"[1]")
    cut = (whole[:-1], whole[: len(whole) // 2], b"[" * 100_000, b'{"id": NaN}', b"\xff\xfe")
    for content in (*pages, *cut, other.encode()):
        with pytest.raises(AnswerError):
            asked(source, key, 200, content)


@pytest.mark.parametrize("name", GOOD)
def test_a_damaged_piece_is_a_skip(name: str) -> None:
    source, key, _ = GOOD[name]
    for damaged in (b"", b"<html>", b"{", b"[1]", b"7"):
        (found,) = source.read(Answer(source.ask((key,)), ((key, damaged),)))
        assert isinstance(found, Skip)
        assert list(source.read(Answer(source.ask((key,)), ((key, None),)))) == []


def values(said: Any) -> list[tuple[Any, Any]]:
    """Every place of a parsed answer that holds a value: its container and its key."""
    found: list[tuple[Any, Any]] = []
    for key, value in said.items() if isinstance(said, dict) else enumerate(said):
        inside = values(value) if isinstance(value, dict | list) else []
        found += [(said, key), *inside]
    return found


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just([]), st.just({}),
    st.just("\ud800"), st.just([None]), st.just([[]]), st.just(10**30), st.just({"value": 1}),
)  # fmt: skip


@st.composite
def replies(draw: st.DrawFn) -> tuple[str, bytes]:
    name = draw(st.sampled_from(sorted(GOOD)))
    said = json.loads(json.dumps(GOOD[name][2]))
    for _ in range(draw(st.integers(0, 3))):
        container, key = draw(st.sampled_from(values(said)))
        container[key] = copy.deepcopy(draw(ODD))
    whole = json.dumps(said).encode()
    way = draw(st.sampled_from(("whole", "cut", "flipped", "random")))
    if way == "cut":
        whole = whole[: draw(st.integers(0, len(whole)))]
    elif way == "flipped":
        place = draw(st.integers(0, len(whole) - 1))
        whole = whole[:place] + draw(st.binary(max_size=3)) + whole[place + 1 :]
    elif way == "random":
        whole = draw(st.binary())
    return name, whole


@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(replies())
def test_whatever_comes_back_is_facts_or_a_refusal_and_reading_never_fails(
    reply: tuple[str, bytes],
) -> None:
    name, content = reply
    source, key, _ = GOOD[name]
    try:
        found = asked(source, key, 200, content)
    except AnswerError:
        found = []
    assert all(isinstance(one, Facts) and one.arxiv_id == PAPER for one in found)
    with soon_done():
        pieces = ((key, content),)
        assert len(list(source.read(Answer(source.ask((key,)), pieces)))) <= 1
