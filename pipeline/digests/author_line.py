"""The line below a title that says who wrote the paper, with its links, venue and tags beside."""

from __future__ import annotations

import re

from pipeline.digests import markdown
from pipeline.digests.names import Names, names_of
from pipeline.digests.prose import tags_of_line

_CHARACTERS = 4000
_WORDS_OF_VENUE = 7
_FACT_END = re.compile(
    r"\s[|·•–—-]\s|[()<>|]|;\s|\*+|(?<!\w)_+|_+(?!\w)|(?=(?<!\S)#[^\W\d])|(?<=\w\w)[.。](?=\s|$)"
)
_BY = re.compile(
    r"(?:by|von|par|por|di|da|door|av|作者|著者|저자)[\s:：]\s*|(?:作者|著者|저자)", re.IGNORECASE
)
_ID = re.compile(
    r"(?:\barxiv\s?:\s?)?(?:https?://[^\s<>)\]]+|\b\d{4}\.\d{4,5}(?:v\d\d?)?|\b[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
_EDGES = markdown.EDGES + "，。、：."
_YEAR_OF_GROUP = re.compile(r"(?<=Collaboration)(?:,\s|\s)(?:19|20)\d\d$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LABELLED = re.compile(r"[^\W\d_][\w ]{0,20}[:：]\s?\S")
PLACE = re.compile(
    r"https?://|\]\(|\barxiv\s?:|\b\d{4}\.\d{4,5}|\b[a-z-]{2,9}/\d{7}", re.IGNORECASE
)
"""Where a line begins to say where its paper is."""


def names_of_line(body: str) -> Names | None:
    """The authors that a line below a title is: names, family names, or one full name.

    Links, ids, tags, the venue and the year may stand beside them.

    >>> names_of_line("Ann Lee · [arXiv](https://arxiv.org/abs/2401.00011) · ICML 2024").names
    ('Ann Lee',)
    >>> names_of_line("*Lee, Kim* — 2401.00011, *2024*").names, names_of_line("Ann Lee likes it")
    (('Lee', 'Kim'), None)
    """
    body = body[:_CHARACTERS].replace("[[", "").replace("]]", "")
    return names_of(markdown.unmarked(body)) or _names_beside_facts(body)


def _names_beside_facts(body: str) -> Names | None:
    """The names of a line whose other parts are facts of the paper; None of any other."""
    names: list[Names] = []
    parts = [part.strip(_EDGES) for part in _FACT_END.split(_without_links(body))]
    for part in filter(None, parts):
        by = _YEAR_OF_GROUP.sub("", _BY.sub("", part, count=1))
        if markdown.is_label(by) or (by == part and _is_fact(part)):
            continue
        listed = names_of(by)
        if listed is None or not (_is_fact(listed.after) or markdown.is_label(listed.after)):
            return None
        names.append(listed)
    alone = len(names) == 1 and len(names[0].names) == 1 and names[0].complete
    return names[0] if len(names) == 1 and not (alone and not PLACE.search(body)) else None


def _without_links(body: str) -> str:
    """A line with a bar in place of each link and id, and names that lead to a page as names."""
    body = markdown.MARKDOWN_LINK.sub(
        lambda link: " | " if markdown.is_paper_link(link["url"]) else link["label"], body
    )
    return _ID.sub(" | ", body)


def _is_fact(part: str) -> bool:
    """Whether a part of a byline says where, when, or what of: `ICML 2024`, `#tag`, `by: me`."""
    words = part.split()
    named = all(word[:1].isupper() or word[:1].isdigit() for word in words)
    dated_part = bool(_YEAR.search(part)) and len(words) < _WORDS_OF_VENUE
    return (
        not part
        or bool(tags_of_line(part))
        or _LABELLED.match(part) is not None
        or (dated_part and (named or len(words) == 1))
    )
