"""The Atom feeds of arXiv's query API: checked as a whole, cut into entries, read to facts.

Checking is ours, as the `arxiv` library takes a web page for an empty feed and half an entry for
a whole one; reading is the library's. https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from pipeline.model.counting import counted
from pipeline.model.errors import AnswerError
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Authorship, Facts
from pipeline.model.services import Reply, Request
from pipeline.sources.hardened_xml import root_of, text_of

if TYPE_CHECKING:
    from arxiv import Result  # type: ignore[import-untyped]

URL = "https://export.arxiv.org/api/query"

_ATOM = "{http://www.w3.org/2005/Atom}"
_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_NEEDED = ("title", "updated", "published")
# Old entries carry classes of other schemes (68T05, I.2.6) among arXiv's own categories.
_CATEGORY = re.compile(r"[a-z][a-z-]*(?:\.[A-Za-z][A-Za-z-]*)?")


class Feed(NamedTuple):
    """How many papers the service counts, and the entries it sent, each as XML, by arXiv id."""

    total: int
    entries: Mapping[str, bytes]


def checked_feed(request: Request, reply: Reply, max_results: int) -> Feed:
    """The feed that a reply is, in its order. Raises AnswerError where it is not a whole feed.

    Whole is: status 200, well-formed, no error entry, each entry with id, title and dates, no id
    twice, and as many entries as its own total and `max_results` promise.
    """
    try:
        feed = _feed(reply.content, max_results)
    except ValueError as error:
        raise AnswerError(request.url, f"arXiv sent no feed: {error}", reply.status) from None
    if reply.status != 200:
        raise AnswerError(request.url, "arXiv sent a feed as a failure", reply.status)
    return feed


def piece_of(entries: Iterable[bytes], total: int) -> bytes:
    """A feed of these entries alone, with the total of the feed that they came from."""
    head = (
        f'<feed xmlns="{_ATOM[1:-1]}"><totalResults xmlns="{_SEARCH[1:-1]}">{total}</totalResults>'
    )
    return b"".join([head.encode(), *entries, b"</feed>"])


def total_of(payload: bytes) -> int:
    """How many papers the service counts. Raises ValueError for what is no feed."""
    return _count(_root(payload), "totalResults")


def facts_of_piece(source: str, payload: bytes) -> list[Facts]:
    """The facts of each entry of a feed, in its order. Raises ValueError for what is no feed.

    `published` is the day of the first version and `updated` that of the current one, in UTC.
    """
    # Loading it opens a socket, for a moment, which a build that asks nothing must not.
    from arxiv._feed import parse  # type: ignore[import-untyped]

    whole = [_entry_id(entry) for entry in _root(payload).iterchildren(f"{_ATOM}entry")]
    try:
        results = parse(payload).results
    except OverflowError as error:
        raise ValueError(f"a date is out of range ({error})") from None
    return [_facts(source, *pair) for pair in zip(whole, results, strict=True)]


def _feed(content: bytes, max_results: int) -> Feed:
    root = _root(content)
    entries: dict[str, bytes] = {}
    for entry in root.iterchildren(f"{_ATOM}entry"):
        arxiv_id = _entry_id(entry)
        if arxiv_id in entries:
            raise ValueError(f"it has {arxiv_id} twice")
        entries[arxiv_id] = etree.tostring(entry, encoding="utf-8", with_tail=False)
        facts_of_piece("", piece_of([entries[arxiv_id]], 1))
    total, start = _count(root, "totalResults"), _count(root, "startIndex")
    if start or len(entries) != min(total, max_results):
        raise ValueError(
            f"it has {counted(len(entries), 'entry', 'entries')} from {start} on, of {total}"
        )
    return Feed(total, entries)


def _root(content: bytes) -> Any:
    root = root_of(content)
    if root.tag != f"{_ATOM}feed":
        raise ValueError(f"its root is {root.tag}")
    return root


def _count(root: Any, name: str) -> int:
    printed = text_of(root.find(f"{_SEARCH}{name}")) or ""
    if not re.fullmatch(r"[0-9]{1,12}", printed):
        raise ValueError(f"its {name} is {printed[:20]!r}")
    return int(printed)


def _entry_id(entry: Any) -> str:
    """The arXiv id of an entry that has all that the library needs. Raises ValueError."""
    printed = text_of(entry.find(f"{_ATOM}id")) or ""
    # Old servers sent errors with status 200, so they are known by their id.
    if "/api/errors" in printed:
        raise ValueError(f"arXiv says {text_of(entry.find(f'{_ATOM}summary'))!r}")
    arxiv_id = normal_arxiv_id(printed)
    if arxiv_id is None:
        raise ValueError(f"{printed[:80]!r} is no arXiv id")
    for name in _NEEDED:
        if not text_of(entry.find(f"{_ATOM}{name}")):
            raise ValueError(f"the entry of {arxiv_id} has no {name}")
    return arxiv_id


def _facts(source: str, arxiv_id: str, result: Result) -> Facts:
    # A collaboration is followed by an author named ":".
    people = [author for author in result.authors if re.search(r"\w", author.name)]
    authorships = tuple(
        Authorship(_line(author.name) or "", institutions=tuple(author.affiliation))
        for author in people
    )
    return Facts(
        source=source,
        arxiv_id=arxiv_id,
        title=_line(result.title),
        authors=tuple(authorship.name for authorship in authorships) or None,
        abstract=_line(result.summary),
        categories=_categories(result),
        published=result.published.date(),
        updated=result.updated.date(),
        venue=_line(result.journal_ref),
        doi=_doi(result.doi),
        authorships=authorships if any(a.institutions for a in authorships) else None,
        comment=_line(result.comment),
    )


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _categories(result: Result) -> tuple[str, ...] | None:
    named = dict.fromkeys([result.primary_category, *result.categories])
    return tuple(filter(_CATEGORY.fullmatch, named)) or None


def _doi(printed: str | None) -> str | None:
    """The first DOI of the field, which may hold several; never that of the preprint itself."""
    dois = [doi for doi in (printed or "").split() if not normal_arxiv_id(doi)]
    return dois[0] if dois else None
