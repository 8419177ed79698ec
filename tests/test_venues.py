"""Where a paper appeared: what is found by title is believed only by title and authors."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from asking import always
from fake_arxiv import FakeReply
from fake_papers import papers
from fake_services import FakeServices
from invented_digests import HurriedTime, built, options, written

from pipeline.build.venues import MOST_SEARCHED, questions_on_venues
from pipeline.model.errors import AnswerError
from pipeline.model.records import Facts
from pipeline.model.services import Answer, Reply, Source
from pipeline.sources import acl_anthology, datacite, dblp, openreview
from pipeline.sources.titled_works import titled_key

PAPER, TITLE, AUTHORS = "2401.00001", "On the Weight of Stones", ["Ann Lee", "Bo Kim", "Cy Fox"]
KEY = titled_key(PAPER, TITLE, AUTHORS)
WORLD = papers(60)


def told(source: Source, key: str, said: object) -> list[Facts]:
    request = source.ask([key])
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    assert request.split_by_key
    pieces = request.split_by_key(request, Reply(200, "application/json", content))
    return [f for f in source.read(Answer(request, pieces)) if isinstance(f, Facts)]


def hits(title: str, authors: object, **other: Any) -> dict[str, Any]:
    info = {"title": title, "authors": {"author": authors}, "type": "Journal Articles"}
    return {"result": {"hits": {"hit": [{"info": info | {"venue": "J. Stones"} | other}]}}}


def notes(title: str, authors: object, **other: Any) -> dict[str, Any]:
    content = {"title": title, "authors": authors, "venue": "ICLR 2024 poster"} | other
    return {"notes": [{"content": {name: {"value": value} for name, value in content.items()}}]}


def bibtex(title: str, authors: object, **_: Any) -> bytes:
    names = " and ".join(f"{n.split()[-1]}, {n.split()[0]}" for n in authors)  # type: ignore[attr-defined]
    fields = f'    title = "{title}",\n    author = "{names}",\n    booktitle = "Proc. S"\n'
    return gzip.compress(f"@inproceedings{{x,\n{fields}}}\n".encode())


SAID = {"dblp": hits, "openreview": notes, "acl_anthology": bibtex}
SEARCHES = (dblp.SOURCE, openreview.SOURCE, acl_anthology.SOURCE)
VENUES = {"dblp": "J. Stones", "openreview": "ICLR 2024", "acl_anthology": "Proc. S"}


def test_names_and_titles_of_the_anthology_in_braces_are_read_with_their_umlauts() -> None:
    fields = 'author = {Lee, Ann  and\n      F{\\"o}x, Cy},\n    title = {TITLE},\n'
    record = f"@inproceedings{{x,\n    {fields}    booktitle = {{Proc. {{S}}}}\n}}\n"
    # Packed in two members, one behind the other.
    said = gzip.compress(record[:40].encode()) + gzip.compress(
        record[40:].replace("TITLE", TITLE).encode()
    )
    assert [f.venue for f in told(acl_anthology.SOURCE, KEY, said)] == ["Proc. S"]


def test_of_a_file_that_is_not_read_no_paper_is_said_not_to_be_there() -> None:
    records = gzip.decompress(bibtex(TITLE, AUTHORS)).decode()
    others = "".join(records.replace("Stones", f"Sand {n}") for n in range(200))
    cut = records.split(",\n")[0] + ",\n"
    request = acl_anthology.SOURCE.ask([KEY, KEY.replace("Stones", "Rain")])
    assert request.split_by_key
    # One that is cut costs itself; what is found is told whatever the others are.
    one_cut = Reply(200, "application/gzip", (others + cut + records).encode())
    assert [p is not None for _, p in request.split_by_key(request, one_cut)] == [True, False]
    many_cut = (others + 30 * cut + records).encode()
    assert [f.venue for f in told(acl_anthology.SOURCE, KEY, many_cut)] == ["Proc. S"]
    with pytest.raises(AnswerError, match="30 of 231 records cannot be read"):
        request.split_by_key(request, Reply(200, "application/gzip", many_cut))


def test_a_file_of_all_papers_that_is_none_is_asked_for_twice_and_no_more(tmp_path: Path) -> None:
    broken = {"aclanthology.org": always(FakeReply(200, "application/gzip", gzip.compress(b"?")))}
    digests = written(tmp_path / "in", WORLD, list(WORLD))
    with FakeServices(WORLD, replies=broken) as services:
        found = built(digests, options(tmp_path, services.hosts, clock=HurriedTime().clock))
        requests = sum(arrival.host == "aclanthology.org" for arrival in services.arrivals)
        services.replies.clear()
        healed = built(digests, options(tmp_path, services.hosts, clock=HurriedTime().clock))
    states = [{t.state for t in g.told if t.source == "acl_anthology"} for g in (found, healed)]
    assert states[0] == {"failed"}
    assert requests <= 4
    assert "failed" not in states[1]


@pytest.mark.parametrize("source", SEARCHES, ids=lambda source: source.name)
@pytest.mark.parametrize(
    ("title", "authors", "believed"),
    [
        ("On the weight of {S}tones.", ["A. Lee", "B. Kim", "D. Ray"], True),
        (TITLE, ["Cy Fox", "Ann Lee"], True),
        (TITLE, ["Ann Lee", "Dan Ray", "Eve Moss"], False),
        (TITLE, ["Bo Kim", "Cy Fox"], False),
        (TITLE, ["Anonymous A"], False),
        ("On the Weight of Stones II", AUTHORS, False),
    ],
)
def test_title_and_authors_must_both_be_the_papers(
    source: Source, title: str, authors: list[str], believed: bool
) -> None:
    facts = told(source, KEY, SAID[source.name](title, authors))
    venues = [VENUES[source.name]] if believed else []
    assert [(f.arxiv_id, f.venue) for f in facts] == [(PAPER, venue) for venue in venues]


@pytest.mark.parametrize(
    ("venue", "venue_id", "believed"),
    [
        ("ICLR 2024 spotlight", "ICLR.cc/2024/Conference", "ICLR 2024"),
        ("Accepted by TMLR", "TMLR", "TMLR"),
        ("NeurIPS 2022 Accept", "NeurIPS.cc/2022/Conference", "NeurIPS 2022"),
        ("ICLR 2023 notable top 5%", "ICLR.cc/2023/Conference", "ICLR 2023"),
        ("TMLR", "TMLR", "TMLR"),
        ("Submitted to ICLR 2024", "ICLR.cc/2024/Conference", None),
        ("ICLR 2024", "ICLR.cc/2024/Conference/Withdrawn_Submission", None),
        ("ICLR 2024 Conference Desk Rejected Submission", "", None),
        ("CoRR 2024", "dblp.org/journals/CORR/2024", None),
        (None, None, None),
    ],
)
def test_what_was_only_submitted_is_no_venue(
    venue: str | None, venue_id: str | None, believed: str | None
) -> None:
    facts = told(openreview.SOURCE, KEY, notes(TITLE, AUTHORS, venue=venue, venueid=venue_id))
    assert [f.venue for f in facts] == ([believed] if believed else [])


@pytest.mark.parametrize(
    "other", [{"venue": "CoRR"}, {"type": "Informal and Other Publications"}, {"venue": None}]
)
def test_a_preprint_at_dblp_is_no_venue(other: dict[str, Any]) -> None:
    assert told(dblp.SOURCE, KEY, hits(TITLE, [{"text": name} for name in AUTHORS], **other)) == []


@pytest.mark.parametrize(
    ("authors", "venue"),
    [
        ([{"@pid": "28/2391", "text": "Ann Lee 0002"}, {"@pid": "9/2", "text": "Bo Kim"}], "ATS"),
        ({"@pid": "28/2391", "text": "Ann Lee"}, ["ATS", "LNCS"]),
    ],
)
def test_dblps_frame_signs_and_numbers_of_namesakes_are_read(
    authors: object, venue: object
) -> None:
    info = {
        "authors": {"author": authors},
        "title": "Q&amp;A: Search &amp; Rescue of O&apos;Neill's Stones.", "venue": venue,
        "pages": "1-2", "year": "2005", "type": "Conference and Workshop Papers",
        "access": "closed", "key": "conf/ats/x", "doi": "10.1109/ATS.2005.11",
        "ee": ["https://doi.org/10.1109/ATS.2005.11"], "url": "https://dblp.org/rec/conf/ats/x",
    }  # fmt: skip
    frame = {"query": "a", "status": {"@code": "200", "text": "OK"}, "completions": {"@total": "1"}}
    hit = {"@score": "5", "@id": "6425006", "info": info, "url": "URL#6425006"}
    counts = {"@total": "1", "@computed": "1", "@sent": "1", "@first": "0"}
    people = ["Ann Lee", "Bo Kim"] if isinstance(authors, list) else ["Ann Lee"]
    key = titled_key(PAPER, "Q&A: Search & Rescue of O'Neill's Stones", people)
    (facts,) = told(dblp.SOURCE, key, {"result": frame | {"hits": counts | {"hit": [hit]}}})
    assert (facts.venue, facts.doi) == ("ATS", "10.1109/ats.2005.11")
    assert told(dblp.SOURCE, key, {"result": frame | {"hits": counts | {"@total": "0"}}}) == []


def test_a_search_that_is_out_of_order_is_no_unknown() -> None:
    for source, said in (
        (openreview.SOURCE, {"notes": [], "searchUnavailable": True}),
        (dblp.SOURCE, {"result": {}}),
        (acl_anthology.SOURCE, bibtex(TITLE, AUTHORS)[:-9]),
        (acl_anthology.SOURCE, b"<html>"),
    ):
        with pytest.raises(AnswerError):
            told(source, KEY, said)


def test_datacite_names_the_published_version_and_no_other_relation() -> None:
    def record(**related: str) -> dict[str, Any]:
        attributes = {"doi": f"10.48550/ARXIV.{PAPER}", "relatedIdentifiers": [related]}
        return {"data": [{"attributes": attributes}]}

    published = record(relationType="IsVersionOf", relatedIdentifier="https://doi.org/10.1234/A")
    assert [f.doi for f in told(datacite.SOURCE, PAPER, published)] == ["10.1234/a"]
    own = record(relationType="IsVersionOf", relatedIdentifier=f"10.48550/arXiv.{PAPER}v2")
    cited = record(relationType="References", relatedIdentifier="10.1234/b")
    assert told(datacite.SOURCE, PAPER, own) == told(datacite.SOURCE, PAPER, cited) == []


def test_venues_are_asked_for_where_none_is_known_in_the_fields_that_a_service_has() -> None:
    def known(arxiv_id: str, category: str = "cs.CL", **other: Any) -> Facts:
        return Facts("x", arxiv_id, "T", authors=("Ann Lee",), categories=(category,), **other)

    facts = [
        known("2401.00001"),
        known("2401.00002", "hep-th"),
        known("2401.00003", venue="ICLR"),
        known("2401.00004", doi="10.1/a"),
        Facts("x", "2401.00005"),
        Facts("x", "2401.00006", "$$", authors=("Ann Lee",), categories=("cs.CL",)),
    ]
    wanted = questions_on_venues([f.arxiv_id for f in facts], facts)
    assert wanted["datacite"] == [f"2401.0000{n}" for n in (1, 2, 3)]
    for name in ("dblp", "openreview", "acl_anthology"):
        assert [key.split()[0] for key in wanted[name]] == ["2401.00001"]
    many = [known(f"2401.{n:05}") for n in range(MOST_SEARCHED + 1)]
    wanted = questions_on_venues([f.arxiv_id for f in many], many)
    assert len(wanted["dblp"]) == len(wanted["openreview"]) == MOST_SEARCHED
    assert len(wanted["datacite"]) == len(wanted["acl_anthology"]) == MOST_SEARCHED + 1


def test_a_build_asks_for_venues_after_the_rest_and_takes_them_in_order(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, list(WORLD)[:20])
    with FakeServices(WORLD) as services:
        found = built(digests, options(tmp_path, services.hosts))
        hosts = [arrival.host for arrival in services.arrivals]
    assert max(n for n, host in enumerate(hosts) if host == "api.openalex.org") < hosts.index(
        "dblp.org"
    )
    assert hosts.count("aclanthology.org") == hosts.count("api.datacite.org") == 1
    without_doi = [p for p in found.papers if p.arxiv_id and not WORLD[p.arxiv_id].doi]
    assert {(p.decided["venue"], p.venue) for p in without_doi if p.venue} == {
        ("acl_anthology", "Proceedings of Fake")
    }
    others = {(c.source, c.value) for p in without_doi for c in p.disagreements}
    assert others == {("dblp", "FAKE"), ("openreview", "FAKE 2025")}
