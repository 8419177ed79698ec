"""What a query asks for: words, phrases in quotes, people, tags and years; as the page has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline.model.folding import title_words

QueryField = Literal["any", "author", "tag", "year"]
FIELDS: dict[str, QueryField] = {
    "author": "author", "by": "author", "저자": "author", "tag": "tag", "태그": "tag",
    "year": "year", "연도": "year",
}  # fmt: skip
"""What may stand before a colon, as viewer/asking.js has it."""
_PART = re.compile(r'(?:([^\W\d_]+):)?(?:"([^"]*)"|“([^”]*)”|(\S+))')
_YEARS = re.compile(r"((?:19|20)\d\d)(?:(\.\.|[-–~])((?:19|20)\d\d)?)?")


class Term(NamedTuple):
    """One thing that a query asks for.

    `word` is folded, after a space where a word of the text has to begin with it; of a phrase it is
    all of it. `years` are the first and the last.
    """

    word: str
    field: QueryField = "any"
    years: tuple[int, int] | None = None


def query_terms(query: str) -> list[Term]:
    """All that a query asks for, each of which has to be there.

    >>> [term.word for term in query_terms('Long-context 학습 "all you need"')]
    [' long', ' context', 'hagseub', ' all you need']
    >>> query_terms("author:dao #rl 2020..2022")[:2]
    [Term(word=' dao', field='author', years=None), Term(word=' rl', field='tag', years=None)]
    >>> query_terms("2020..2022")[0].years, query_terms("year:2019-")[0].years
    ((2020, 2022), (2019, 9999))
    """
    return [term for part in _PART.finditer(query) for term in _terms(part)]


def _terms(part: re.Match[str]) -> Iterator[Term]:
    name, *ways = part.groups()
    said: str = next(way for way in ways if way is not None)
    field = FIELDS.get((name or "").casefold())
    years = _YEARS.fullmatch(said) if field in (None, "year") and (field or not name) else None
    if years:
        last = int(years[3] or (9999 if years[2] else years[1]))
        yield Term(_word(said), field or "any", (int(years[1]), last))
    elif field or said.startswith("#") or not ways[-1]:
        text = said.removeprefix("#")
        is_whole = field or said.startswith("#")
        word = _word(text)
        if word:
            yield Term(word, field or ("tag" if is_whole else "any"))
    else:
        begins = " " if part[0].isascii() else ""
        yield from (Term(f"{begins}{word}") for word in title_words(part[0]))


def _word(text: str) -> str:
    words = " ".join(title_words(text))
    return f" {words}" if words and text.isascii() else words
