"""The line below a title that says who wrote the paper, with its links, venue and tags beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.digests import markdown
from pipeline.digests.dates import has_day
from pipeline.digests.family_names import names_of
from pipeline.digests.fields import field_of
from pipeline.digests.names import SENTENCE, AuthorList, is_group
from pipeline.digests.prose import tags_of_line
from pipeline.digests.titles import looks_like_title

_CHARACTERS = 4000
_LOOKED_AT = 500
_WORDS_OF_PROSE = 8
_REMEMBERED = 256
_WORDS_OF_VENUE = 7
_WORDS_OF_TITLE = 3
_WORDS_OF_SURE_TITLE = 5
_ANONYMOUS = re.compile(r"anonymous\b", re.IGNORECASE)
_SMALL = frozenset("of and on in the for & de der für".split())
_FACT_END = re.compile(
    r"\s(?:[|·•–—-]|--)\s|,\s(?=(?:19|20)\d\d\b)|[()<>|]|;\s|\*+|(?<!\w)_+|_+(?!\w)"
    r"|(?=(?<!\S)#[^\W\d])|(?<=\w\w)[.。](?=\s|$)"
)
_BY = re.compile(
    r"^(?:de\s(?=[A-Z])|(?:[Bb]y|von|par|por|di|da|door|av)[\s:]\s*|(?:作者|著者|저자)[:：]?\s*)"
)
_LEAD_WORD = re.compile(
    r"(?:[^\W\d_A-ZÀ-Þ][^\W\d_A-Z]{0,9}\s){1,2}(?=[A-ZÀ-Þ])|[^\x00-\u024f\s]{1,16}\s(?=[A-ZÀ-Þ])"
)
_TURNED_AND_YEAR = re.compile(
    r"(?P<family>[^\W\d_][^\s,.\d]{1,30}), (?P<given>[^\W\d_]\.(?:[\s-]?[^\W\d_]\.){0,3})"
    r" \((?:19|20)\d\d[a-z]?\)[.:]?"
)
_SEVERAL = 2
_ID = re.compile(
    r"\bdoi:?\s?10\.\d{4,9}/[^\s<>)\]]+|(?:\barxiv\s?:\s?)?(?:https?://[^\s<>)\]]+|\b\d{4}\.\d{4,5}(?:v\d\d?)?|\b[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
_EDGES = markdown.EDGES + "，。、：."
_YEAR_OF_GROUP = re.compile(r"(?<=Collaboration)(?:,\s|\s)(?:19|20)\d\d$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LABELLED = re.compile(r"[^\W\d_][\w ]{0,20}[:：]\s?\S")
_LABEL = re.compile(r"[*_\s]{0,3}(?P<label>[^\W\d_][\w ]{0,20})[*_]{0,2}\s?[:：]")
PLACE = re.compile(
    r"https?://|\]\(|\barxiv\s?:|\b\d{4}\.\d{4,5}|\b[a-z-]{2,9}/\d{7}", re.IGNORECASE
)
"""Where a line begins to say where its paper is."""


# Each rule that looks at a line asks who wrote its paper.
@lru_cache(maxsize=_REMEMBERED)
def names_of_line(body: str) -> AuthorList | None:
    """The authors that a line below a title is: names, family names, or one full name.

    Links, ids, tags, the venue and the year may stand beside them.

    >>> names_of_line("Ann Lee · [arXiv](https://arxiv.org/abs/2401.00011) · ICML 2024").names
    ('Ann Lee',)
    >>> names_of_line("*Lee, Kim* — 2401.00011, *2024*").names, names_of_line("Ann Lee likes it")
    (('Lee', 'Kim'), None)
    """
    if is_prose(body) or (body.startswith("[") and _is_linked_title(body)):
        return None
    if states_people(body):
        return None
    turned = _TURNED_AND_YEAR.fullmatch(body)
    if turned:
        return AuthorList((f"{turned['given']} {turned['family']}",), complete=True)
    body = body[:_CHARACTERS].replace("[[", "").replace("]]", "")
    beside = _names_beside_facts(body) if PLACE.search(body) else None
    text = markdown.unmarked(body)
    behind = names_behind_word(text)
    return beside or behind or names_of(text) or _names_beside_facts(body)


def states_people(body: str) -> bool:
    """Whether a line says who was there or spoke, who wrote nothing: `Attendees: Ann Lee`.

    >>> states_people("**Present:** Ann Lee, Bo Kim"), states_people("Authors: Ann Lee")
    (True, False)
    """
    label = _LABEL.match(body)
    if label is None or field_of(label["label"]) != "people":
        return False
    return are_people(body[label.end() :])


def are_people(value: str) -> bool:
    """Whether what stands behind such a label may be names, and is no title of a paper.

    >>> are_people("Ann Lee, Bo Kim"), are_people("me"), are_people("Learning without Labels")
    (True, True, False)
    """
    value = value[:_CHARACTERS].strip(" *_")
    if markdown.is_paper_link(value):
        return False
    return names_of(value) is not None or not looks_like_title(value, words=_WORDS_OF_TITLE)


def _is_linked_title(body: str) -> bool:
    """Whether a line is one link to a file, or called by several names: people have one each."""
    link = markdown.MARKDOWN_LINK.fullmatch(body.strip())
    if not link:
        return False
    several = names_of(markdown.unmarked(link["label"]))
    return markdown.is_paper_link(link["url"]) or bool(several and len(several.names) > 1)


def names_behind_word(text: str) -> AuthorList | None:
    """Several names, or a group, behind a word that says in any language who they are.

    >>> names_behind_word("scritto da Ann Lee e Bo Kim").names
    ('Ann Lee', 'Bo Kim')
    """
    lead = _LEAD_WORD.match(text)
    first = text.split(",", 1)[0].split()
    if not lead or len(first) < _WORDS_OF_TITLE:
        # `de Gennes, P.-G.` is one name.
        return None
    names = names_of(text[lead.end() :])
    if names and " " not in names.names[0] and not is_group(names.names[0]):
        # `van Gogh, Lee` begins with a particle; `unlike Gogh & Lee` is what somebody says.
        return None
    if names is None or names.after or (names.complete and len(names.names) < _SEVERAL):
        return names if names and not names.after and is_group(names.names[0]) else None
    return names


def _names_beside_facts(body: str) -> AuthorList | None:
    """The names of a line whose other parts are facts of the paper; None of any other."""
    names = _names_among(_parts(body))
    alone = names and len(names.names) == 1 and names.complete
    return names if not (alone and not PLACE.search(body)) else None


def is_prose(body: str) -> bool:
    """Whether most of many words of a line begin in lower case, as those of no list of names do."""
    words = body[:_LOOKED_AT].split()
    return len(words) > _WORDS_OF_PROSE and sum(map(_is_lower, words)) * 2 > len(words)


def _is_lower(word: str) -> bool:
    return word[0].islower()


@lru_cache(maxsize=_REMEMBERED)
def title_before_names(body: str) -> tuple[str, AuthorList] | None:
    """A title and its authors, where a line is these, an id or a link, and facts; else None.

    Without an id or a link a long title and several names are sure.

    >>> title_before_names("On the cooking of models — A. Lee — 2401.00011")
    ('On the cooking of models', AuthorList(names=('A. Lee',), complete=True, after=''))
    """
    body = body[:_CHARACTERS]
    if SENTENCE.search(markdown.unmarked(body)):
        return None
    title, *others = _parts(body)
    linked = markdown.is_paper_link(body)
    fewest = _WORDS_OF_TITLE if linked else _WORDS_OF_SURE_TITLE
    fits = len(title.split()) >= fewest and not title[:1].islower() and others
    names = _names_among(others) if fits and not names_of(title) else None
    sure = linked or (names and (len(names.names) > 1 or not names.complete))
    return (title, names) if names and sure else None


def is_of_facts(body: str) -> bool:
    """Whether a line, or a part of one, is names, links, a venue and the like, and nothing else."""
    parts = _parts(body[:_CHARACTERS])
    return not parts or all(map(_is_known, parts)) or _names_among(parts) is not None


def _parts(body: str) -> list[str]:
    parts = (part.strip(_EDGES) for part in _FACT_END.split(_without_links(body)))
    return [part for part in parts if part] or [""]


def _names_among(parts: Sequence[str]) -> AuthorList | None:
    """The names that are one of the parts, where each of the others is a fact."""
    names: list[AuthorList] = []
    for part in parts:
        by = _YEAR_OF_GROUP.sub("", _BY.sub("", part, count=1))
        if by == part and _is_known(part):
            continue
        listed = names_of(by)
        fits = listed and (not listed.after or _is_known(listed.after))
        if listed is None or not fits:
            if names and _is_name_of_venue(part):
                continue
            return None
        names.append(listed)
    return names[0] if len(names) == 1 else None


def _is_known(part: str) -> bool:
    return (
        not part or markdown.is_label(part) or _is_fact(part) or _ANONYMOUS.match(part) is not None
    )


def _is_name_of_venue(part: str) -> bool:
    """Whether a part behind the names is a few words with capitals: `Nature Reviews Physics`."""
    words = part.split()
    return len(words) < _WORDS_OF_VENUE and all(
        word[:1].isupper() or word[:1].isdigit() or word in _SMALL for word in words
    )


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
    named = named or (dated_part and has_day(part))
    return (
        not part
        or bool(tags_of_line(part))
        or _LABELLED.match(part) is not None
        or (dated_part and (named or len(words) == 1))
    )
