"""The harvest: what changed at arXiv comes onto disk page by page, and into the catalogue."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fake_arxiv import FakeReply, oai_reply
from fake_papers import World, papers
from fake_services import FakeServices
from invented_digests import HurriedTime, options
from loaded_commands import run
from small_catalogue import catalogue_of, record

from pipeline.catalogue.harvest import forget, pages
from pipeline.catalogue.search import Catalogue
from pipeline.fetch.options import NetworkOptions
from pipeline.model.errors import (
    AnswerError,
    DataError,
    FetchError,
    OfflineError,
    OutputError,
    UsageError,
)
from pipeline.model.records import Facts
from pipeline.sources.arxiv_oai import read_records

WORLD = papers(23)
IDS = tuple(WORLD)
NEWEST = date(2024, 1, 1)
HOST = "oaipmh.arxiv.org"


def ids_in(found: list[Path]) -> list[str]:
    records = [record for page in found for record in read_records(page.read_bytes()).records]
    return [known.arxiv_id for known in records if isinstance(known, Facts)]


def network(folder: Path, services: FakeServices) -> NetworkOptions:
    return options(folder, services.hosts, clock=HurriedTime().clock)


def tokens(services: FakeServices) -> list[str]:
    """The token of each request in turn; empty for the first page."""
    return [
        parse_qs(urlsplit(a.path).query).get("resumptionToken", [""])[0]
        for a in services.arrivals
        if a.fault is None
    ]


def test_a_harvest_that_was_broken_off_goes_on_behind_its_last_page(tmp_path: Path) -> None:
    with FakeServices(WORLD, [None, "cut", None, *["server_error"] * 4]) as services:
        first: list[Path] = []
        with pytest.raises(FetchError, match="500"):
            first.extend(pages(tmp_path / "harvest", NEWEST, network(tmp_path, services)))
        again = list(pages(tmp_path / "harvest", NEWEST, network(tmp_path, services)))
        asked = tokens(services)
    assert (len(asked), len(set(asked))) == (5, 5)
    assert [page.name for page in again] == [f"{number:06d}.xml" for number in range(1, 6)]
    assert sorted(ids_in(again)) == sorted(IDS)


def test_a_harvest_that_was_left_in_the_middle_keeps_its_pages_and_its_window(
    tmp_path: Path,
) -> None:
    with FakeServices(WORLD) as services:
        harvest = pages(tmp_path / "harvest", NEWEST, network(tmp_path, services))
        first = next(harvest)
        del harvest
        again = list(pages(tmp_path / "harvest", date(2024, 1, 20), network(tmp_path, services)))
        assert len(tokens(services)) == len(again) == 5
    assert {page.parent.name for page in [first, *again]} == {"oai_2023-12-25_2026-11-22"}
    forget(again)
    assert list((tmp_path / "harvest").iterdir()) == []


def test_no_page_that_is_no_answer_comes_onto_disk(tmp_path: Path) -> None:
    bad = {HOST: lambda path: FakeReply(200, "text/html", b"<html>Just a moment</html>")}
    with FakeServices(WORLD, replies=bad) as services, pytest.raises(AnswerError):
        list(pages(tmp_path / "harvest", NEWEST, network(tmp_path, services)))
    assert [path for path in (tmp_path / "harvest").rglob("*") if path.is_file()] == []


def test_offline_and_without_a_day_to_begin_at_nothing_is_asked(tmp_path: Path) -> None:
    with pytest.raises(OfflineError):
        list(pages(tmp_path / "harvest", NEWEST, NetworkOptions(tmp_path, None, NEWEST)))
    with FakeServices(WORLD) as services:
        with pytest.raises(UsageError, match="no dated record"):
            list(pages(tmp_path / "harvest", None, network(tmp_path, services)))
        assert services.arrivals == []
    assert not (tmp_path / "harvest").exists()


def test_where_nothing_changed_there_is_no_page_and_nothing_is_left(tmp_path: Path) -> None:
    with FakeServices({}) as services:
        assert list(pages(tmp_path / "harvest", NEWEST, network(tmp_path, services))) == []
    assert list((tmp_path / "harvest").iterdir()) == []


def test_a_token_that_arxiv_no_longer_takes_is_told_with_the_folder_to_take_away(
    tmp_path: Path,
) -> None:
    def forgetful(path: str) -> FakeReply | None:
        token = "resumptionToken" in path
        return oai_reply(WORLD, "verb=ListRecords&resumptionToken=old") if token else None

    told = r"oai_2023-12-25_2026-11-22.*Take the folder away"
    with (
        FakeServices(WORLD, replies={HOST: forgetful}) as services,
        pytest.raises(DataError, match=told),
    ):
        list(pages(tmp_path / "harvest", NEWEST, network(tmp_path, services)))


def updating(folder: Path, world: World, catalogue: Path) -> tuple[int, str, int]:
    """The exit code of `catalogue update` without files, what it said, and its requests."""
    with FakeServices(world) as services:
        (folder / "config.toml").write_text(
            "[hosts]\n" + "\n".join(f'"{h}" = "{url}"' for h, url in services.hosts.items()) + "\n"
        )
        kept = {k: v for k, v in os.environ.items() if k != "DIGEST_GRAPH_OFFLINE"}
        own = kept | {"DIGEST_GRAPH_HOME": str(folder)}
        done = run("catalogue", "update", "--catalogue", catalogue, env=own, together=True)
        return done.returncode, done.stdout, len(services.arrivals)


def test_an_update_without_files_brings_new_and_changed_records_in(tmp_path: Path) -> None:
    old = [record(IDS[0], "An Old Title of Long Ago", update_date="2024-01-04")]
    old += [record("2312.00001", "A Paper That Did Not Change", update_date="2023-12-04")]
    catalogue = catalogue_of(tmp_path, *old)
    world = {i: WORLD[i]._replace(published="2024-01-05") for i in IDS[:8]}
    code, said, requests = updating(tmp_path, world, catalogue)
    assert (code, requests) == (0, 2)
    assert "9 papers" in said
    with Catalogue(catalogue) as known:
        pieces = known.pieces([IDS[0], IDS[7], "2312.00001"])
        titles = known.titles()
    assert all(piece for _, piece in pieces)
    assert titles[IDS[0]] == [WORLD[IDS[0]].title, "An Old Title of Long Ago"]
    assert not list((tmp_path / "catalogue-harvest").iterdir())


def test_two_harvests_at_once_do_not_mix_their_pages(tmp_path: Path) -> None:
    with FakeServices(WORLD) as services:
        first = pages(tmp_path / "harvest", NEWEST, network(tmp_path, services))
        next(first)
        with pytest.raises(OutputError, match="another run is harvesting"):
            next(pages(tmp_path / "harvest", NEWEST, network(tmp_path, services)))
        del first
        assert next(pages(tmp_path / "harvest", NEWEST, network(tmp_path, services))).is_file()
