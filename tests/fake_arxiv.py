"""arXiv's query API and OAI-PMH as they behave, over a world of invented papers."""

from __future__ import annotations

import gzip
import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote

from fake_papers import FakePaper, World

ATOM = "application/atom+xml"
OAI_PAGE = 5
_FEED = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"'
    ' xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">\n'
    "<id>https://arxiv.org/api/fake</id><title>arXiv Query: {query}</title>"
    "<updated>2026-11-23T00:00:00Z</updated>"
    "<opensearch:itemsPerPage>{size}</opensearch:itemsPerPage>"
    "<opensearch:totalResults>{total}</opensearch:totalResults>"
    "<opensearch:startIndex>{start}</opensearch:startIndex>\n{entries}</feed>\n"
)
_TOKEN = re.compile(r'\(|\)|(?:(\w+):)?(?:"([^"]*)"|([^\s()"]+))')


class FakeReply(NamedTuple):
    """What a fake service answers."""

    status: int
    media_type: str
    content: bytes
    headers: Mapping[str, str] = {}


def query_reply(world: World, query: str) -> FakeReply:
    """What `/api/query` answers: ids that are unknown are dropped, a hopeless one is a 400."""
    asked = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
    start, size = asked.get("start", "0"), asked.get("max_results", "10")
    if not (start.isdecimal() and size.isdecimal()):
        return _error_feed("start and max_results must be non-negative integers")
    if size == "0" or int(start) + int(size) > 10_000:
        return FakeReply(500, "text/html", b"<html>Internal Server Error</html>")
    ids, search = asked.get("id_list", ""), asked.get("search_query", "")
    if not ids and not search:
        return _error_feed("search_query or id_list must be given")
    hopeless = [item for item in ids.split(",") if ids and not re.search(r"\d", item)]
    if hopeless:
        return _error_feed(f"incorrect id format for {hopeless[0]}")
    found = _found(world, ids, search)
    key, reverse = _order(asked.get("sortBy", "relevance"), asked.get("sortOrder", "descending"))
    found.sort(key=lambda pair: key(pair[0]), reverse=reverse)
    page = found[int(start) : int(start) + int(size)]
    entries = "".join(_entry(paper, version) for paper, version in page)
    feed = _FEED.format(
        query=escape(query), size=size, total=len(found), start=start, entries=entries
    )
    return FakeReply(200, ATOM, feed.encode())


def _found(world: World, ids: str, search: str) -> list[tuple[FakePaper, int]]:
    accepts = accepting(search) if search else None
    if not ids:
        return [(paper, paper.versions) for paper in world.values() if accepts and accepts(paper)]
    found = {}
    for item in ids.split(","):
        match = re.fullmatch(r"(\d{4}\.\d{5})(?:v(\d+))?", item)
        paper = world.get(match[1]) if match else None
        version = int(match[2]) if match and match[2] else paper.versions if paper else 0
        if paper and 1 <= version <= paper.versions and (accepts is None or accepts(paper)):
            found[paper.arxiv_id] = (paper, version)
    return list(found.values())


def accepting(search: str) -> Callable[[FakePaper], bool]:
    """What a search accepts. Words without an operator between them are OR-ed, and search all."""
    tokens = list(_TOKEN.finditer(search))
    position = 0

    def expression() -> Callable[[FakePaper], bool]:
        nonlocal position
        accepts = term()
        while position < len(tokens) and tokens[position][0] != ")":
            operator = tokens[position][0]
            position += operator in {"AND", "OR", "ANDNOT", "NOT"}
            accepts = _joined(operator, accepts, term())
        position += 1
        return accepts

    def term() -> Callable[[FakePaper], bool]:
        nonlocal position
        if position >= len(tokens):
            return lambda paper: False
        token = tokens[position]
        position += 1
        if token[0] == "(":
            return expression()
        return _term(token[1] or "all", token[2] if token[2] is not None else token[3] or "")

    return expression()


def _joined(
    operator: str, left: Callable[[FakePaper], bool], right: Callable[[FakePaper], bool]
) -> Callable[[FakePaper], bool]:
    if operator == "AND":
        return lambda paper: left(paper) and right(paper)
    if operator in {"ANDNOT", "NOT"}:
        return lambda paper: left(paper) and not right(paper)
    return lambda paper: left(paper) or right(paper)


def _term(field: str, phrase: str) -> Callable[[FakePaper], bool]:
    if field == "cat":
        pattern = re.compile(re.escape(phrase).replace(r"\*", ".*"))
        return lambda paper: any(map(pattern.fullmatch, paper.categories))
    folds = field not in {"ti", "title", "abs"}
    wanted = _words(phrase, folds)

    def accepts(paper: FakePaper) -> bool:
        texts = {"ti": paper.title, "abs": paper.abstract, "au": " , ".join(paper.authors)}
        text = texts.get({"title": "ti"}.get(field, field), " . ".join(texts.values()))
        return bool(wanted) and f" {wanted} " in f" {_words(text, folds)} "

    return accepts


@lru_cache(maxsize=1 << 16)
def _words(text: str, folds: bool) -> str:
    """Lower-case words, one space apart. arXiv folds accents in names, but not in titles."""
    if folds:
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        )
    return " ".join(word.removesuffix("s") for word in re.findall(r"[^\W_]+", text.lower()))


def _order(by: str, order: str) -> tuple[Callable[[FakePaper], str], bool]:
    if by == "relevance":
        return lambda paper: hashlib.sha256(paper.arxiv_id.encode()).hexdigest(), False
    return lambda paper: paper.published + paper.arxiv_id, order == "descending"


