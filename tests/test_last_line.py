"""What is missing at the end, and that plan, pauses and messages come from one table."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from asking import always
from fake_arxiv import FakeReply
from fake_papers import papers
from fake_services import FakeServices
from invented_digests import HurriedTime, built, options, written

from pipeline.build.run import Inputs, planned
from pipeline.build.wanting import Means, wanting
from pipeline.fetch.credentials import KEY_LOCATIONS
from pipeline.fetch.exchange import ClientSettings
from pipeline.fetch.hosts import GROUPS, asking_s, pace_s
from pipeline.fetch.polite import WANTING_KEY, key_hint
from pipeline.model.tables import Build
from pipeline.settings.keys import VARIABLES, Secret

WORLD = papers(60)


def test_a_service_that_takes_a_key_is_known_by_one_name_to_all_who_tell_of_it() -> None:
    assert VARIABLES.keys() == KEY_LOCATIONS.keys() <= {group.name for group in GROUPS}
    settings = ClientSettings(Path())
    for name, variables in VARIABLES.items():
        assert {variables[0] in key_hint(name, status, settings) for status in WANTING_KEY} == {
            True
        }


@pytest.mark.parametrize("keyed", [False, True])
def test_a_plan_takes_the_pauses_of_the_table_with_a_key_and_without(
    tmp_path: Path, keyed: bool
) -> None:
    credentials = {name: Secret("k") for name in VARIABLES} if keyed else {}
    chosen = options(tmp_path, {}, credentials=credentials)
    client = ClientSettings(tmp_path, credentials=credentials)
    gaps = {g.name: g.gap_s if keyed else g.keyless_gap_s or g.gap_s for g in GROUPS}
    digests = written(tmp_path / "in", WORLD, list(WORLD)[:3])
    network = replace(chosen, client=client)
    told = {p.host: p.pace_s for p in planned(Inputs((digests,), network=network)).each}
    assert told.keys() >= {"arxiv", "semantic_scholar", "openalex", "crossref"}
    one_at_a_time = {group.name for group in GROUPS if group.one_at_a_time}
    for name, told_s in told.items():
        assert told_s == pytest.approx(gaps[name] + (name in one_at_a_time)), name


def test_the_last_line_says_what_lacks_and_what_would_bring_how_many_edges(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, list(WORLD)[40:])
    refused = {"api.semanticscholar.org": lambda path: FakeReply(403, "text/plain", b"no")}
    with FakeServices(WORLD, replies=refused) as services:
        time = HurriedTime()
        chosen = options(tmp_path, services.hosts, clock=time.clock)
        found = built(digests, chosen)
        services.replies.clear()
        time.passes(86_400.0)
        whole = built(digests, chosen)
    line = wanting(found, Means()) or ""
    read = [paper for paper in found.papers if paper.entries]
    lists = [[ref for of in p.reference_lists for ref in of.references] for p in read]
    bare = sum(not known for known in lists)
    assert 0 < bare < len(read)
    assert f"Missing: references of {bare} of {len(read)} papers (about " in line
    edges = int((re.search(r"about ([\d,]+) edges", line) or [""])[1].replace(",", ""))
    known = [len(of.references) for p in read for of in p.reference_lists if of.references]
    assert edges == round(bare * sum(known) / len(known))
    assert f"{VARIABLES['semantic_scholar'][0]} (1 request)" in line
    (arxiv,) = (group for group in GROUPS if group.name == "arxiv")
    minutes = -(-asking_s(bare, pace_s(arxiv, arxiv.gap_s)) // 60)
    assert f"--references-from-source ({bare} requests, {minutes:.0f} min)" in line
    came = _citations(whole) - _citations(found)
    assert edges / 2 <= came <= edges * 2
    assert VARIABLES["semantic_scholar"][0] not in (
        wanting(found, Means(frozenset({"semantic_scholar"}))) or ""
    )


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "refused with 401; a key helps: set OPENALEX_API_KEY"),
        (403, "refused (403); a key helps: set OPENALEX_API_KEY; asked again after "),
        (500, None),
    ],
)
def test_a_key_is_advised_where_it_was_wanted_and_for_what_it_brings(
    tmp_path: Path, status: int, reason: str | None
) -> None:
    digests = written(tmp_path / "in", WORLD, list(WORLD)[50:])
    refusing = {"api.openalex.org": always(FakeReply(status, "application/json", b"{}"))}
    with FakeServices(WORLD, replies=refusing) as services:
        found = built(digests, options(tmp_path, services.hosts, clock=HurriedTime().clock))
    line = wanting(found, Means()) or ""
    assert ("people and venues of 10 papers" in line) == (reason is not None)
    assert ("an OpenAlex key, OPENALEX_API_KEY" in line) == (reason is not None)
    assert "OpenAlex" not in (wanting(found, Means(frozenset({"openalex"}))) or "")
    told = {t.reason or "" for t in found.told if t.source == "openalex"}
    assert all(each.startswith(reason or "the service is out of order (500)") for each in told)


def _citations(graph: Build) -> int:
    return sum(kind == "cites" for kind in graph.edges["kind"].to_pylist())


def test_works_that_are_known_by_an_id_alone_are_counted_as_missing(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, list(WORLD)[50:])
    down = {"export.arxiv.org": lambda path: FakeReply(500, "text/plain", b"down")}
    with FakeServices(WORLD, replies=down) as services:
        chosen = options(tmp_path, services.hosts, clock=HurriedTime().clock)
        found = built(digests, chosen)
        services.replies.clear()
        healed = built(digests, chosen)
    bare = [n for n in found.nodes.to_pylist() if n["kind"] == "paper" and not n["title"]]
    assert f"the names of {len(bare)} cited works" in (wanting(found, Means()) or "")
    assert "names of" not in (wanting(healed, Means()) or "")
