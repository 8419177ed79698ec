"""Every source keeps one contract; the bundled facts are as the data folder promises."""

from __future__ import annotations

import dataclasses
import tomllib
from importlib.resources import files

import pytest
from fake_papers import papers
from fake_services import answer as answered_by
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrich.merging import PRECEDENCE
from pipeline.fetch.bundled import fetch_bundled
from pipeline.fetch.hosts import group_of
from pipeline.model.errors import AnswerError, FetchError, OfflineError
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Facts, Reference, Skip
from pipeline.model.services import Answer, Reply, Request, Source
from pipeline.sources import (
    LOCAL,
    SERVICES,
    SOURCES,
    TITLE_SEARCHES,
    WORK_SEARCHES,
    WORKS,
    bundled,
    eprint,
)
from pipeline.sources.titled_works import titled_key

WORLD = papers(12)
PAPER = next(paper for paper in WORLD.values() if paper.doi and paper.references)
KEYS = {
    "arxiv_id": PAPER.arxiv_id,
    "published_doi": f"{PAPER.arxiv_id} {PAPER.doi}",
    "titled": titled_key(PAPER.arxiv_id, PAPER.title, PAPER.authors),
    "doi": PAPER.doi or "",
    "title": PAPER.title,
}
GARBAGE = (
    b"", b"\xff\xfe", b"<html>", b"{", b"[]", b"null", b"{}", b"[[[[", b'"x"', b"7", b'{"id": 3}',
    b"arxiv_id = 2409.01524", b'arxiv_id = "x"', b'{"message": {"DOI": []}}', b"<feed/>",
    b'<feed xmlns="http://www.w3.org/2005/Atom"/>', b"\x1f\x8b\x08", b"[" * 100_000,
)  # fmt: skip
BESIDE_FIELDS = {
    "references", "references_complete", "citations", "citation_count", "authorships",
    "former_titles", "former_authors", "title_damaged",
}  # fmt: skip
"""What every source gives beside the fields that one of them decides."""


def of(source: Source) -> str:
    return source.name


@pytest.mark.parametrize("source", SOURCES, ids=of)
def test_a_source_asks_for_one_key_of_its_kind_in_its_own_name(source: Source) -> None:
    key = KEYS[source.keyed_by]
    request = source.ask([key])
    assert (request.source, request.keys) == (source.name, (key,))
    assert source.max_keys >= 1
    if source in LOCAL:
        assert request.split_by_key is None
    else:
        assert request.split_by_key is not None
        assert request.url.startswith("https://")
        assert group_of(request.url).gap_s > 0


def test_no_two_sources_have_one_name_and_each_is_in_one_table() -> None:
    assert len({source.name for source in SOURCES}) == len(SOURCES)
    assert (*LOCAL, *SERVICES, *TITLE_SEARCHES, *WORKS, *WORK_SEARCHES) == SOURCES
    assert all(source.keyed_by == "title" for source in (*TITLE_SEARCHES, *WORK_SEARCHES))
    assert all(source.keyed_by == "doi" for source in WORKS)


@pytest.mark.parametrize("source", [s for s in SERVICES if s is not eprint.SOURCE], ids=of)
def test_facts_bear_the_name_of_their_source_and_the_id_that_was_asked(source: Source) -> None:
    facts = facts_of_the_paper(source)
    assert [(known.source, known.arxiv_id) for known in facts] == [(source.name, PAPER.arxiv_id)]


@pytest.mark.parametrize("source", TITLE_SEARCHES, ids=of)
def test_a_title_gives_the_paper_that_has_it(source: Source) -> None:
    facts = facts_of_the_paper(source)
    assert {known.source for known in facts} == {source.name}
    assert [known.arxiv_id for known in facts] == [PAPER.arxiv_id]


@pytest.mark.parametrize("source", [*WORKS, *WORK_SEARCHES], ids=of)
def test_a_work_is_told_by_title_author_year_and_doi(source: Source) -> None:
    (work,) = told_of_the_paper(source)
    assert isinstance(work, Reference)
    year = int(PAPER.published[:4])
    told = (work.title, work.first_author, work.year, work.doi)
    assert told == (PAPER.title, PAPER.authors[0], year, PAPER.doi)


def facts_of_the_paper(source: Source) -> list[Facts]:
    return [record for record in told_of_the_paper(source) if isinstance(record, Facts)]


def told_of_the_paper(source: Source) -> list[Facts | Reference]:
    request = source.ask([KEYS[source.keyed_by]])
    reply = fetched(request)
    assert request.split_by_key is not None
    found = list(source.read(Answer(request, request.split_by_key(request, reply))))
    assert [record for record in found if isinstance(record, Skip)] == []
    return [record for record in found if not isinstance(record, Skip)]


def fetched(request: Request) -> Reply:
    """What the fake service answers, after the redirect that it may give."""
    host, _, path = request.url.removeprefix("https://").partition("/")
    reply = answered_by(WORLD, host, f"/{path}", request.body or b"")
    if reply.status == 301:
        place = reply.headers["Location"].removeprefix(f"https://{host}")
        reply = answered_by(WORLD, host, place)
    return Reply(reply.status, reply.media_type, reply.content)


