"""Every source keeps one contract; the bundled facts are as the data folder promises."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from pipeline.errors import OfflineError
from pipeline.fetch.bundled import fetch_bundled
from pipeline.ids import normal_arxiv_id
from pipeline.records import Facts, Skip
from pipeline.services import Answer, Request, Source
from pipeline.sources import SOURCES, bundled


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_a_source_answers_for_the_ids_that_were_asked_and_no_others(source: Source) -> None:
    asked = ("2409.01524", "1706.03762")
    found = list(source.read(fetch_bundled(source.ask(asked))))
    assert {facts.arxiv_id for facts in found if isinstance(facts, Facts)} <= set(asked)
    assert all(facts.source == source.name for facts in found if isinstance(facts, Facts))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_a_damaged_answer_is_a_skip_and_never_an_error(source: Source) -> None:
    request = source.ask(())
    for damaged in (b"", b"\xff\xfe", b"<html>", b"arxiv_id = 2409.01524", b'arxiv_id = "x"'):
        found = list(source.read(Answer(request, (("a.toml", damaged),))))
        assert all(isinstance(record, Skip) for record in found)
        assert len(found) == 1


def test_the_bundled_facts_are_nine_papers_and_239_references_of_five() -> None:
    found = list(bundled.SOURCE.read(fetch_bundled(bundled.SOURCE.ask(()))))
    facts = [record for record in found if isinstance(record, Facts)]
    assert len(found) == len(facts) == 9
    known = [record for record in facts if record.references is not None]
    assert (len(known), sum(len(record.references or ()) for record in known)) == (5, 239)
    assert sum(record.references_complete for record in known) == 3


def test_every_bundled_id_is_whole_and_every_title_in_its_place() -> None:
    for file in (files("pipeline") / "data" / "papers").iterdir():
        known = tomllib.loads(file.read_text(encoding="utf-8"))
        assert file.name == f"{known['arxiv_id']}.toml"
        ids = [reference.get("arxiv_id") for reference in known.get("references", [])]
        assert all(arxiv_id is None or normal_arxiv_id(arxiv_id) == arxiv_id for arxiv_id in ids)


def test_a_request_to_anywhere_else_is_refused() -> None:
    with pytest.raises(OfflineError, match=r"export\.arxiv\.org"):
        fetch_bundled(Request("arxiv", "https://export.arxiv.org/api/query", ()))
