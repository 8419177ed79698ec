"""Semantic Scholar, OpenAlex and the other indexes as they behave, over invented papers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote

from fake_arxiv import FakeReply
from fake_papers import FakePaper, World

LARGEST_BYTES = 10_000_000
_ARXIV_DOI = r"(?:https://doi\.org/|doi:)10\.48550/arxiv\.(\S+)"


def json_reply(status: int, content: object, headers: Mapping[str, str] | None = None) -> FakeReply:
    """A reply of JSON."""
    return FakeReply(status, "application/json", json.dumps(content).encode(), headers or {})


def semantic_scholar_reply(
    world: World, path: str, query: str, body: bytes, largest_bytes: int = LARGEST_BYTES
) -> FakeReply:
    """What `/graph/v1/paper/batch` and `/search/match` answer: in the order asked, with holes."""
    if path.endswith("/paper/search/match"):
        title = parse_qs(query).get("query", [""])[0].casefold()
        found = [paper for paper in world.values() if paper.title.casefold() == title]
        if not found:
            return json_reply(404, {"error": "Title match not found"})
        return json_reply(200, {"data": [{**_scholar(found[0]), "matchScore": 181.5}]})
    if not path.endswith("/paper/batch"):
        return json_reply(404, {"error": "Not found"})
    ids = json.loads(body or b"{}").get("ids", [])
    if not ids or len(ids) > 500:
        return json_reply(400, {"error": "ids must be a list of 1 to 500 paper ids"})
    found_or_none = [_paper_of(world, name) for name in ids]
    asked = parse_qs(query).get("fields", [""])[0].split(",")
    wanted = {"paperId", *(field.partition(".")[0] for field in asked)}
    papers = [
        paper
        and {name: value for name, value in _scholar(paper).items() if not query or name in wanted}
        for paper in found_or_none
    ]
    reply = json_reply(200, papers)
    if len(reply.content) > largest_bytes:
        return json_reply(400, {"error": "Response would exceed maximum size, ask for less."})
    return reply


def _bare(name: str) -> str:
    found = re.fullmatch(r"arxiv:(\S+)", name, re.IGNORECASE)
    return found[1] if found else ""


def _paper_of(world: World, name: str) -> FakePaper | None:
    doi = name.removeprefix("DOI:").casefold()
    return world.get(_bare(name)) or next((p for p in world.values() if p.doi == doi), None)


def _scholar(paper: FakePaper) -> dict[str, object]:
    return {
        "paperId": f"{abs(hash_of(paper.arxiv_id)):040x}",
        "externalIds": {"ArXiv": paper.arxiv_id, **({"DOI": paper.doi} if paper.doi else {})},
        "title": paper.title,
        "year": int(paper.published[:4]),
        "citationCount": len(paper.references) * 2,
        "authors": [
            {"authorId": str(hash_of(name) % 10**8), "name": name} for name in paper.authors
        ],
        "references": [
            {"paperId": f"{hash_of(cited):040x}", "externalIds": {"ArXiv": cited}, "title": None}
            for cited in paper.references
        ],
    }


def hash_of(text: str) -> int:
    """A number that stands for a text, the same on every run."""
    return int.from_bytes(text.encode(), "big") % 10**17


def openalex_reply(
    world: World, path: str, query: str, keys: frozenset[str] = frozenset()
) -> FakeReply:
    """What `/works/...` answers: 301 to the merged work, 401 for a wrong key, 404 for no work."""
    asked = parse_qs(query)
    if keys and asked.get("api_key", [""])[0] not in {"", *keys}:
        return json_reply(401, {"error": "Invalid API key", "message": "Not a key we know"})
    works = {f"W{hash_of(paper.arxiv_id)}": paper for paper in world.values()}
    work = path.removeprefix("/works/")
    if work in works:
        return json_reply(200, _work(works[work]))
    found = re.fullmatch(_ARXIV_DOI, unquote(work), re.IGNORECASE)
    paper = world.get(found[1]) if found else None
    if paper is None:
        return FakeReply(404, "text/html", b"<html><title>404 Not Found</title></html>")
    if paper.doi:
        place = f"https://api.openalex.org/works/W{hash_of(paper.arxiv_id)}"
        return FakeReply(
            301, "text/html", b"", {"Location": f"{place}?{query}" if query else place}
        )
    return json_reply(200, _work(paper))


def spent_reply(seconds_left: int | None = None) -> FakeReply:
    """What OpenAlex answers when the credits of the day are spent."""
    headers = {
        "X-RateLimit-Limit": "1000",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Credits-Required": "1",
        **({} if seconds_left is None else {"Retry-After": str(seconds_left)}),
    }
    return json_reply(429, {"error": "Rate limit exceeded"}, headers)


def _work(paper: FakePaper) -> dict[str, object]:
    return {
        "id": f"https://openalex.org/W{hash_of(paper.arxiv_id)}",
        "doi": f"https://doi.org/{paper.doi or '10.48550/arxiv.' + paper.arxiv_id}",
        "locations": [{"landing_page_url": f"http://arxiv.org/abs/{paper.arxiv_id}"}],
        "title": paper.title,
        "publication_year": int(paper.published[:4]),
        "authorships": [
            {"author": {"id": f"https://openalex.org/A{hash_of(name)}", "display_name": name}}
            for name in paper.authors
        ],
        "referenced_works": [f"https://openalex.org/W{hash_of(c)}" for c in paper.references],
    }


def opencitations_reply(world: World, path: str) -> FakeReply:
    """What `/index/v2/references/doi:...` answers; a DOI that it does not know has none."""
    doi = unquote(path).partition("doi:")[2].casefold()
    paper = next((paper for paper in world.values() if paper.doi == doi), None)
    cited = [world[arxiv_id] for arxiv_id in paper.references] if paper else []
    rows = [
        {
            "oci": f"{hash_of(doi)}-{hash_of(other.arxiv_id)}",
            "citing": f"omid:br/{hash_of(doi)} doi:{doi}",
            "cited": f"omid:br/{hash_of(other.arxiv_id)} arxiv:{other.arxiv_id}"
            + (f" doi:{other.doi}" if other.doi else ""),
            "creation": "2024",
        }
        for other in cited
    ]
    return json_reply(200, rows)


def inspire_reply(world: World, path: str) -> FakeReply:
    """What `/api/arxiv/ID` answers, with the references that have an arXiv id."""
    paper = world.get(path.removeprefix("/api/arxiv/"))
    if paper is None:
        return json_reply(404, {"status": 404, "message": "PID does not exist."})
    references = [{"reference": {"arxiv_eprint": cited}} for cited in paper.references]
    metadata = {
        "titles": [{"title": paper.title}],
        "arxiv_eprints": [{"value": paper.arxiv_id}],
        "references": references,
    }
    return json_reply(200, {"id": str(hash_of(paper.arxiv_id)), "metadata": metadata})


def crossref_reply(world: World, path: str, query: str = "") -> FakeReply:
    """What `/works/DOI` answers for published DOIs, and `/works?...`; it knows none of arXiv's."""
    if path == "/works":
        return _crossref_list(world, {name: of[0] for name, of in parse_qs(query).items()})
    doi = unquote(path.removeprefix("/works/")).casefold()
    paper = next((paper for paper in world.values() if paper.doi == doi), None)
    if paper is None:
        return FakeReply(404, "text/plain", b"Resource not found.")
    references = [{"key": str(n), "DOI": world[c].doi} for n, c in enumerate(paper.references)]
    message = {"DOI": doi, "title": [paper.title], "reference": references}
    headers = {"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"}
    return json_reply(200, {"status": "ok", "message": message}, headers)