def _entry(paper: FakePaper, version: int) -> str:
    place = f"arxiv.org/abs/{paper.arxiv_id}v{version}"
    day = f"{paper.published}T17:59:46Z"
    categories = "".join(
        f'<category term="{name}" scheme="http://arxiv.org/schemas/atom"/>'
        for name in paper.categories
    )
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
    doi = f"<arxiv:doi>{paper.doi}</arxiv:doi>" if paper.doi else ""
    return (
        f"<entry><id>http://{place}</id><title>{escape(paper.title)}</title>"
        f'<updated>{day}</updated><link href="https://{place}" rel="alternate" type="text/html"/>'
        f'<link href="https://{place.replace("abs", "pdf")}" rel="related"'
        f' type="application/pdf" title="pdf"/><summary>  {escape(paper.abstract)}</summary>'
        f"{categories}<published>{day}</published>"
        f'<arxiv:primary_category term="{paper.categories[0]}"/>{authors}{doi}</entry>\n'
    )


def _error_feed(what: str) -> FakeReply:
    place = f"https://arxiv.org/api/errors#{what.replace(' ', '_')}"
    entry = (
        f"<entry><id>{place}</id><title>Error</title><updated>2026-11-23T00:00:00Z</updated>"
        f'<link href="{place}" rel="alternate" type="text/html"/><summary>{what}</summary>'
        "<author><name>arXiv api core</name></author></entry>"
    )
    feed = _FEED.format(query="Error", size=1, total=1, start=0, entries=entry)
    return FakeReply(400, ATOM, feed.encode())


def source_reply(world: World, path: str) -> FakeReply:
    """What `/src/ID` answers: TeX with its bibliography, packed, in the style of natbib."""
    paper = world.get(path.removeprefix("/src/").partition("?")[0])
    if paper is None:
        return FakeReply(404, "text/html", b"<html>no such paper</html>")
    cited = [world[arxiv_id] for arxiv_id in paper.references]
    items = "".join(
        f"\\bibitem[{_family(p)} et~al.({p.published[:4]})]{{ref{number}}}\n{p.authors[0]}.\n"
        f"\\newblock {p.title}.\n\\newblock arXiv:{p.arxiv_id}, {p.published[:4]}.\n"
        for number, p in enumerate(cited)
    )
    listing = f"\\begin{{thebibliography}}{{9}}\n{items}\\end{{thebibliography}}\n" if cited else ""
    tex = f"\\documentclass{{article}}\\begin{{document}}x\n{listing}\\end{{document}}\n"
    return FakeReply(200, "application/gzip", gzip.compress(tex.encode(), mtime=0))


def _family(paper: FakePaper) -> str:
    return paper.authors[0].split()[-1]


def oai_reply(world: World, query: str) -> FakeReply:
    """What `/oai` answers to ListRecords in the format arXiv; its tokens are stateless."""
    asked = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items()}
    if "resumptionToken" in asked:
        token = unquote(asked["resumptionToken"])
        asked = {name: values[0] for name, values in parse_qs(token).items()}
        if "skip" not in asked:
            return _oai("<error code='badResumptionToken'>The token is invalid.</error>")
    if asked.get("verb") != "ListRecords":
        return _oai("<error code='badVerb'>Illegal verb.</error>")
    if asked.get("metadataPrefix") != "arXiv":
        return _oai("<error code='cannotDisseminateFormat'>Not this one.</error>")
    first, last = asked.get("from", "2005-09-16"), asked.get("until", "2026-11-22")
    found = sorted(
        (paper for paper in world.values() if first <= paper.published <= last),
        key=lambda paper: (paper.published, paper.arxiv_id),
    )
    if not found:
        return _oai("<error code='noRecordsMatch'>An empty list.</error>")
    skip = int(asked.get("skip", "0"))
    page, rest = found[skip : skip + OAI_PAGE], found[skip + OAI_PAGE :]
    token = _token(page, first, last, skip) if rest else ""
    return _oai(f"<ListRecords>{''.join(map(_record, page))}{token}</ListRecords>")


def _token(page: list[FakePaper], first: str, last: str, skip: int) -> str:
    """The next page counts from the last day of this one."""
    day = page[-1].published
    passed = sum(paper.published == day for paper in page) + (skip if day == first else 0)
    text = f"verb=ListRecords&metadataPrefix=arXiv&from={day}&until={last}&skip={passed}"
    attribute = "expirationDate='2026-11-24T00:00:00Z'"
    return f"<resumptionToken {attribute}>{quote(text, safe='')}</resumptionToken>"


def _record(paper: FakePaper) -> str:
    authors = "".join(
        f"<author><keyname>{escape(name.split()[-1])}</keyname>"
        f"<forenames>{escape(name.split()[0])}</forenames></author>"
        for name in paper.authors
    )
    doi = f"<doi>{paper.doi}</doi>" if paper.doi else ""
    return (
        f"<record><header><identifier>oai:arXiv.org:{paper.arxiv_id}</identifier>"
        f"<datestamp>{paper.published}</datestamp><setSpec>cs:cs:CL</setSpec></header><metadata>"
        f'<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{paper.arxiv_id}</id>'
        f"<created>{paper.published}</created><authors>{authors}</authors>"
        f"<title>{escape(paper.title)}</title><categories>{' '.join(paper.categories)}</categories>"
        f"{doi}<abstract>  {escape(paper.abstract)}\n</abstract></arXiv></metadata></record>"
    )


def _oai(body: str) -> FakeReply:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        "<responseDate>2026-11-23T00:00:00Z</responseDate>"
        f"<request>https://oaipmh.arxiv.org/oai</request>{body}</OAI-PMH>"
    )
    return FakeReply(200, "text/xml", text.encode())
