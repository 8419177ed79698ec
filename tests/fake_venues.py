"""DataCite, DBLP, the ACL Anthology and OpenReview as they behave, over invented papers."""

from __future__ import annotations

import gzip
from urllib.parse import parse_qs, unquote

from fake_arxiv import FakeReply
from fake_indexes import json_reply
from fake_papers import FakePaper, World


def datacite_reply(world: World, query: str) -> FakeReply:
    """What `/dois?ids=...` answers: the records that it has, in an order of its own."""
    asked = parse_qs(query).get("ids", [""])[0].split(",")
    ids = [name.removeprefix("10.48550/arxiv.") for name in asked]
    known = [world[arxiv_id] for arxiv_id in sorted(ids, reverse=True) if arxiv_id in world]
    records = [{"id": f"10.48550/arxiv.{p.arxiv_id}", "attributes": _record(p)} for p in known]
    return json_reply(200, {"data": records, "meta": {"total": len(records), "totalPages": 1}})


def _record(paper: FakePaper) -> dict[str, object]:
    published = {
        "relationType": "IsVersionOf",
        "relatedIdentifier": paper.doi,
        "relatedIdentifierType": "DOI",
    }
    related = {"relationType": "Cites", "relatedIdentifier": "10.5555/other"}
    return {
        "doi": f"10.48550/arxiv.{paper.arxiv_id}",
        "titles": [{"title": paper.title}],
        "relatedIdentifiers": [related, *([published] if paper.doi else [])],
    }


def dblp_reply(world: World, query: str) -> FakeReply:
    """What `/search/publ/api` answers: the preprint, a namesake, and the published paper."""
    words = parse_qs(query).get("q", [""])[0].casefold()
    found = [p for p in world.values() if _words(p.title) == words]
    infos = [
        {**_hit(paper), "venue": venue, "type": kind, **more}
        for paper in found
        for venue, kind, more in (
            ("CoRR", "Informal and Other Publications", {}),
            ("Journal of Namesakes", "Journal Articles", {"authors": {"author": {"text": "X Y"}}}),
            (["FAKE", "FAKE (2)"], "Conference and Workshop Papers", {}),
        )
    ]
    hits = {"@total": str(len(infos)), **({"hit": [{"info": i} for i in infos]} if infos else {})}
    return json_reply(200, {"result": {"status": {"@code": "200", "text": "OK"}, "hits": hits}})


def _hit(paper: FakePaper) -> dict[str, object]:
    people = [{"@pid": "1/2", "text": f"{name} 0001"} for name in paper.authors]
    return {
        "authors": {"author": people if len(people) > 1 else people[0]},
        "title": f"{paper.title}.",
        "year": paper.published[:4],
        **({"doi": paper.doi} if paper.doi else {}),
    }


def anthology_reply(world: World, path: str) -> FakeReply:
    """What `/anthology.bib.gz` answers: a volume, and every paper; and `/ID.bib`: one."""
    if path.endswith(".bib"):
        return FakeReply(200, "text/plain", _bibtex(next(iter(world.values()))).encode())
    if path != "/anthology.bib.gz":
        return FakeReply(404, "text/html", b"<html>Not Found</html>")
    records = [
        '@proceedings{fake-2024-1,\n    title = "Proceedings of Fake",\n    year = "2024"\n}',
        *map(_bibtex, world.values()),
    ]
    content = gzip.compress("\n".join(records).encode(), mtime=0)
    return FakeReply(200, "application/x-gzip", content)


def _bibtex(paper: FakePaper) -> str:
    names = "  and\n      ".join(f"{n.split()[-1]}, {n.split()[0]}" for n in paper.authors)
    doi = f'    doi = "{paper.doi}",\n' if paper.doi else ""
    first, _, rest = paper.title.partition(" ")
    return (
        f"@inproceedings{{fake-{paper.arxiv_id},\n"
        f'    title = "{{{first}}} {rest}",\n    author = "{names}",\n    editor = "X, Y",\n'
        f'    booktitle = "Proceedings of {{F}}ake",\n    month = jul,\n    year = "2024",\n{doi}'
        f'    pages = "1--9"\n}}'
    )


def openreview_reply(world: World, query: str) -> FakeReply:
    """What `/notes/search` answers: a rejected note, one under review, and the accepted one."""
    term = unquote(parse_qs(query).get("term", [""])[0]).casefold()
    found = [paper for paper in world.values() if paper.title.casefold() == term]
    notes = [
        {
            "id": f"{paper.arxiv_id}{number}",
            "content": {
                "title": {"value": paper.title},
                "authors": {"value": list(paper.authors)},
                "venue": {"value": venue},
                "venueid": {"value": venue_id},
            },
        }
        for paper in found
        for number, (venue, venue_id) in enumerate(
            (
                ("Submitted to FAKE 2024", "FAKE.cc/2024/Conference/Rejected_Submission"),
                ("ACL ARR 2024 February", "aclweb.org/ACL/ARR/2024/February/Submission"),
                ("FAKE 2025 poster", "FAKE.cc/2025/Conference"),
            )
        )
    ]
    return json_reply(200, {"notes": notes, "count": 10_000})


def _words(title: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in title.casefold()).split())