def _crossref_list(world: World, asked: Mapping[str, str]) -> FakeReply:
    """What a list answers: of DOIs those that it knows, of a title whatever is the nearest."""
    known = [paper for paper in world.values() if paper.doi]
    named = asked.get("filter", "").split(",")
    title = asked.get("query.bibliographic", "").casefold()
    if title:
        found = sorted(known, key=lambda paper: paper.title.casefold() != title)
    else:
        found = [paper for paper in known if f"doi:{paper.doi}" in named]
    rows = int(asked.get("rows", "20"))
    items = [
        {
            "DOI": paper.doi,
            "title": [paper.title.partition(": ")[0]],
            "subtitle": [paper.title.partition(": ")[2]],
            "author": [{"given": n.split()[0], "family": n.split()[-1]} for n in paper.authors],
            "issued": {"date-parts": [[int(paper.published[:4])]]},
        }
        for paper in found[:rows]
    ]
    return json_reply(200, {"message": {"total-results": len(found), "items": items}})


def hugging_face_reply(world: World, path: str) -> FakeReply:
    """What `/api/papers/ID` answers; 404 for a paper that is not indexed, as are odd ones here."""
    paper = world.get(path.removeprefix("/api/papers/"))
    if paper is None or int(paper.arxiv_id[-1]) % 2:
        return json_reply(404, {"error": "Paper not found"})
    return json_reply(200, {"id": paper.arxiv_id, "title": paper.title, "upvotes": 7})
