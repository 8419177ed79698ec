"""arXiv's query API, asked by title: the papers that a title as a person typed it could mean.

An unquoted word leaves the title field and is OR-ed, so every title is sent as phrases; what
comes back is held against the title here, as the service's own order is not to be trusted.
https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from pipeline.model.errors import FetchError
from pipeline.model.folding import folded_title, title_words
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.model.unicode_forms import nfkc
from pipeline.sources.arxiv_feed import (
    URL,
    checked_feed,
    facts_of_piece,
    piece_of,
    total_of,
)

NAME = "arxiv_titles"
MAX_RESULTS = 50
MAX_PHRASE_BYTES = 600
"""How long a phrase may be in an address; a longer title is looked for by its beginning."""

BEGINNING_WORDS = 7
"""So many first words are looked for beside the whole title, whose end may be misremembered."""

_LOOKED_AT = 1000
_ACCENT = re.compile(
    r"""\{?\\(?:(?P<mark>[`'^"~=.])|(?P<named>[uvHckr])(?=[\s{]))\s*\{?\\?(?P<letter>[A-Za-z])\}?\}?"""
)
_MARKS = dict(
    zip(
        "`'^\"~=.uvHckr",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0328\u030a",
        strict=True,
    )
)
_TEX = re.compile(r"[\\$]")
_DROPPED = re.compile(r'["_]')
_SPACED = re.compile(r"[()\[\]\\$\x00-\x1f\x7f]")


def _ask(titles: Sequence[str]) -> Request:
    """A request for all these titles at once, or for one where their hits would be too many."""
    query = " OR ".join(dict.fromkeys(filter(None, map(_clause, titles))))
    fields = {"search_query": query, "start": 0, "max_results": MAX_RESULTS}
    return Request(NAME, f"{URL}?{urlencode(fields)}", tuple(titles), split_by_key=_split_by_key)


def _clause(title: str) -> str | None:
    phrases = _phrases(title)
    terms = [f'ti:"{phrase}"' for phrase in phrases]
    # The title field keeps accents and TeX as they are; only `all:` folds them.
    if phrases and (not title.isascii() or _TEX.search(title)):
        terms.append(f'all:"{phrases[0]}"')
    return f"({' OR '.join(terms)})" if terms else None


def _phrases(title: str) -> list[str]:
    """The title as a phrase, and its beginning as another where it is long; none of no letters."""
    words = _plain(title).split()
    if not any(map(str.isalnum, "".join(words))):
        return []
    while len(words) > 1 and len(quote(" ".join(words))) > MAX_PHRASE_BYTES:
        words.pop()
    # A character takes up to twelve bytes of an address.
    whole = words[0][: MAX_PHRASE_BYTES // 12] if len(words) == 1 else " ".join(words)
    beginning = " ".join(words[:BEGINNING_WORDS])
    return [whole, beginning] if len(words) > BEGINNING_WORDS + 1 else [whole]


def _plain(title: str) -> str:
    """A title with accents for TeX ones, and without what ends a phrase or is rewritten in it."""
    text = _ACCENT.sub(_accented, title[:_LOOKED_AT])
    text = nfkc(text).encode("utf-8", "ignore").decode()
    # In formulas a brace parts two words; elsewhere it holds one together, as in `{B}ayes`.
    text = re.sub(r"[{}]", " " if _TEX.search(text) else "", text)
    return _SPACED.sub(" ", _DROPPED.sub("", text))


def _accented(match: re.Match[str]) -> str:
    return match["letter"] + _MARKS[match["mark"] or match["named"]]


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    """Raises FetchError, which no other try mends, where titles must be asked for one by one.

    That is where the hits were not all sent, or are like none of the titles: no title may be
    taken for unknown then. A title that was asked for alone gets a payload without entries.
    """
    total, entries = checked_feed(request, reply, MAX_RESULTS)
    titles = {facts.arxiv_id: facts.title or "" for facts in _facts(piece_of(entries.values(), 0))}
    near = {
        key: [entries[arxiv_id] for arxiv_id, title in titles.items() if resembles(key, title)]
        for key in request.keys
    }
    unsure = total > len(entries) or (entries and not any(near.values()))
    if unsure and len(near) > 1:
        reason = f"too many hits for several titles, or other ones: {total}"
        raise FetchError(request.url, reason, reply.status)
    return tuple(
        (key, piece_of(near[key], total) if near[key] or unsure else None) for key in request.keys
    )


def resembles(typed: str, title: str) -> bool:
    """Whether one of two folded titles contains the other, or they share most of their words."""
    typed = typed[:_LOOKED_AT]
    folded, folded_other = folded_title(typed), folded_title(title)
    if min(len(folded), len(folded_other)) >= 4 and (
        folded in folded_other or folded_other in folded
    ):
        return True
    words, others = set(title_words(typed)), set(title_words(title))
    return 2 * len(words & others) > min(len(words), len(others)) > 0


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    for key, payload in answer.payloads:
        if payload is None:
            continue
        try:
            hits = _facts(payload)
            total = None if hits else total_of(payload)
        except ValueError as error:
            yield Skip("sources", f"{NAME}/{key}", f"what arXiv sent cannot be read: {error}.")
            continue
        yield from hits
        if total is not None:
            problem = f"none of the first {MAX_RESULTS} of {total} hits at arXiv is like it"
            yield Skip("sources", f"{NAME}/{key}", f"{problem}.")


def _facts(payload: bytes) -> list[Facts]:
    return facts_of_piece(NAME, payload)


SOURCE = Source(
    NAME,
    _ask,
    _facts_of_answer,
    max_keys=5,
    keyed_by="title",
    drops=True,
    gives="the ids of entries that print none",
)