@pytest.mark.parametrize("source", [s for s in SOURCES if s not in LOCAL], ids=of)
@pytest.mark.parametrize("status", [200, 204, 302, 400, 404, 500])
def test_garbage_is_cut_to_no_facts_or_refused_as_no_answer(source: Source, status: int) -> None:
    request = source.ask([KEYS[source.keyed_by]])
    for garbage in GARBAGE:
        assert facts_of_garbage(source, request, Reply(status, "text/html", garbage)) == []


@settings(max_examples=300, deadline=None)
@given(source=st.sampled_from([s for s in SOURCES if s not in LOCAL]), data=st.data())
def test_an_answer_with_flipped_bytes_is_refused_or_read_and_nothing_else(
    source: Source, data: st.DataObject
) -> None:
    request = source.ask([KEYS[source.keyed_by]])
    content = bytearray(b"%PDF" if source is eprint.SOURCE else fetched(request).content)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    facts = facts_of_garbage(source, request, Reply(200, "text/html", bytes(content)))
    assert all(known.source == source.name for known in facts)


def facts_of_garbage(source: Source, request: Request, reply: Reply) -> list[Facts]:
    """The facts of a reply; none where it is refused with an error of the kind that is asked for.

    Nothing else may be raised, and each piece is for the key that was asked.
    """
    assert request.split_by_key is not None
    try:
        pieces = request.split_by_key(request, reply)
    except (AnswerError, FetchError):
        return []
    assert [key for key, _ in pieces] == list(request.keys)
    return [f for f in source.read(Answer(request, pieces)) if isinstance(f, Facts)]


@pytest.mark.parametrize("source", SOURCES, ids=of)
def test_a_damaged_piece_is_a_skip_and_never_an_error(source: Source) -> None:
    key = KEYS[source.keyed_by]
    # To OpenCitations an empty list is a whole answer, which says nothing.
    for damaged in set(GARBAGE) - ({b"[]"} if source.name == "opencitations" else set()):
        found = list(source.read(Answer(source.ask([key]), ((key, damaged),))))
        assert [type(record) for record in found] == [Skip], damaged[:40]
    if source not in LOCAL:
        assert list(source.read(Answer(source.ask([key]), ((key, None),)))) == []


@pytest.mark.parametrize("source", SERVICES, ids=of)
def test_what_a_source_decides_stands_in_the_table_of_precedence(source: Source) -> None:
    facts = [] if source is eprint.SOURCE else facts_of_the_paper(source)
    fields = {field.name for field in dataclasses.fields(Facts)} - {"source", "arxiv_id"}
    assert set(PRECEDENCE) | BESIDE_FIELDS == fields
    given_ = {f for f in fields - BESIDE_FIELDS for k in facts if getattr(k, f) is not None}
    decides = {field for field, sources in PRECEDENCE.items() if source.name in sources}
    # One that stands nowhere in the table comes last for every field.
    assert given_ <= decides or not decides


def test_a_source_that_decides_nothing_gives_references_alone() -> None:
    deciding = {name for sources in PRECEDENCE.values() for name in sources}
    # These would decide last; the others of this package say what they decide before whom.
    assert {s.name for s in SOURCES} - deciding == {
        "opencitations", "eprint", "arxiv_titles", "semantic_scholar_titles",
        "semantic_scholar_citations", "opencitations_dump", "crossref_dump",
        *(source.name for source in (*WORKS, *WORK_SEARCHES)),
    }  # fmt: skip
    assert deciding - {s.name for s in SOURCES} == {"digest", "arxiv_id"}


def test_the_bundled_facts_are_nine_papers_and_239_references_of_five() -> None:
    found = list(bundled.SOURCE.read(fetch_bundled(bundled.SOURCE.ask(()))))
    facts = [record for record in found if isinstance(record, Facts)]
    assert len(found) == len(facts) == 9
    known = [record for record in facts if record.references is not None]
    assert (len(known), sum(len(record.references or ()) for record in known)) == (5, 239)
    assert sum(record.references_complete for record in known) == 3


def test_the_facts_that_ship_are_of_the_papers_that_were_asked_for() -> None:
    asked = ("2409.01524", "1706.03762")
    found = list(bundled.SOURCE.read(fetch_bundled(bundled.SOURCE.ask(asked))))
    assert {facts.arxiv_id for facts in found if isinstance(facts, Facts)} == {"2409.01524"}


def test_every_bundled_id_is_whole_and_every_title_in_its_place() -> None:
    for file in (files("pipeline") / "data" / "papers").iterdir():
        known = tomllib.loads(file.read_text(encoding="utf-8"))
        assert file.name == f"{known['arxiv_id']}.toml"
        ids = [reference.get("arxiv_id") for reference in known.get("references", [])]
        assert all(arxiv_id is None or normal_arxiv_id(arxiv_id) == arxiv_id for arxiv_id in ids)


def test_a_request_to_anywhere_else_is_refused() -> None:
    with pytest.raises(OfflineError, match=r"export\.arxiv\.org"):
        fetch_bundled(Request("arxiv", "https://export.arxiv.org/api/query", ()))
