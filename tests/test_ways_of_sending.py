"""What public projects recorded goes through end to end, however a service sends it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from asking import always, asking
from fake_arxiv import ATOM, FakeReply
from fake_indexes import json_reply
from fake_services import WAYS

from pipeline.model.errors import AnswerError, FetchError
from pipeline.model.ids import published_key
from pipeline.model.records import Facts
from pipeline.model.services import Source
from pipeline.sources import arxiv_api, eprint, hugging_face, opencitations, semantic_scholar
from pipeline.sources import semantic_scholar_titles as titles
from pipeline.sources.arxiv_oai import harvest_request, read_records

OAI = "fixtures/arxiv_oai_rendered_from_server_templates"


def told(folder: Path, source: Source, keys: list[str], reply: FakeReply, way: str) -> list[Facts]:
    """What is read of a reply that is sent so to whatever is asked."""
    host = source.ask(keys).url.split("/")[2]
    with asking(folder, replies={host: always(reply)}, way=way) as asked:
        answer = asked.fetch(source.ask(keys))
        assert len(asked.services.arrivals) == (2 if way == "redirect" else 1)
    return [facts for facts in source.read(answer) if isinstance(facts, Facts)]


@pytest.mark.parametrize("way", WAYS)
def test_recorded_feeds_of_arxiv(tmp_path: Path, shared: Path, way: str) -> None:
    for name, keys in (
        ("id_1605.08386", ["1605.08386"]),
        ("id_0808.05394_1707.08567", ["0808.05394", "1707.08567"]),
        ("id_astro-ph_0601001", ["astro-ph/0601001"]),
    ):
        (file,) = (shared / "fixtures/arxiv_query_recorded").glob(f"{name}_*.json")
        held = json.loads(file.read_bytes())
        reply = FakeReply(200, ATOM, held["body"].encode("latin-1"))
        facts = told(tmp_path / name, arxiv_api.SOURCE, keys, reply, way)
        assert [f.arxiv_id for f in facts] == [keys[-1]]
        assert all(f.title and f.authors and "Ã" not in (f.abstract or "") for f in facts)


@pytest.mark.parametrize("way", WAYS)
def test_recorded_papers_of_semantic_scholar(tmp_path: Path, shared: Path, way: str) -> None:
    bodies = shared / "fixtures/semantic_scholar_bodies"
    held = json.loads((bodies / "test_get_papers_not_found_warning_0.json").read_bytes())
    papers = json.loads(held["body"])
    keys = [f"2409.{n:05}" for n in range(1, len(papers) + 1)]
    for key, paper in zip(keys, papers, strict=True):
        if paper:
            paper["externalIds"]["ArXiv"] = key
    facts = told(tmp_path / "a", semantic_scholar.SOURCE, keys, json_reply(200, papers), way)
    assert [f.arxiv_id for f in facts] == [k for k, p in zip(keys, papers, strict=True) if p]
    match = json.loads((bodies / "test_search_paper_match_title_0.json").read_bytes())["body"]
    found = json.loads(match)
    found["data"][0]["externalIds"] = {"ArXiv": "2409.00001"}
    title = "Mining association rules between sets of items in large databases"
    (facts_of_title,) = told(tmp_path / "b", titles.SOURCE, [title], json_reply(200, found), way)
    assert facts_of_title.title == title


@pytest.mark.parametrize("way", WAYS)
def test_recorded_rows_of_others(tmp_path: Path, shared: Path, way: str) -> None:
    rows = json.loads((shared / "fixtures/opencitations_v2/references_example.json").read_bytes())
    key = published_key("2409.01524", "10.1145/3535511.3535541")
    (cited,) = told(tmp_path / "a", opencitations.SOURCE, [key], json_reply(200, rows[:1]), way)
    assert [work.doi for work in cited.references or ()] == ["10.1145/3452383.3452391"]
    daily = json.loads((shared / "fixtures/hf_papers/daily_papers_excerpt.json").read_bytes())
    paper = daily[0]["paper"]
    (known,) = told(tmp_path / "b", hugging_face.SOURCE, [paper["id"]], json_reply(200, paper), way)
    assert known.upvotes == paper["upvotes"]


@pytest.mark.parametrize("way", WAYS)
def test_umlauts_and_a_source_that_is_packed_itself_come_whole(tmp_path: Path, way: str) -> None:
    with asking(tmp_path, way=way) as asked:
        world = asked.services.world
        citing = next(i for i, paper in world.items() if len(paper.references) > 2)
        (feed,) = arxiv_api.SOURCE.read(asked.fetch(arxiv_api.SOURCE.ask([citing])))
        (listed,) = eprint.SOURCE.read(asked.fetch(eprint.SOURCE.ask([citing])))
    assert isinstance(feed, Facts)
    assert isinstance(listed, Facts)
    assert feed.authors == world[citing].authors
    assert [work.arxiv_id for work in listed.references or ()] == list(world[citing].references)


@pytest.mark.parametrize("way", WAYS)
def test_rendered_pages_of_oai_pmh(tmp_path: Path, shared: Path, way: str) -> None:
    day = date(2026, 11, 20)
    sent: list[bytes] = []
    replies = {"oaipmh.arxiv.org": lambda _path: FakeReply(200, "text/xml", sent[-1])}
    with asking(tmp_path, replies=replies, way=way) as asked:
        for form in ("arXiv", "arXivRaw", "oai_dc"):
            sent.append((shared / OAI / f"ListRecords_{form}.xml").read_bytes())
            answer = asked.fetch(harvest_request(day, day, metadata_format=form))
            ((_, payload),) = answer.payloads
            assert payload == sent[-1]
            page = read_records(payload)
            assert page == read_records(sent[-1])
            assert any(isinstance(each, Facts) and each.title for each in page.records)
        sent.append((shared / OAI / "error_noRecordsMatch.xml").read_bytes())
        ((_, payload),) = asked.fetch(harvest_request(day, day)).payloads
        assert payload is not None
        assert read_records(payload).records == ()
        for name in ("badResumptionToken", "idDoesNotExist"):
            sent.append((shared / OAI / f"error_{name}.xml").read_bytes())
            with pytest.raises(AnswerError, match=name):
                asked.fetch(harvest_request(day, day, token="t"))


def recorded(shared: Path) -> Iterator[tuple[Source, list[str], FakeReply]]:
    """Every recorded body of arXiv and of Semantic Scholar, as the answer to a question."""
    for file in sorted((shared / "fixtures/arxiv_query_recorded").glob("*.json")):
        held = json.loads(file.read_bytes())
        body = held["body"].encode("latin-1")
        yield (
            arxiv_api.SOURCE,
            ["1605.08386", "0808.05394"],
            FakeReply(held["status_code"], ATOM, body),
        )
    for file in sorted((shared / "fixtures/semantic_scholar_bodies").glob("*.json")):
        held = json.loads(file.read_bytes())
        reply = FakeReply(held["status"], "application/json", held["body"].encode())
        yield semantic_scholar.SOURCE, ["2409.00001", "2409.00002"], reply


def test_each_recorded_body_comes_to_the_same_however_it_is_sent(
    tmp_path: Path, shared: Path
) -> None:
    every = list(recorded(shared))
    came: list[list[object]] = []
    for way in WAYS:
        sent: list[FakeReply] = []
        hosts = ("export.arxiv.org", "api.semanticscholar.org")
        replies = dict.fromkeys(hosts, lambda _path, sent=sent: sent[-1])
        came.append([])
        with asking(tmp_path / way, replies=replies, way=way, tries=1) as asked:
            for source, keys, reply in every:
                sent.append(reply)
                try:
                    answer = asked.fetch(source.ask(keys))
                    came[-1].append((answer.payloads, list(source.read(answer))))
                except FetchError as error:
                    came[-1].append((type(error), error.reason, error.status))
    assert all(outcome == came[0] for outcome in came)
    assert len({str(outcome) for outcome in came[0]}) > 10
